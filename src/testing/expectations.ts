/** Compares a run with what its test expects of it; only what the test names is compared. */
import type { Outcome } from '../contract/execution';
import type { StepError, StepTrace } from '../contract/trace';
import { toMilliseconds } from '../pattern/duration';
import type { Plan } from '../pattern/plan';
import type { Signatures } from '../pattern/signatures';
import type { Expectation } from '../pattern/tests-schema';
import { compareCallOrder, compareCalls } from './expected-calls';
import { compareOrder, compareOverlap, compareSteps } from './expected-steps';
import type { Recorder } from './recorder';
import type { Mishap } from './result';
import { same, toDuration } from './values';
import type { MadeCall } from './world';

/** What is known of a run that has ended, or that waits for a person. */
export interface Observed {
  status: Outcome['status'] | 'waiting';
  outputs: Record<string, unknown>;
  error: StepError | null;
  steps: readonly StepTrace[];
  plan: Plan;
  calls: readonly MadeCall[];
  recorder: Pick<Recorder, 'began' | 'ended'>;
  /** Paths of the steps that were undone, in that order. */
  undone: readonly string[];
  elapsedMs: number;
}

export function compareRun(expect: Expectation, observed: Observed, signatures: Signatures): Mishap[] {
  return [
    ...compareStatus(expect, observed),
    ...compareOutputs(expect, observed),
    ...compareSteps(expect, observed),
    ...compareCalls(expect, observed, signatures),
    ...compareCallOrder(expect, observed, signatures),
    ...compareOrder(expect, observed),
    ...compareOverlap(expect, observed),
    ...compareUndone(expect, observed),
    ...compareError(expect, observed),
    ...compareElapsed(expect, observed),
  ];
}

/** A test that names neither a status nor an error is about a run that succeeds. */
function compareStatus(expect: Expectation, { status, error }: Observed): Mishap[] {
  const expected = expect.status ?? (expect.error === undefined ? 'succeeded' : undefined);
  if (expected === undefined || expected === status) return [];
  const why = error === null ? '' : `: ${error.code} at "${error.step}", ${error.message}`;
  return [{ at: 'expect.status', message: `the run ${ending(status)}${why}`, expected, received: status }];
}

function ending(status: Observed['status']): string {
  return { succeeded: 'succeeded', failed: 'failed', cancelled: 'was cancelled', timed_out: 'timed out', waiting: 'waits' }[status]; // prettier-ignore
}

function compareOutputs({ outputs = {} }: Expectation, observed: Observed): Mishap[] {
  return Object.entries(outputs).flatMap(([name, expected]) => {
    const at = `expect.outputs.${name}`;
    if (!Object.hasOwn(observed.plan.outputs, name)) return [unknown(at, `there is no output "${name}"`)];
    const received = observed.outputs[name];
    return same(expected, received) ? [] : [{ at, message: 'another value', expected, received }];
  });
}

function compareUndone({ compensations }: Expectation, { undone }: Observed): Mishap[] {
  if (compensations === undefined || same(compensations, undone)) return [];
  const message = undone.length === 0 ? 'nothing was undone' : 'other steps were undone, or in another order';
  return [{ at: 'expect.compensations', message, expected: compensations, received: undone }];
}

function compareError({ error: expected }: Expectation, { error }: Observed): Mishap[] {
  if (expected === undefined) return [];
  if (error === null) {
    return [{ at: 'expect.error', message: 'nothing failed', expected, received: null }];
  }
  const { code, step, message_contains: text } = expected;
  const wrong: Mishap[] = [];
  if (code !== undefined && code !== error.code)
    wrong.push({
      at: 'expect.error.code',
      message: `another code: ${error.message}`,
      expected: code,
      received: error.code,
    });
  if (step !== undefined && step !== error.step)
    wrong.push({
      at: 'expect.error.step',
      message: 'another step failed',
      expected: step,
      received: error.step,
    });
  if (text !== undefined && !error.message.includes(text))
    wrong.push({
      at: 'expect.error.message_contains',
      message: 'the message does not contain it',
      expected: text,
      received: error.message,
    });
  return wrong;
}

function compareElapsed({ elapsed }: Expectation, { elapsedMs }: Observed): Mishap[] {
  if (elapsed === undefined) return [];
  // A duration of zero is one here, though no step could wait for it.
  const expected = /[1-9]/.test(elapsed) ? toMilliseconds(elapsed) : 0;
  if (expected === elapsedMs) return [];
  return [
    {
      at: 'expect.elapsed',
      message: 'it took another time',
      expected: elapsed,
      received: toDuration(elapsedMs),
    },
  ];
}

function unknown(at: string, message: string): Mishap {
  return { at, message };
}
