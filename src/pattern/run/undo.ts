/**
 * Undoing: what a list did, one at a time, in the reverse order of starts.
 *
 * 1. An undo is registered before its step runs, since a step whose answer was lost may have happened.
 * 2. It is shielded: neither a failure nor a cancellation stops it, and each is retried on its own.
 * 3. One that fails is written down and hides nothing; the others still run.
 */
import { digest } from '../../canonical';
import { EngineError } from '../../contract/errors';
import type { Callable } from '../plan';
import { fillUndoArguments } from './arguments';
import { failedCall, failureOfPattern, toStepError } from './ends';
import { leaf } from './leaf';
import { effectKey } from './effect-key';
import type { Place, Run } from './run';
import type { Leaf, OpenUndo } from './step-run';
import { openFrame, type Scope } from '../scope';

export interface Undo {
  path: string;
  order: number[];
  effect_key: string;
  callable: Callable;
  /** Filled when needed, since it may name the step's own result. */
  args(): Record<string, unknown>;
}

/** What the interpreter tells of a step that may have to be undone. */
export interface Registration {
  /** The step's result, once there is one; until then its value is `null` for the undo. */
  done(result: unknown): void;
  /** It did nothing, so there is nothing to undo. */
  nothing(): void;
}

/** @param as the step's name, by which the undo's arguments may name its result */
export function registerUndo(
  run: Run,
  place: Place,
  { as, callable, order, scope }: { as: string; callable: Callable; order: number; scope: Scope },
): Registration {
  let result: unknown = null;
  let isKnown = false;
  const undo: Undo = {
    path: place.path,
    order: [order],
    effect_key: `${effectKey(run, place.path)}:undo`,
    callable,
    args: () => {
      const frame = openFrame(place.frame);
      const status = isKnown ? 'success' : 'degraded';
      frame.ended.set(as, { status, value: result, missing: !isKnown, error: null, attempts: 0 });
      return fillUndoArguments(callable.args, callable.slots, { ...scope, frame });
    },
  };
  place.undo.push(undo);
  return {
    done: (value) => {
      result = value;
      isKnown = true;
    },
    nothing: () => {
      const at = place.undo.indexOf(undo);
      if (at >= 0) place.undo.splice(at, 1);
    },
  };
}

/** Does every undo of the list and empties it. */
export async function undoAll(run: Run, undos: Undo[]): Promise<void> {
  const sorted = undos.splice(0).sort((a, b) => compareOrders(b.order, a.order));
  for (const undo of sorted) await undoOne(run, undo);
}

/** Undos as a parent workflow can hold them, their arguments filled. */
export function toOpenUndos(undos: readonly Undo[]): OpenUndo[] {
  return undos.map(({ path, order, effect_key, callable, args }) => {
    const open = { path, order, effect_key, callable };
    try {
      return { ...open, args: args() };
    } catch (caught) {
      // Most undos are never needed, so one that cannot be done is no reason to fail.
      const code = caught instanceof EngineError ? caught.code : 'INTERNAL';
      return { ...open, args: {}, problem: { code, message: String((caught as Error).message) } };
    }
  });
}

async function undoOne(run: Run, undo: Undo): Promise<void> {
  const { callable } = undo;
  const order = run.undone;
  run.undone += 1;
  let args: Record<string, unknown> = {};
  const path = `${undo.path}:undo`;
  const end: Leaf = await leaf(run, path, { awaited: true, stop: null }, async () => {
    args = undo.args();
    try {
      const call = { path, callable, args, effect_key: undo.effect_key, cache: false };
      const envelope = await run.port.call({ ...call, onStop: () => () => undefined });
      return { value: envelope.result, meta: envelope.meta };
    } catch (error) {
      return { failure: run.port.failureOf(error, callable) };
    }
  }).catch((error: unknown): Leaf => {
    const now = run.port.now();
    return {
      order: -1,
      started_at: now,
      ended_at: now,
      failure: { ...failureOfPattern(path, error), retryable: false },
    };
  });
  const step = run.runs.get(undo.path);
  if (!step) return;
  if (end.failure === undefined && step.status === 'success') step.status = 'compensated';
  step.compensation = {
    capability: callable.capability,
    agent: callable.agent,
    status: end.failure === undefined ? 'success' : 'error',
    order,
    args_digest: end.meta?.args_digest ?? digest(args),
    started_at: new Date(end.started_at).toISOString(),
    duration_ms: end.ended_at - end.started_at,
    attempts: end.meta?.attempt ?? end.failure?.attempts ?? 0,
    ...(end.failure && { error: toStepError(failedCall(path, end.failure)) }),
  };
  run.watch();
}

function compareOrders(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i += 1) {
    const difference = (a[i] ?? -1) - (b[i] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}
