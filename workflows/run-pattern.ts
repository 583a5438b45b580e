/**
 * `runPattern`: the one generic workflow. It routes and remembers; it computes nothing.
 *
 * - It gets a finished plan and imports no catalogue, so an edited pattern never touches a run in flight.
 * - The interpreter runs in a scope that no cancellation reaches: a cancel is a message to it, and it ends by itself,
 *   undoing what it did.
 * - Whatever happens it ends by storing its outcome, and then says how it ended: completed, failed with the first
 *   failure's code, or cancelled. A sub-pattern's run stores nothing: it hands its result to its parent.
 * - Nothing but ApplicationFailure, cancellation and continue-as-new leaves it: any other error would make Temporal
 *   retry the workflow task until the run's time is up.
 */
import {
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  CancelledFailure,
  condition,
  ContinueAsNew,
  continueAsNew,
  proxyActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { Outcome } from '../src/contract/execution';
import { interpret, interpretChild } from '../src/pattern/interpret';
import type { Plan, RunPatternInput } from '../src/pattern/plan';
import { progressOf } from '../src/pattern/progress';
import type { ChildResult } from '../src/pattern/run/port';
import type { StepRun } from '../src/pattern/run/step-run';
import { progressQuery } from './messages';
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
  // With a colon, which no step's path begins with.
  activityId: 'engine:store_execution',
  summary: 'store the result and trace',
  startToCloseTimeout: '10s',
  retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '5s' },
});

export async function runPattern(input: RunPatternInput): Promise<RunPatternResult | ChildResult> {
  const port = temporalPort(input);
  try {
    return await CancellationScope.nonCancellable<RunPatternResult | ChildResult>(() =>
      input.parent_path === undefined ? runToOutcome(input, port) : runToChildResult(input, port),
    );
  } catch (error) {
    const isMeant =
      error instanceof ApplicationFailure ||
      error instanceof CancelledFailure ||
      error instanceof ContinueAsNew;
    if (isMeant) throw error;
    throw ApplicationFailure.create({
      type: 'INTERNAL',
      message: error instanceof Error ? error.message : String(error),
      nonRetryable: true,
      ...(error instanceof Error && { cause: error }),
    });
  }
}

type Port = ReturnType<typeof temporalPort>;

async function runToOutcome(input: RunPatternInput, port: Port): Promise<RunPatternResult> {
  const { workflowId, runId } = workflowInfo();
  const identity = { workflow_id: workflowId, run_id: runId, mode: 'durable' } as const;
  const outcome = await interpret(input, identity, port, showProgress(input.plan));
  await port.settled();
  if (outcome.status === 'continue') return goOn({ ...input, journal: outcome.journal });
  await storeExecution({
    execution_id: input.execution_id,
    user_id: input.ctx.user_id,
    run_id: runId,
    outcome,
  });
  return conclude(outcome);
}

async function runToChildResult(input: RunPatternInput, port: Port): Promise<ChildResult> {
  const result = await interpretChild(input, workflowInfo().workflowId, port, showProgress(input.plan));
  await port.settled();
  return result.status === 'continue' ? goOn({ ...input, journal: result.journal }) : result;
}

/** Begins again with an empty history. An answer that is being taken is not left behind. */
async function goOn(input: RunPatternInput): Promise<never> {
  await condition(allHandlersFinished);
  return continueAsNew<typeof runPattern>(input);
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

/** Lets the query answer from the runs as they are when it is asked. */
function showProgress(plan: Plan): (runs: ReadonlyMap<string, StepRun>) => void {
  let current: ReadonlyMap<string, StepRun> = new Map();
  setHandler(progressQuery, () => progressOf(plan, current));
  return (runs) => {
    current = runs;
  };
}
