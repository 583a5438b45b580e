/** What a failed activity or child means to the interpreter; the same for the workflow and for a history read later. */
import {
  ActivityFailure,
  ApplicationFailure,
  ChildWorkflowFailure,
  RetryState,
  TerminatedFailure,
  TimeoutFailure,
} from '@temporalio/common';
import type { Callable } from '../pattern/plan';
import type { CallFailure } from '../pattern/run/port';
import { externalActivities } from './external-ids';

/** Only the code survives the wire; the agent puts attempt and details beside it. */
export function failureOf(error: unknown, callable: Callable): CallFailure {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  const { policy } = callable;
  if (callable.source === 'external' && error instanceof ActivityFailure) {
    const failure = failureOfExternal(error, callable);
    if (failure) return failure;
  }
  if (cause instanceof TimeoutFailure) {
    const exhausted =
      error instanceof ActivityFailure && error.retryState === RetryState.MAXIMUM_ATTEMPTS_REACHED;
    const attempts = exhausted ? Math.max(policy.maximumAttempts, 1) : 1;
    const message = `${callable.capability} gave no answer in time (${String(cause.timeoutType)}); is a worker serving ${callable.task_queue}?`;
    return { code: 'STEP_TIMED_OUT', message, attempts, details: null, retryable: true };
  }
  if (cause instanceof ApplicationFailure) {
    const details: unknown = cause.details?.[0] ?? null;
    const code = cause.type === 'PayloadsTooLarge' ? 'LIMIT_EXCEEDED' : (cause.type ?? 'INTERNAL');
    const tryAgain = cause.nonRetryable !== true && !policy.nonRetryable.includes(cause.type ?? '');
    // A write that was done and whose answer was refused is never tried again, and yet has to be undone.
    const retryable = tryAgain || (details as { done?: unknown } | null)?.done === true;
    return { code, message: cause.message, attempts: attemptOf(details), details, retryable };
  }
  const message = cause instanceof Error ? cause.message : String(cause);
  return { code: 'INTERNAL', message, attempts: 1, details: null, retryable: true };
}

const errorCode = /^[A-Z][A-Z0-9_]{0,63}$/;

/** `null` where a worker of another project fails like one of ours. */
function failureOfExternal(error: ActivityFailure, callable: Callable): CallFailure | null {
  const { cause, activityType } = error;
  if (!(cause instanceof ApplicationFailure)) return null;
  const own = failureOf(cause, { ...callable, source: 'own' });
  // Its write is done, whatever is the matter with the answer.
  if (activityType === externalActivities.accept) return { ...own, retryable: true };
  if (activityType !== callable.capability || own.code === 'LIMIT_EXCEEDED') return own;
  const type = cause.type ?? '';
  const failure = { ...own, attempts: attemptsOf(error, own.details, callable) };
  if (errorCode.test(type)) return failure;
  // A language's own exception, whose text was meant for nobody outside.
  const kind = type === '' ? '' : ` (${type})`;
  const message = `${callable.capability} failed unexpectedly${kind}; the history and its worker's log have the cause`;
  return { ...failure, code: 'INTERNAL', message, details: null };
}

/** What the worker says of it; else what Temporal's own words for the end imply. */
function attemptsOf({ retryState }: ActivityFailure, details: unknown, { policy }: Callable): number {
  const said = attemptOf(details);
  if (said > 1 || retryState !== RetryState.MAXIMUM_ATTEMPTS_REACHED) return said;
  return Math.max(policy.maximumAttempts, 1);
}

/** A child answers how it ended; one that gives no answer was terminated, or broke. */
export function failureOfChild(error: unknown, pattern: string): CallFailure {
  const cause = error instanceof ChildWorkflowFailure ? error.cause : error;
  const common = { attempts: 1, details: null, retryable: true };
  if (cause instanceof TimeoutFailure) {
    return { ...common, code: 'STEP_TIMED_OUT', message: `the sub-pattern ${pattern} ran out of time` };
  }
  if (cause instanceof TerminatedFailure) {
    return { ...common, code: 'EXECUTION_FAILED', message: `the sub-pattern ${pattern} was terminated` };
  }
  const code = cause instanceof ApplicationFailure ? (cause.type ?? 'INTERNAL') : 'INTERNAL';
  const message = cause instanceof Error ? cause.message : String(cause);
  return { ...common, code, message: `the sub-pattern ${pattern}: ${message}` };
}

/** `invoke.ts` puts the attempt into the details of every failure; other workers may not. */
function attemptOf(details: unknown): number {
  const attempt = (details as { attempt?: unknown } | null)?.attempt;
  return typeof attempt === 'number' && Number.isInteger(attempt) && attempt > 0 ? attempt : 1;
}
