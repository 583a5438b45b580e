/** A plan: a pattern, checked and compiled. It is all that `runPattern` gets to know, so an edited pattern never touches a run in flight. */
import type { RequestContext } from '../contract/request-context';
import type { Leaf, Mark } from './run/step-run';
import type { StopReason } from './run/stop';

/** How Temporal treats a step's activity. Durations are milliseconds. */
export interface StepPolicy {
  startToCloseMs: number;
  /** 0: as often as the time allows. */
  maximumAttempts: number;
  initialIntervalMs: number;
  backoffCoefficient: number;
  maximumIntervalMs: number;
  nonRetryable: string[];
}

/** `interactive`: somebody waits, so few attempts within two minutes. `background`: as many as it takes, up to seven days. */
export type Patience = 'interactive' | 'background';

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
  reason:
    | 'args'
    | 'condition'
    | 'in'
    | 'until'
    | 'compute'
    | 'outputs'
    | 'handler'
    | 'compensate'
    | 'after'
    | 'gate'
    | 'write';
}

/** A capability as a plan calls it: a step's own, or the one that undoes it. */
export interface Callable {
  /** The catalogue's own name, aliases resolved. */
  capability: string;
  /** Its version, for memo and fingerprint. */
  capability_version: string;
  agent: string;
  task_queue: string;
  effect: 'none' | 'write';
  /** Depends on arguments, pack and ledger commit alone. */
  pure: boolean;
  /** `external`: a worker of another project serves it, and the engine checks what goes out and comes in. */
  source: 'own' | 'external';
  args: Record<string, unknown>;
  slots: Record<string, ArgumentSlot>;
  policy: StepPolicy;
  /** Results may be remembered and taken from memory. */
  cache: boolean;
}

/** What takes over a failure: the first whose `match` has the code, or `*`. */
export interface Handler {
  match: string[];
  use: { step: PlannedStep } | { value: unknown };
  /** How the handler is named below its step: `fallback` or `on_error.0`. */
  label: string;
}

interface Common {
  /** The name of its result; in a map, a loop or a handler it may have none, and is then its path's last part. */
  as: string;
  condition: string | null;
  /** Among the steps of its own list. */
  edges: Edge[];
  /** `write` when it has an effect or contains a step that has. */
  effect: 'none' | 'write';
  optional: boolean;
  handlers: Handler[];
  /** For the whole step; a capability's own limit is in its policy. */
  timeoutMs: number | null;
}

export interface CapabilityStep extends Common {
  kind: 'capability';
  call: Callable;
  compensate: Callable | null;
}
export interface PatternStep extends Common {
  kind: 'pattern';
  plan: Plan;
  args: Record<string, unknown>;
  slots: Record<string, ArgumentSlot>;
  /** Inputs that are not given and have a default. */
  defaults: Record<string, unknown>;
  compensate: Callable | null;
}
export interface GroupStep extends Common {
  kind: 'group';
  steps: PlannedStep[];
  /** A map of templates, or one reference whose value is the result. */
  outputs: Record<string, unknown> | string;
}
export interface MapStep extends Common {
  kind: 'map';
  in: unknown;
  do: PlannedStep;
  concurrency: number;
  collect: boolean;
  maxFailures: number | null;
}
export interface RepeatStep extends Common {
  kind: 'repeat';
  do: PlannedStep;
  until: string;
  max: number;
  everyMs: number | null;
}
export interface ComputeStep extends Common {
  kind: 'compute';
  expressions: string | Record<string, string>;
}
export interface WaitStep extends Common {
  kind: 'wait';
  wait: { forMs: number } | { until: string };
}
export interface ApprovalStep extends Common {
  kind: 'approval';
  title: string;
  form: Record<string, unknown> | null;
  /** How long an answer is waited for; `null`: as long as the run may take. */
  silenceMs: number | null;
  rights: string[];
  notStarter: boolean;
}
export interface AssertStep extends Common {
  kind: 'assert';
  expression: string;
  message: string | null;
}

export type PlannedStep =
  | CapabilityStep
  | PatternStep
  | GroupStep
  | MapStep
  | RepeatStep
  | ComputeStep
  | WaitStep
  | ApprovalStep
  | AssertStep;

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
  patience: Patience;
  /** Milliseconds for all steps together; the workflow gets more, to undo and to store how it ended. */
  executionTimeoutMs: number;
  span_name: string;
}

/** What a run that continues as new hands to the next: how its steps ended so far. */
export interface Journal {
  /** Milliseconds since the epoch at which the first run started. */
  started_at: number;
  /** By path, how each call, timer, answer and sub-pattern ended. */
  leaves: Record<string, Leaf>;
  /** That the run was to end, and after how many of the leaves. */
  stopped?: { reason: StopReason; after: number };
  /** By path, since when each step runs, and where loops and timers stand. */
  marks: Record<string, Mark>;
}

/** The one argument of `runPattern`. */
export interface RunPatternInput {
  execution_id: string;
  plan: Plan;
  ctx: RequestContext;
  /** Checked against the pattern's `inputs`, defaults filled in. */
  inputs: Record<string, unknown>;
  /** `false`: no remembered result is used, for `verify` and `Cache-Control: no-cache`. */
  cache?: boolean;
  /** An execution of the same plan: what is not pure answers as it did there, for `verify`. */
  recorded_from?: string;
  /** A sub-pattern's run: the parent stores what comes out, under this path. */
  parent_path?: string;
  journal?: Journal;
}
