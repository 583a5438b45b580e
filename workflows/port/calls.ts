/** A capability call on Temporal: an activity on its agent's task queue, cancelled as the interpreter's stop says. */
import {
  ActivityCancellationType,
  ApplicationFailure,
  CancellationScope,
  proxyActivities,
  type RetryPolicy,
} from '@temporalio/workflow';
import type { CallOptions } from '../../src/contract/call-options';
import type { RequestContext } from '../../src/contract/request-context';
import type { Envelope } from '../../src/contract/trace';
import type { RunPatternInput, StepPolicy } from '../../src/pattern/plan';
import { wholePath } from '../../src/pattern/whole-path';
import { backgroundStepMs, undoTimeMs } from '../../src/pattern/time-limits';
import type { CapabilityCall, OnStop } from '../../src/pattern/run/port';

type Activity = (
  args: Record<string, unknown>,
  ctx: RequestContext,
  options: CallOptions,
) => Promise<Envelope>;

/** A step that starts late still gets this long before the run's time is up. */
const leastStepMs = 1000;
const heartbeatMs = 5000;

/** @param deadline milliseconds since the epoch at which the plan's time is up */
export function callActivity(
  input: RunPatternInput,
  deadline: number,
  call: CapabilityCall,
): Promise<Envelope> {
  const { callable, args } = call;
  const isWrite = callable.effect === 'write';
  const options = optionsOf(input, call);
  // A failure beside it ends a read; a write under way is awaited, and only a cancel asks it to end.
  return stoppable(
    call.onStop,
    (reason) => reason === 'cancel' || !isWrite,
    () => activityOf<Activity>(input, deadline, call)(args, input.ctx, options),
  );
}

export function optionsOf(input: RunPatternInput, call: CapabilityCall): CallOptions {
  const { execution_id, recorded_from } = input;
  const { effect_key, cache, path } = call;
  const recorded = { path: wholePath(input, path), ...(recorded_from !== undefined && { recorded_from }) };
  return { execution_id, effect_key, cache, ...(!call.callable.pure && recorded) };
}

/** Runs `work` in a scope of its own, which the stop cancels. */
export async function stoppable<T>(
  onStop: OnStop,
  ends: (reason: 'failure' | 'cancel') => boolean,
  work: () => Promise<T>,
): Promise<T> {
  const scope = new CancellationScope();
  const release = onStop((reason) => {
    if (ends(reason)) scope.cancel();
  });
  try {
    return await scope.run(work);
  } finally {
    release();
  }
}

/** The activity of the capability's own name, on its agent's queue. */
export function activityOf<A extends (...args: never[]) => Promise<unknown>>(
  { plan }: RunPatternInput,
  deadline: number,
  { path, callable }: CapabilityCall,
): A {
  const { policy, capability } = callable;
  const isWrite = callable.effect === 'write';
  const activities = proxyActivities<Record<string, A>>({
    activityId: path,
    summary: path === capability ? path : `${path} ← ${capability}`,
    taskQueue: callable.task_queue,
    startToCloseTimeout: policy.startToCloseMs,
    // How soon a dead worker is noticed, and how a cancellation reaches a live one. One of another project need not beat.
    ...(callable.source !== 'external' && {
      heartbeatTimeout: Math.min(heartbeatMs, policy.startToCloseMs),
    }),
    // Without this a queue that nobody serves would hold the step until the server ends the run, and no result were stored.
    scheduleToCloseTimeout: timeFor(path, plan.patience, deadline - Date.now()),
    cancellationType: isWrite
      ? ActivityCancellationType.WAIT_CANCELLATION_COMPLETED
      : ActivityCancellationType.TRY_CANCEL,
    retry: retryOf(policy),
  });
  const activity = activities[capability];
  if (!activity) throw ApplicationFailure.nonRetryable(`no activity ${capability}`, 'CAPABILITY_UNKNOWN');
  return activity as A;
}

export function retryOf(policy: StepPolicy): RetryPolicy {
  return {
    ...(policy.maximumAttempts > 0 && { maximumAttempts: policy.maximumAttempts }),
    initialInterval: policy.initialIntervalMs,
    backoffCoefficient: policy.backoffCoefficient,
    maximumInterval: policy.maximumIntervalMs,
    nonRetryableErrorTypes: policy.nonRetryable,
  };
}

/** An undo has its own time: it runs when the plan's may be up. */
export function timeFor(
  path: string,
  patience: RunPatternInput['plan']['patience'],
  remainingMs: number,
): number {
  if (path.endsWith(':undo')) return undoTimeMs;
  const left = Math.max(remainingMs, leastStepMs);
  return patience === 'background' ? Math.min(left, backgroundStepMs) : left;
}
