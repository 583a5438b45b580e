/** Runs one test of a pattern, in memory and on a virtual clock, and says what was not as it has it. */
import type { RequestContext } from '../contract/request-context';
import { virtualClock, type VirtualClock } from '../local/clock';
import { localPort } from '../local/port';
import { checkInputs } from '../pattern/inputs';
import { interpret } from '../pattern/interpret';
import type { Plan, RunPatternInput } from '../pattern/plan';
import { openStop } from '../pattern/run/stop';
import type { Pattern } from '../pattern/schema';
import type { Signatures } from '../pattern/signatures';
import type { PatternTest } from '../pattern/tests-schema';
import { buildTrace } from '../pattern/trace';
import { compareRun, type Observed } from './expectations';
import { fixedContext, fixedStart } from './fixed-context';
import { openRecorder, type Recorder } from './recorder';
import type { Mishap } from './result';
import { openWorld, type RealCalls } from './world';

export interface Runnable {
  pattern: Pattern;
  plan: Plan;
  signatures: Signatures;
  realCalls: RealCalls;
}

const identity = { workflow_id: 'test', run_id: 'test', mode: 'durable' } as const;

/** @returns nothing when all is as expected */
export async function runTest(test: PatternTest, runnable: Runnable): Promise<Mishap[]> {
  const { observed, mishaps } = await observeTest(test, runnable);
  // A run without all its mocks is not the one that the test describes: comparing it would only hide why.
  if (observed === null || mishaps.length > 0) return mishaps;
  return compareRun(test.expect, observed, runnable.signatures);
}

/** The run that a test describes, and what it lacked; no run when its inputs are wrong. */
export async function observeTest(
  test: PatternTest,
  runnable: Runnable,
): Promise<{ observed: Observed | null; mishaps: Mishap[] }> {
  const { pattern } = runnable;
  const { inputs, problems } = checkInputs(pattern.inputs ?? {}, test.inputs ?? {});
  if (problems.length > 0) {
    const mishaps = problems.map(({ pointer, message }) => ({
      at: pointer.slice(1).replaceAll('/', '.'),
      message,
    }));
    return { observed: null, mishaps };
  }
  const ctx: RequestContext = { ...fixedContext, rights: pattern.rights_required ?? [], ...test.ctx };
  return observe(test, runnable, inputs, ctx);
}

interface Ended {
  observed: Observed;
  mishaps: Mishap[];
}

async function observe(
  test: PatternTest,
  { plan, signatures, realCalls }: Runnable,
  inputs: Record<string, unknown>,
  ctx: RequestContext,
): Promise<Ended> {
  const clock = virtualClock(Date.parse(fixedStart));
  const startedAt = clock.now();
  const deadline = startedAt + plan.executionTimeoutMs;
  const recorder = openRecorder();
  const stop = openStop(null);
  const input: RunPatternInput = { execution_id: 'test', plan, ctx, inputs, cache: false };
  const snapshot = (
    ending: Pick<Observed, 'status' | 'outputs' | 'error' | 'steps' | 'elapsedMs'>,
  ): Ended => ({
    observed: { ...ending, plan, calls: [...world.calls], recorder, undone: [...recorder.undone] },
    mishaps: [...world.mishaps],
  });
  let waiting: Ended | null = null;
  const world = openWorld({
    ...{ test, ctx, clock, deadline, signatures, realCalls, recorder },
    onSilence: ({ due_at }) => {
      if (test.expect.status !== 'waiting') return;
      const elapsedMs = clock.now() - startedAt;
      void atRest(clock, due_at ?? deadline).then(() => {
        if (stop.reason() !== null) return;
        const { steps } = buildTrace(input, identity, recorder.runs);
        waiting = snapshot({ status: 'waiting', outputs: {}, error: null, steps, elapsedMs });
        stop.stop('cancel');
      });
    },
  });
  const port = localPort(input, identity.workflow_id, world, stop);
  const watch = (runs: Parameters<Recorder['observe']>[1]): void => {
    recorder.observe('', runs);
  };
  const outcome = await clock.run(interpret(input, identity, port, watch));
  if (outcome.status === 'continue') throw new Error('a test continued as new');
  const { status, data: outputs, error, trace } = outcome;
  const elapsedMs = clock.now() - startedAt;
  return waiting ?? snapshot({ status, outputs, error, steps: trace.steps, elapsedMs });
}

/** When all that can happen without the answer has happened: just before nobody waits for it any more. */
async function atRest(clock: VirtualClock, until: number): Promise<void> {
  await clock.sleep(Math.max(until - 1 - clock.now(), 0), new AbortController().signal);
}
