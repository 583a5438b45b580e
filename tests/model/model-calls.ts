/** Calls of capabilities in the model: attempts, time limits, places, and the calls that undo. */
import { Stopped, type Stop } from './clock';
import { type JsonStep, millisecondsOf } from './program';
import { Failure, type Line, type Scope, type Undo, type Workflow } from './model-state';
import { type Ended, fill, inner, Mistake, type Seen } from './references';
import { capabilities } from './world';

/** What a call may need of the policy that the catalogue and the step give it. */
interface Policy {
  attempts: number;
  limitMs: number;
  initialMs: number;
  coefficient: number;
  maximumMs: number;
  nonRetryable: string[];
}

const own: Record<string, Partial<Policy>> = {
  'effects.read': { initialMs: 20, maximumMs: 50, limitMs: 4000 },
  'effects.write': { initialMs: 20, maximumMs: 50, limitMs: 4000 },
  'effects.undo': { initialMs: 20, maximumMs: 50, limitMs: 4000 },
  'model.cancel': { limitMs: 30_000 },
};
const usual: Policy = {
  attempts: 3,
  limitMs: 10_000,
  initialMs: 200,
  coefficient: 2,
  maximumMs: 5000,
  nonRetryable: [],
};

function policyOf(capability: string, step: JsonStep, isPatient: boolean): Policy {
  const policy = { ...usual, ...own[capability] };
  const { retry = {}, timeout } = step;
  const initialMs =
    retry.initial_interval === undefined ? policy.initialMs : millisecondsOf(retry.initial_interval);
  const maximumMs =
    retry.maximum_interval === undefined ? policy.maximumMs : millisecondsOf(retry.maximum_interval);
  return {
    attempts: retry.maximum_attempts ?? (isPatient ? Number.POSITIVE_INFINITY : policy.attempts),
    limitMs: timeout === undefined ? policy.limitMs : millisecondsOf(timeout),
    initialMs,
    coefficient: retry.backoff_coefficient ?? policy.coefficient,
    maximumMs: Math.max(initialMs, maximumMs),
    nonRetryable: retry.non_retryable ?? [],
  };
}

/** With all the patience there is, a call that is always too slow never ends. */
export class Endless extends Error {}
const endless = 100;

/** Arguments as they are sent; `missing` when one that is needed is a missing value. */
export function argumentsOf(
  args: Record<string, unknown>,
  { nullable, required }: { nullable: string[]; required: string[] },
  seen: Seen,
): { args: Record<string, unknown> } | { missing: string } {
  const filled: Record<string, unknown> = {};
  for (const [name, template] of Object.entries(args)) {
    const { value, missing } = fill(template, seen);
    if (missing === undefined || nullable.includes(name)) filled[name] = value;
    else if (required.includes(name)) return { missing };
  }
  return { args: filled };
}

/** When a wait of a call ends because of a stop. */
type Ends = (stop: Stop) => boolean;

interface Call {
  capability: string;
  args: Record<string, unknown>;
  policy: Policy;
  rel: string;
  key: string | null;
  stop: Stop;
  ends: Ends;
}

async function attemptCall(call: Call, workflow: Workflow, number: number): Promise<unknown> {
  const { capability, args, policy, rel, key, stop, ends } = call;
  const { clock, ledger, schedule, stop: root } = workflow.run;
  const deed = capabilities[capability]?.attempt(args, number);
  if (!deed) throw new Error(`no ${capability} in the model's world`);
  const whole = `${workflow.prefix}${rel}`;
  const { limitMs } = policy;
  const timed = { whole, capability, args, attempt: number, limitMs, now: clock.now() };
  const { ms, isLate } = schedule.call(timed);
  await clock.sleep(ms, stop, ends, schedule.grace);
  if (isLate) throw new Failure('STEP_TIMED_OUT', rel, number, false);
  if (deed.writes && key !== null) ledger.perform(capability, key);
  if (deed.end === 'cancel') {
    if (workflow.run.failing > 0) workflow.run.isAmbiguous = true;
    root.fire('cancel');
  }
  if (deed.end === 'hang' || deed.end === 'cancel') {
    await clock.sleep(Math.max(limitMs - ms, 0), stop, ends);
    throw new Failure('STEP_TIMED_OUT', rel, number, false);
  }
  if (typeof deed.end === 'object') throw new Failure(deed.end.code, rel, number, !deed.end.retryable);
  return deed.result;
}

