/** A plan: a pattern, checked and compiled. It is all that `runPattern` gets to know, so an edited pattern never touches a run in flight. */
import type { RequestContext } from '../contract/request-context';

/** How Temporal treats a step's activity. Durations are milliseconds. */
export interface StepPolicy {
  startToCloseMs: number;
  maximumAttempts: number;
  initialIntervalMs: number;
  backoffCoefficient: number;
  maximumIntervalMs: number;
  nonRetryable: string[];
}

/** What happens when a whole argument turns out to be a missing value. */
export interface ArgumentSlot {
  /** The argument's schema admits `null`: it is passed. */
  nullable: boolean;
  /** Not nullable and required: the step is skipped; not required: the argument is left out. */
  required: boolean;
}

/** Why one step waits for another. */
export interface Edge {
  step: string;
  reason: 'args' | 'condition' | 'after' | 'write';
}

export interface PlannedStep {
  /** Where it stands in the pattern; the same as `as` for a step at the top. */
  path: string;
  as: string;
  /** The catalogue's own name, aliases resolved. */
  capability: string;
  /** Its version, for memo and fingerprint. */
  capability_version: string;
  agent: string;
  task_queue: string;
  args: Record<string, unknown>;
  slots: Record<string, ArgumentSlot>;
  condition: string | null;
  optional: boolean;
  effect: 'none' | 'write';
  edges: Edge[];
  policy: StepPolicy;
}

export interface PlannedPanel {
  id: string;
  title: string;
  type: string;
  /** Path below `state`, e.g. `valued_positions.positions`. */
  source: string;
  /** Seconds. */
  refresh_ttl: number | null;
}

export interface Plan {
  pattern: { id: string; version: string; name: string; sha256: string };
  steps: PlannedStep[];
  /** Name of an output -> template. */
  outputs: Record<string, unknown>;
  panels: PlannedPanel[];
  /** Milliseconds for all steps together; the workflow gets a minute more, to store how it ended. */
  executionTimeoutMs: number;
  span_name: string;
}

/** The one argument of `runPattern`. */
export interface RunPatternInput {
  execution_id: string;
  plan: Plan;
  ctx: RequestContext;
  /** Checked against the pattern's `inputs`, defaults filled in. */
  inputs: Record<string, unknown>;
}
