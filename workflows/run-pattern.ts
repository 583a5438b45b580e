/**
 * `runPattern`: the one generic workflow. It routes and remembers; it computes nothing.
 *
 * - It gets a finished plan and imports no catalogue, so an edited pattern never touches a run in flight.
 * - Whatever happens it ends by storing its outcome, shielded from cancellation, and then says how it ended:
 *   completed, failed with the first failure's code, or cancelled.
 * - Nothing but ApplicationFailure and cancellation leaves it: any other error would make Temporal retry the
 *   workflow task until the run's time is up.
 */
import {
  ApplicationFailure,
  CancellationScope,
  CancelledFailure,
  proxyActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { Outcome } from '../src/contract/execution';
import { interpret } from '../src/pattern/interpret';
import type { RunPatternInput } from '../src/pattern/plan';
import type { StepRun } from '../src/pattern/step';
import { progressQuery, type StepProgress } from './messages';
import { temporalPort } from './temporal-port';

/** What `engine.store_execution` is given. */
export interface StoreExecutionInput {
  execution_id: string;
  user_id: string;
  run_id: string;
  outcome: Outcome;
}

export interface RunPatternResult {
  status: Outcome['status'];
  fingerprint: string;
}

const { 'engine.store_execution': storeExecution } = proxyActivities<{
  'engine.store_execution': (input: StoreExecutionInput) => Promise<void>;
}>({
  activityId: 'store_execution',
  summary: 'store the result and trace',
  startToCloseTimeout: '10s',
  retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '5s' },
});

export async function runPattern(input: RunPatternInput): Promise<RunPatternResult> {
  const { workflowId, runId, startTime } = workflowInfo();
  let progress: StepProgress[] = [];
  setHandler(progressQuery, () => progress);
  const watch = (runs: ReadonlyMap<string, StepRun>): void => {
    progress = toProgress(runs);
  };
  try {
    const identity = { workflow_id: workflowId, run_id: runId, mode: 'durable' } as const;
    const outcome = await interpret(input, identity, temporalPort(input, startTime.getTime()), watch);
    await CancellationScope.nonCancellable(() =>
      storeExecution({
        execution_id: input.execution_id,
        user_id: input.ctx.user_id,
        run_id: runId,
        outcome,
      }),
    );
    return conclude(outcome);
  } catch (error) {
    if (error instanceof ApplicationFailure || error instanceof CancelledFailure) throw error;
    throw ApplicationFailure.create({
      type: 'INTERNAL',
      message: error instanceof Error ? error.message : String(error),
      nonRetryable: true,
      ...(error instanceof Error && { cause: error }),
    });
  }
}

function conclude({ status, error, trace }: Outcome): RunPatternResult {
  if (status === 'cancelled') throw new CancelledFailure(error?.message ?? 'The execution was cancelled.');
  if (error !== null) {
    throw ApplicationFailure.create({
      type: error.code,
      message: error.message,
      nonRetryable: true,
      details: [{ step: error.step }],
    });
  }
  return { status, fingerprint: trace.fingerprint };
}

function toProgress(runs: ReadonlyMap<string, StepRun>): StepProgress[] {
  return [...runs].map(([path, run]) => ({
    path,
    status: run.status,
    duration_ms: run.started_at === null || run.ended_at === null ? null : run.ended_at - run.started_at,
  }));
}