async function withAttempts(call: Call, workflow: Workflow): Promise<{ value: unknown; attempts: number }> {
  const { policy, stop, ends } = call;
  let pause = policy.initialMs;
  for (let number = 1; ; number += 1) {
    if (number > endless) throw new Endless(`${call.rel} never ends`);
    try {
      return { value: await attemptCall(call, workflow, number), attempts: number };
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const didNothing = error.didNothing || policy.nonRetryable.includes(error.code);
      if (didNothing || number >= policy.attempts) {
        throw new Failure(error.code, error.step, number, didNothing);
      }
      await workflow.run.clock.sleep(pause, stop, ends);
      pause = Math.min(pause * policy.coefficient, policy.maximumMs);
    }
  }
}

/** Waits for one of the places, in the order in which they were asked for. */
async function withPlace<T>(
  { slots, run }: Workflow,
  { stop }: Call,
  line: Line,
  work: () => Promise<T>,
): Promise<T> {
  if (slots.free > 0) slots.free -= 1;
  else {
    await new Promise<void>((resolve, reject) => {
      const take = (): void => {
        release();
        resolve();
      };
      slots.queue.push(take);
      const release = stop.onFire(() => {
        slots.queue.splice(slots.queue.indexOf(take), 1);
        release();
        // It has not begun.
        line.startedAt = run.clock.now();
        reject(new Stopped());
      });
    });
  }
  try {
    return await work();
  } finally {
    const next = slots.queue.shift();
    if (next) next();
    else slots.free += 1;
  }
}

/** @throws Failure, Stopped */
export async function callCapability(
  step: JsonStep,
  args: Record<string, unknown>,
  at: { rel: string; line: Line; begins: () => void },
  scope: Scope,
  workflow: Workflow,
): Promise<{ value: unknown; attempts: number }> {
  const capability = step.capability ?? '';
  const { rel, line, begins } = at;
  const isWrite = capabilities[capability]?.writes === true;
  const call: Call = {
    ...{ capability, args, rel, stop: scope.stop },
    policy: policyOf(capability, step, workflow.isPatient),
    key: isWrite ? `${workflow.id}/${rel}` : null,
    // A write is awaited when the list around it fails; a cancel ends anything.
    ends: (stop) => stop.reason === 'cancel' || (stop.reason !== null && !isWrite),
  };
  try {
    return await withPlace(workflow, call, line, () => {
      line.startedAt = workflow.run.clock.now();
      begins();
      return withAttempts(call, workflow);
    });
  } catch (error) {
    const isBegun = line.startedAt !== workflow.run.clock.now();
    if (error instanceof Stopped && isWrite && isBegun) line.mayHaveWritten = true;
    throw error;
  }
}

/** The undo of a step; `result` is `null` where it is not known. */
export function undoOf(
  step: JsonStep,
  at: { rel: string; name: string; line: Line; place: number[] },
  scope: Scope,
  workflow: Workflow,
): Undo & { result: { value: unknown } | null } {
  const { rel, name, line, place } = at;
  const compensate = step.compensate ?? { capability: '' };
  const { capability } = compensate;
  const undo = {
    place,
    result: null as { value: unknown } | null,
    run: async (): Promise<void> => {
      const frame = inner(scope.frame);
      frame.ended.set(name, resultOf(undo.result));
      try {
        await callUndo(
          capability,
          undoArguments(compensate, { frame, inputs: workflow.inputs }),
          rel,
          workflow,
        );
        line.undo = 'success';
      } catch (error) {
        if (!(error instanceof Failure || error instanceof Mistake)) throw error;
        line.undo = 'error';
      }
    },
  };
  return undo;
}

function resultOf(result: { value: unknown } | null): Ended {
  return {
    ...{ status: 'success', error: null, attempts: 1 },
    ...{ value: result?.value ?? null, missing: result === null },
  };
}

/** A missing value that cannot be left out is `null`, and the undo refuses it. */
function undoArguments(
  { capability, args = {} }: { capability: string; args?: Record<string, unknown> },
  seen: Seen,
): Record<string, unknown> {
  const { nullable = [], required = [] } = capabilities[capability] ?? {};
  const filled: Record<string, unknown> = {};
  for (const [name, template] of Object.entries(args)) {
    const { value, missing } = fill(template, seen);
    const isLeftOut = missing !== undefined && !nullable.includes(name) && !required.includes(name);
    if (!isLeftOut) filled[name] = value;
  }
  return filled;
}

async function callUndo(
  capability: string,
  args: Record<string, unknown>,
  rel: string,
  workflow: Workflow,
): Promise<void> {
  const policy = { ...policyOf(capability, {}, false), attempts: 10 };
  const call: Call = {
    ...{ capability, args, policy, rel: `${rel}:undo`, stop: workflow.run.stop, ends: () => false },
    key: `${workflow.id}/${rel}:undo`,
  };
  await withAttempts(call, workflow);
}
