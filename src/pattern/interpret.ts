/**
 * The interpreter: runs a plan. The same code in the Temporal workflow, in direct mode, in pattern tests, and when a trace
 * is rebuilt from history.
 *
 * 1. Everything that waits or acts goes through the port; here are neither clock nor I/O.
 * 2. A step starts when all the steps it waits for have ended, however they ended; nothing else delays it but the cap.
 * 3. After the first failure that nothing catches no step starts, reads in flight end, writes are awaited, undos run.
 * 4. Every planned step is in the trace; one that never started is `not_run`.
 * 5. It never throws for what a pattern, an agent or a cancellation does: that is the outcome.
 */
import type { Outcome } from '../contract/execution';
import type { StepError } from '../contract/trace';
import { chartsOf } from './panels';
import type { Journal, Plan, RunPatternInput } from './plan';
import { fillOutputs } from './run/arguments';
import { type Failure, failure as failureAt, failureOfPattern, toStepError } from './run/ends';
import { runList } from './run/list';
import { measure } from './run/measure';
import type { ChildResult, Port } from './run/port';
import { sameTurn } from './run/replay';
import { openRun, type Run, scopeAt } from './run/run';
import { runStep } from './run/step';
import type { StepRun } from './run/step-run';
import { openStop, type Stop } from './run/stop';
import { toOpenUndos, type Undo, undoAll } from './run/undo';
import { type Frame, openFrame } from './scope';
import { buildTrace } from './trace';

export interface RunIdentity {
  workflow_id: string;
  run_id: string;
  mode: 'durable' | 'direct';
}

/** A run has too long a history: begin again from this. */
export interface Continuation {
  status: 'continue';
  journal: Journal;
}

export type Watch = (runs: ReadonlyMap<string, StepRun>) => void;

/** A final answer larger than this is not stored. */
const maximumOutcomeSize = 8 * 1024 * 1024;

/** @param watch is called with the runs so far whenever a step starts or ends */
export async function interpret(
  input: RunPatternInput,
  identity: RunIdentity,
  port: Port,
  watch: Watch = () => undefined,
): Promise<Outcome | Continuation> {
  const end = await runPlan(input, identity.workflow_id, port, watch);
  if ('journal' in end) return end;
  return toOutcome(input, identity, end);
}

/** Runs a sub-pattern: what it leaves open is its parent's to undo. */
export async function interpretChild(
  input: RunPatternInput,
  workflowId: string,
  port: Port,
  watch: Watch = () => undefined,
): Promise<ChildResult | Continuation> {
  const end = await runPlan(input, workflowId, port, watch);
  if ('journal' in end) return end;
  const { status, run, failure, outputs } = end;
  return {
    status: status === 'timed_out' ? 'failed' : status,
    outputs,
    failure: failure === null ? null : { ...toStepError(failure), retryable: failure.retryable },
    runs: Object.fromEntries(run.runs),
    open: toOpenUndos(status === 'succeeded' ? end.done : end.undo),
  };
}

interface PlanEnd {
  status: Outcome['status'];
  run: Run;
  frame: Frame;
  failure: Failure | null;
  outputs: Record<string, unknown>;
  /** What has to be undone, and what was done and may stay. */
  undo: Undo[];
  done: Undo[];
}

async function runPlan(
  input: RunPatternInput,
  workflowId: string,
  port: Port,
  watch: Watch,
): Promise<PlanEnd | Continuation> {
  const started_at = input.journal?.started_at ?? port.now();
  const stop = openStop(null);
  const run = openRun({ input, workflowId, port, watch: ({ runs }) => watch(runs), step: runStep, stop });
  let stopped = input.journal?.stopped;
  stop.onStop((reason) => {
    stopped ??= { reason, after: run.leaves.size };
  });
  const whole = runWhole(run, stop).then((end) => undoEnd(run, end));
  const continued = run.budget.drained.then(async (): Promise<Continuation> => {
    // What came back together with the last call, an approval's answer say, is written down a few promises later.
    await sameTurn();
    const { leaves, marks } = run;
    return {
      status: 'continue',
      journal: {
        started_at,
        leaves: Object.fromEntries(leaves),
        marks: Object.fromEntries(marks),
        ...(stopped && { stopped }),
      },
    };
  });
  return Promise.race([whole, continued]);
}

