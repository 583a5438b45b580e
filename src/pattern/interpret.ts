/**
 * The interpreter: runs a plan. The same code in the Temporal workflow, in tests, and when a trace is rebuilt from history.
 *
 * 1. Everything that waits or acts goes through the port; here are neither clock nor I/O.
 * 2. A step starts when all the steps it waits for have ended, however they ended; nothing else delays it but the cap.
 * 3. After the first failure that nothing catches no step starts, reads in flight are cancelled, writes are awaited.
 * 4. Every planned step is in the trace; one that never started is `not_run`.
 * 5. It never throws for what a pattern, an agent or a cancellation does: that is the outcome.
 */
import type { Outcome } from '../contract/execution';
import { EngineError } from '../contract/errors';
import type { Envelope, StepError } from '../contract/trace';
import { chartsOf } from './panels';
import type { PlannedStep, RunPatternInput } from './plan';
import { resolveTemplate, type Scope } from './reference';
import { runStep, type StepRun } from './step';
import { buildTrace } from './trace';

/** What a failed call looks like to the interpreter, whatever carried it. */
export interface CallFailure {
  code: string;
  message: string;
  attempts: number;
  details: unknown;
}

/** The world outside: Temporal's calls in the workflow, a script in tests, events when rebuilding. */
export interface Port {
  call(step: PlannedStep, args: Record<string, unknown>): Promise<Envelope>;
  /** Milliseconds since the epoch, deterministic under replay. */
  now(): number;
  /** Asks the reads in flight to end; their calls then reject. */
  cancelReads(): void;
  isCancellation(error: unknown): boolean;
  failureOf(error: unknown, step: PlannedStep): CallFailure;
}

export interface RunIdentity {
  workflow_id: string;
  run_id: string;
  mode: 'durable' | 'direct';
}

/** Capability calls under way at once. */
const concurrency = 50;
/** A final answer larger than this cannot be carried in one Temporal payload (2 MiB) with its trace. */
const maximumOutcomeBytes = 1_900_000;

/** @param watch is called with the runs so far whenever a step starts or ends */
export async function interpret(
  input: RunPatternInput,
  identity: RunIdentity,
  port: Port,
  watch: (runs: ReadonlyMap<string, StepRun>) => void = () => undefined,
): Promise<Outcome> {
  const state = Object.create(null) as Record<string, unknown>;
  const steps = Object.create(null) as Record<string, unknown>;
  const missing = new Set<string>();
  const scope: Scope = { ctx: input.ctx, inputs: input.inputs, state, steps, missing };
  const runs = new Map<string, StepRun>();
  const waiting = new Set(input.plan.steps);
  const active = new Map<string, Promise<void>>();
  let failure: StepError | null = null;
  let cancelled = false;

  const isReady = (step: PlannedStep): boolean => step.edges.every((edge) => Object.hasOwn(steps, edge.step));
  const settle = (step: PlannedStep, run: StepRun): void => {
    runs.set(step.path, run);
    active.delete(step.path);
    if (run.status === 'success') state[step.as] = run.envelope?.result;
    else {
      state[step.as] = null;
      missing.add(step.as);
    }
    steps[step.as] = { status: run.status, error: run.error ?? null, attempts: run.attempts };
    if (run.cancelled) cancelled = true;
    else if (run.status === 'error') failure ??= run.error ?? null;
    if (failure !== null) port.cancelReads();
    watch(runs);
  };
  const startReady = (): void => {
    for (const step of waiting) {
      if (failure !== null || cancelled || active.size >= concurrency) return;
      if (!isReady(step)) continue;
      waiting.delete(step);
      active.set(
        step.path,
        runStep(step, scope, port).then((run) => {
          settle(step, run);
        }),
      );
    }
  };

  startReady();
  while (active.size > 0) {
    await Promise.race(active.values());
    startReady();
  }
  const error: StepError | null = cancelled && failure === null ? cancellation() : failure;
  return finish(input, identity, scope, runs, error, cancelled);
}

function cancellation(): StepError {
  return {
    code: 'EXECUTION_CANCELLED',
    message: 'The execution was cancelled.',
    step: '',
    attempts: 0,
    details: null,
  };
}

function finish(
  input: RunPatternInput,
  identity: RunIdentity,
  scope: Scope,
  runs: ReadonlyMap<string, StepRun>,
  stepError: StepError | null,
  cancelled: boolean,
): Outcome {
  const trace = buildTrace(input, identity, runs);
  let error = stepError;
  let data: Record<string, unknown> = {};
  if (error === null) {
    try {
      data = Object.fromEntries(
        Object.entries(input.plan.outputs).map(([name, template]) => [
          name,
          resolveTemplate(template, scope).value ?? null,
        ]),
      );
    } catch (caught) {
      error = outputError(caught);
    }
  }
  const charts = error === null ? chartsOf(input.plan.panels, scope) : [];
  const size = JSON.stringify(data).length + JSON.stringify(charts).length;
  if (size > maximumOutcomeBytes) {
    const message = `the outputs have ${String(size)} bytes, at most ${String(maximumOutcomeBytes)} fit; output less`;
    return {
      status: 'failed',
      data: {},
      charts: [],
      trace,
      error: { code: 'LIMIT_EXCEEDED', message, step: 'outputs', attempts: 0, details: null },
    };
  }
  const status =
    error === null ? 'succeeded' : cancelled && error.code === 'EXECUTION_CANCELLED' ? 'cancelled' : 'failed';
  return { status, data, charts, trace, error };
}

function outputError(caught: unknown): StepError {
  const known = caught instanceof EngineError;
  return {
    code: known ? caught.code : 'INTERNAL',
    message: caught instanceof Error ? caught.message : String(caught),
    step: 'outputs',
    attempts: 0,
    details: known ? caught.details : null,
  };
}
