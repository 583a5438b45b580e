/** The interpreter's port on Temporal: calls are activities, waits are timers, people answer by update, sub-patterns are children. */
import { CancellationScope, isCancellation, setHandler, sleep, workflowInfo } from '@temporalio/workflow';
import type { RunPatternInput } from '../src/pattern/plan';
import type { Port } from '../src/pattern/run/port';
import { failureOf, failureOfChild } from '../src/temporal/failure';
import { stopSignal } from './messages';
import { openApprovals } from './port/approvals';
import { callActivity, stoppable } from './port/calls';
import { runChildWorkflow } from './port/children';
import { openExternalCalls } from './port/external-calls';

export interface TemporalPort extends Port {
  /** Resolves when what the port does beside the steps has ended. */
  settled(): Promise<void>;
}

/** To be made in the workflow's root scope; the interpreter runs in one that no cancellation reaches but by `onCancel`. */
export function temporalPort(input: RunPatternInput): TemporalPort {
  const { workflowId, startTime } = workflowInfo();
  const startedAt = input.journal?.started_at ?? startTime.getTime();
  const deadline = startedAt + input.plan.executionTimeoutMs;
  const approvals = openApprovals(input, workflowId);
  const external = openExternalCalls(input, deadline);
  const cancelled = CancellationScope.current().cancelRequested;
  return {
    call: (call) =>
      call.callable.source === 'external' ? external.call(call) : callActivity(input, deadline, call),
    sleep: (milliseconds, onStop) =>
      stoppable(
        onStop,
        () => true,
        () => sleep(milliseconds),
      ),
    approve: approvals.ask,
    child: (request) => runChildWorkflow(input, workflowId, request),
    now: () => Date.now(),
    // Only a timer gives a workflow another turn by itself.
    turn: () => CancellationScope.nonCancellable(() => sleep(1, { summary: 'go on in a new turn' })),
    onStop: (listener) => {
      cancelled.catch(() => {
        listener('cancel');
      });
      setHandler(stopSignal, () => {
        listener('failure');
      });
    },
    isCancellation,
    failureOf,
    failureOfChild,
    shouldContinue: () => workflowInfo().continueAsNewSuggested,
    settled: async () => {
      await approvals.settled();
      await external.settled();
    },
  };
}