async function runWhole(run: Run, stop: Stop): Promise<PlanEnd> {
  const { plan } = run.input;
  const frame = openFrame(null);
  const undo: Undo[] = [];
  run.port.onStop(stop.stop);
  const deadline = watchDeadline(run, stop);
  const list = await runList(run, plan.steps, { frame, stop, undo, pathOf: (step) => step.as });
  deadline.close();
  const ending = (status: Outcome['status'], failure: Failure): PlanEnd => {
    return { status, run, frame, failure, outputs: {}, undo, done: [] };
  };
  if (deadline.passed()) return ending('timed_out', timedOut(plan));
  if (list.failure !== null) return ending('failed', list.failure);
  if (list.stopped) return ending('cancelled', cancelled);
  try {
    const outputs = fillOutputs(plan.outputs, scopeAt(run, frame));
    measure(outputs, run.effort);
    return { status: 'succeeded', run, frame, failure: null, outputs, undo: [], done: undo };
  } catch (caught) {
    return ending('failed', { ...failureOfPattern('outputs', caught) });
  }
}

/** A cancelled sub-pattern leaves undoing to its parent, which undoes all in one order. */
async function undoEnd(run: Run, end: PlanEnd): Promise<PlanEnd> {
  if (run.input.parent_path === undefined || end.status !== 'cancelled') await undoAll(run, end.undo);
  return end;
}

const cancelled: Failure = failureAt('EXECUTION_CANCELLED', 'The execution was cancelled.', '');

function timedOut(plan: Plan): Failure {
  const seconds = String(plan.executionTimeoutMs / 1000);
  return failureAt('EXECUTION_TIMED_OUT', `The execution took longer than the ${seconds} s it may.`, '');
}

/** A plan that can have effects must end in time to undo them; for any other Temporal's own limit does, and costs no timer. */
function watchDeadline(run: Run, stop: Stop): { passed(): boolean; close(): void } {
  const { plan, journal, parent_path } = run.input;
  const isWatched = run.port.watchesTime ?? plan.steps.some(({ effect }) => effect === 'write');
  if (!isWatched || parent_path !== undefined) {
    return { passed: () => false, close: () => undefined };
  }
  const due = (journal?.started_at ?? run.port.now()) + plan.executionTimeoutMs;
  const now = run.port.now();
  // A run that was stopped by this in an earlier history is told so by its journal.
  let isPassed = journal?.stopped !== undefined && now >= due;
  const timer = openStop(null);
  run.port.sleep(Math.max(due - now, 0), timer.onStop).then(
    () => {
      isPassed = true;
      stop.stop('cancel');
    },
    () => undefined,
  );
  return {
    passed: () => isPassed,
    close: () => {
      timer.stop('failure');
    },
  };
}

function toOutcome(input: RunPatternInput, identity: RunIdentity, end: PlanEnd): Outcome {
  const { run, frame, outputs } = end;
  const trace = buildTrace(input, identity, run.runs);
  const error: StepError | null = end.failure === null ? null : toStepError(end.failure);
  if (error !== null) return { status: end.status, data: {}, charts: [], trace, error };
  const charts = chartsOf(input.plan.panels, scopeAt(run, frame));
  const size = JSON.stringify(outputs).length + JSON.stringify(charts).length;
  if (size <= maximumOutcomeSize) return { status: 'succeeded', data: outputs, charts, trace, error: null };
  const message = `outputs and panels have ${String(size)} characters, at most ${String(maximumOutcomeSize)} are stored; output less`;
  const tooLarge = toStepError(failureAt('LIMIT_EXCEEDED', message, 'outputs'));
  return { status: 'failed', data: {}, charts: [], trace, error: tooLarge };
}
