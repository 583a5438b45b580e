/** The interpreter's world: everything that waits or acts comes through this port. */
import type { Envelope } from '../../contract/trace';
import type { Callable, Plan } from '../plan';
import type { StopReason } from './stop';
import type { OpenUndo, StepRun } from './step-run';

/** What a failed call looks like to the interpreter, whatever carried it. */
export interface CallFailure {
  code: string;
  message: string;
  attempts: number;
  details: unknown;
  /** `false`: the agent said that it did nothing and never will. */
  retryable: boolean;
}

/** Told when the call should end; see `Stop`. */
export type OnStop = (listener: (reason: StopReason) => void) => () => void;

export interface CapabilityCall {
  path: string;
  callable: Callable;
  args: Record<string, unknown>;
  /** The same for each attempt and each run of a step that writes; `null` for one that only reads. */
  effect_key: string | null;
  /** Whether remembered results may be used. */
  cache: boolean;
  onStop: OnStop;
}

export interface ApprovalRequest {
  path: string;
  title: string;
  form: Record<string, unknown> | null;
  rights: string[];
  not_starter: boolean;
  /** Milliseconds since the epoch; `null`: as long as the run may take. */
  due_at: number | null;
}

export interface ApprovalAnswer {
  decision: 'approve' | 'reject';
  data: unknown;
  by: string;
  /** RFC 3339. */
  at: string;
}

export interface ChildRequest {
  path: string;
  plan: Plan;
  inputs: Record<string, unknown>;
  onStop: OnStop;
}

/** How a sub-pattern ended, as its parent needs it. */
export interface ChildResult {
  status: 'succeeded' | 'failed' | 'cancelled';
  outputs: Record<string, unknown>;
  failure: (CallFailure & { step: string }) | null;
  /** Its step runs, by path below the sub-pattern. */
  runs: Record<string, StepRun>;
  /** What it has done and its parent may have to undo. */
  open: OpenUndo[];
}

export interface Port {
  /** @throws what `failureOf` understands; a call that was stopped rejects with what `isCancellation` knows */
  call(call: CapabilityCall): Promise<Envelope>;
  /** Resolves after so many milliseconds; rejects with a cancellation when stopped. */
  sleep(milliseconds: number, onStop: OnStop): Promise<void>;
  /** Resolves with a person's answer; rejects with a cancellation when stopped. */
  approve(request: ApprovalRequest, onStop: OnStop): Promise<ApprovalAnswer>;
  child(request: ChildRequest): Promise<ChildResult>;
  /** Milliseconds since the epoch, deterministic under replay. */
  now(): number;
  /** Calls back when the whole run has to end: on a cancel, or because the list around a sub-pattern failed. */
  onStop(listener: (reason: StopReason) => void): void;
  /** Resolves in a new turn, when everything else that waits has had its own; absent where nothing does. */
  turn?(): Promise<void>;
  isCancellation(error: unknown): boolean;
  failureOf(error: unknown, callable: Callable): CallFailure;
  failureOfChild(error: unknown, pattern: string): CallFailure;
  /** Whether nobody else ends a run whose time is up; Temporal does, so that only runs that must undo in time watch it themselves. */
  watchesTime?: true;
  /** Whether the history has grown so long that the run should continue as new; absent where that cannot be. */
  shouldContinue?(): boolean;
}
