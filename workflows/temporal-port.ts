/** The interpreter's port on Temporal: a capability call is an activity on its agent's task queue. */
import {
  ActivityCancellationType,
  ApplicationFailure,
  CancellationScope,
  isCancellation,
  proxyActivities,
} from '@temporalio/workflow';
import type { RequestContext } from '../src/contract/request-context';
import type { Envelope } from '../src/contract/trace';
import type { Port } from '../src/pattern/interpret';
import type { PlannedStep, RunPatternInput } from '../src/pattern/plan';
import { failureOf } from '../src/temporal/failure';

type CapabilityCall = (args: Record<string, unknown>, ctx: RequestContext) => Promise<Envelope>;

/** A step that starts late still gets this long before the run's time is up. */
const leastStepMs = 1000;
const heartbeatMs = 5000;

export function temporalPort(input: RunPatternInput, startedAt: number): Port {
  const reads = new CancellationScope();
  const deadline = startedAt + input.plan.executionTimeoutMs;
  return {
    // Writes stay outside the scope that a sibling's failure cancels: an effect under way is awaited.
    call: (step, args) => {
      const invoke = (): Promise<Envelope> => activityOf(step, deadline - Date.now())(args, input.ctx);
      return step.effect === 'write' ? invoke() : reads.run(invoke);
    },
    now: () => Date.now(),
    cancelReads: () => {
      reads.cancel();
    },
    isCancellation,
    failureOf,
  };
}

function activityOf(step: PlannedStep, remainingMs: number): CapabilityCall {
  const { policy } = step;
  const activities = proxyActivities<Record<string, CapabilityCall>>({
    activityId: step.path,
    summary: step.path === step.capability ? step.path : `${step.path} ← ${step.capability}`,
    taskQueue: step.task_queue,
    startToCloseTimeout: policy.startToCloseMs,
    // How soon a dead worker is noticed, and how a cancellation reaches a live one.
    heartbeatTimeout: Math.min(heartbeatMs, policy.startToCloseMs),
    // Without this a queue that nobody serves would hold the step until the server ends the run, and no result were stored.
    scheduleToCloseTimeout: Math.max(remainingMs, leastStepMs),
    cancellationType:
      step.effect === 'write'
        ? ActivityCancellationType.WAIT_CANCELLATION_COMPLETED
        : ActivityCancellationType.TRY_CANCEL,
    retry: {
      maximumAttempts: policy.maximumAttempts,
      initialInterval: policy.initialIntervalMs,
      backoffCoefficient: policy.backoffCoefficient,
      maximumInterval: policy.maximumIntervalMs,
      nonRetryableErrorTypes: policy.nonRetryable,
    },
  });
  const activity = activities[step.capability];
  if (!activity)
    throw ApplicationFailure.nonRetryable(`no activity ${step.capability}`, 'CAPABILITY_UNKNOWN');
  return activity;
}
