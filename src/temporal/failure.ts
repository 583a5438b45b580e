/** What a failed activity means to the interpreter; the same for the workflow and for a history read later. */
import { ActivityFailure, ApplicationFailure, RetryState, TimeoutFailure } from '@temporalio/common';
import type { CallFailure } from '../pattern/interpret';
import type { PlannedStep } from '../pattern/plan';

/** Only the code survives the wire; the agent puts attempt and details beside it. */
export function failureOf(error: unknown, step: PlannedStep): CallFailure {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  if (cause instanceof TimeoutFailure) {
    const exhausted =
      error instanceof ActivityFailure && error.retryState === RetryState.MAXIMUM_ATTEMPTS_REACHED;
    const message = `${step.capability} gave no answer in time (${String(cause.timeoutType)}); is a worker serving ${step.task_queue}?`;
    return {
      code: 'STEP_TIMED_OUT',
      message,
      attempts: exhausted ? step.policy.maximumAttempts : 1,
      details: null,
    };
  }
  if (cause instanceof ApplicationFailure) {
    const details: unknown = cause.details?.[0] ?? null;
    const code = cause.type === 'PayloadsTooLarge' ? 'LIMIT_EXCEEDED' : (cause.type ?? 'INTERNAL');
    return { code, message: cause.message, attempts: attemptOf(details), details };
  }
  return {
    code: 'INTERNAL',
    message: cause instanceof Error ? cause.message : String(cause),
    attempts: 1,
    details: null,
  };
}

/** `invoke.ts` puts the attempt into the details of every failure; other workers may not. */
function attemptOf(details: unknown): number {
  const attempt = (details as { attempt?: unknown } | null)?.attempt;
  return typeof attempt === 'number' ? attempt : 1;
}
