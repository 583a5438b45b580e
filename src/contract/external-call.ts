/** What a run and the engine's own activities tell each other of a call that a worker of another project answers. */
import type { CallOptions } from './call-options';
import type { AnswerPlace } from './recorded-answers';
import type { RequestContext } from './request-context';
import type { Envelope } from './trace';

/** Asked before the worker's queue is. */
export interface ExternalCall {
  capability: string;
  args: Record<string, unknown>;
  ctx: RequestContext;
  options: CallOptions;
}

/** With what the agent's circuit breaker let a call through. */
export interface BreakerStamp {
  generation: number;
  probe: boolean;
}

/** What `accept` needs to know again of a call that was let through. */
export interface LetThrough {
  stamp: BreakerStamp;
  args_digest: string;
  /** Under which its result is remembered; `null` when it is not. */
  memo_key: string | null;
  /** Where its answer is kept; left out for one that is pure or writes. */
  place?: AnswerPlace;
}

export type PreparedCall = { hit: Envelope } | { go: LetThrough };

/** Goes to `accept` after what the worker answered. */
export interface AnsweredCall extends LetThrough {
  capability: string;
  execution_id: string;
}

export interface FailedExternalCall {
  capability: string;
  stamp: BreakerStamp;
  code: string;
}
