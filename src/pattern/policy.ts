/** How patient a plan is, and what that means for each call: attempts, intervals, time limits. */
import type { CheckContext } from './check-context';
import { findPattern } from './check-context';
import { toMilliseconds } from './duration';
import { handlersOf, innerSteps } from './graph-uses';
import type { Patience, StepPolicy } from './plan';
import type { Signature } from './signatures';
import { isStep, type Retry, type Step } from './step-schema';

/** Somebody waits: more attempts, or longer pauses, would outlast them. */
const interactiveAttempts = 3;
const interactiveIntervalMs = 5000;
const undoAttempts = 10;

/** The patience that a pattern needs: whoever waits for people, timers or polls cannot be interactive. */
export function leastPatience(steps: readonly Step[], context: CheckContext): Patience {
  return steps.some((step) => isSlow(step, context, new Set())) ? 'background' : 'interactive';
}

function isSlow(step: Step, context: CheckContext, seen: Set<string>): boolean {
  if (step.approval ?? step.wait ?? step.repeat?.every) return true;
  if (step.pattern !== undefined && !seen.has(step.pattern)) {
    seen.add(step.pattern);
    const steps = findPattern(step.pattern, context)?.steps ?? [];
    if (steps.some((inner) => isSlow(inner, context, seen))) return true;
  }
  return [...innerSteps(step), ...handlersOf(step).filter(isStep)].some((inner) =>
    isSlow(inner, context, seen),
  );
}

/** What the step says goes before what its capability says, within what the patience allows. */
export function policyOf(step: Step, signature: Signature, patience: Patience): StepPolicy {
  const { policy } = signature;
  const retry = step.retry ?? {};
  return {
    startToCloseMs: step.timeout === undefined ? policy.startToCloseMs : toMilliseconds(step.timeout),
    maximumAttempts: retry.maximum_attempts ?? attemptsOf(policy.maximumAttempts, patience),
    ...intervalsOf(retry, policy, patience),
    // Activities say themselves what is not worth a retry; beyond that an interactive run does not wait a minute
    // for a breaker, and a payload that is too large stays too large.
    nonRetryable: [
      ...(patience === 'interactive' ? ['CIRCUIT_OPEN'] : []),
      'PayloadsTooLarge',
      ...(retry.non_retryable ?? []),
    ],
  };
}

/** An undo is tried for long in any plan: what it cannot undo stays done. */
export function undoPolicy({ policy }: Signature): StepPolicy {
  return {
    startToCloseMs: policy.startToCloseMs,
    maximumAttempts: undoAttempts,
    ...intervalsOf({}, policy, 'interactive'),
    nonRetryable: ['PayloadsTooLarge'],
  };
}

function attemptsOf(attempts: number, patience: Patience): number {
  if (patience === 'background') return 0;
  return attempts === 0 ? interactiveAttempts : Math.min(attempts, interactiveAttempts);
}

function intervalsOf(
  retry: Retry,
  policy: Signature['policy'],
  patience: Patience,
): Pick<StepPolicy, 'initialIntervalMs' | 'backoffCoefficient' | 'maximumIntervalMs'> {
  const longest = patience === 'interactive' ? interactiveIntervalMs : Number.POSITIVE_INFINITY;
  const given = (text: string | undefined, own: number): number =>
    text === undefined ? Math.min(own, longest) : toMilliseconds(text);
  const initialIntervalMs = given(retry.initial_interval, policy.initialIntervalMs);
  const maximumIntervalMs = given(retry.maximum_interval, policy.maximumIntervalMs);
  return {
    initialIntervalMs,
    backoffCoefficient: retry.backoff_coefficient ?? policy.backoffCoefficient,
    maximumIntervalMs: Math.max(initialIntervalMs, maximumIntervalMs),
  };
}
