/** What is known of a step while it runs and after: the source of its line in the trace. */
import type { ErrorCode } from '../../contract/errors';
import type { AgentMetadata, StepError, StepTrace } from '../../contract/trace';
import type { Callable } from '../plan';

export interface StepRun {
  status: 'running' | Exclude<StepTrace['status'], 'not_run'>;
  /** Counts starts over the whole run: undoing goes in the reverse of it. */
  order: number;
  /** Milliseconds since the epoch; `null` for a step that was skipped. */
  started_at: number | null;
  ended_at: number | null;
  attempts: number;
  args: Record<string, unknown> | null;
  args_digest: string | null;
  result_digest: string | null;
  meta: Pick<AgentMetadata, 'source' | 'asof_date' | 'ttl' | 'cache' | 'source_execution_id'> | null;
  /** Of a map: how many items it has; of a loop: how many rounds it started. */
  items?: number;
  condition?: StepTrace['condition'];
  reason?: string;
  error?: StepError;
  compensation?: StepTrace['compensation'];
}

/** An undo that may have to run: of a step that had an effect, or may have had one. */
export interface OpenUndo {
  path: string;
  /** Start order; a sub-pattern's steps count from their parent's. */
  order: number[];
  effect_key: string;
  callable: Callable;
  args: Record<string, unknown>;
  /** Its arguments could not be filled: the undo fails with this, if it comes to it. */
  problem?: { code: ErrorCode; message: string };
}

/** How one call, timer, answer or sub-pattern ended; all that a run that continues as new has to remember. */
export interface Leaf {
  /** 0 for the first that ended. */
  order: number;
  started_at: number;
  ended_at: number;
  value?: unknown;
  failure?: { code: string; message: string; attempts: number; details: unknown; retryable: boolean };
  /** It was under way when its list stopped. */
  stopped?: true;
  /** It had not even begun. */
  notBegun?: true;
  meta?: AgentMetadata;
  child?: { runs: Record<string, StepRun>; open: OpenUndo[]; step: string | null };
}

/** Since when a step runs and when it ended, and where timers stand. */
export interface Mark {
  started_at: number;
  ended_at?: number;
  order: number;
  due_at?: number;
}
