/** A capability call: arguments, a place among the calls under way, the call, what it means for the undo. */
import { digest } from '../../canonical';
import type { CapabilityStep } from '../plan';
import { fillArguments } from './arguments';
import { effectKey } from './effect-key';
import { type BodyEnd, failedCall } from './ends';
import { type Ended, leaf } from './leaf';
import { type Place, type Run, scopeAt } from './run';
import type { Leaf, StepRun } from './step-run';
import { registerUndo } from './undo';

export async function runCall(run: Run, step: CapabilityStep, place: Place, line: StepRun): Promise<BodyEnd> {
  const scope = scopeAt(run, place.frame);
  const { args, missing } = fillArguments(step.call.args, step.call.slots, scope);
  if (missing !== null) return { kind: 'skipped', reason: `missing: ${missing}` };
  if (!(await run.places.take(place.stop))) return { kind: 'stopped', began: false };
  const undo =
    step.compensate === null
      ? null
      : registerUndo(run, place, { as: step.as, callable: step.compensate, order: line.order, scope });
  line.args = args;
  let end: Leaf;
  try {
    end = await leaf(run, place.path, { awaited: true, stop: place.stop }, () =>
      call(run, step, place, args),
    );
  } finally {
    run.places.leave();
  }
  if (end.notBegun) {
    undo?.nothing();
    return { kind: 'stopped', began: false };
  }
  line.started_at = end.started_at;
  line.attempts = end.meta?.attempt ?? end.failure?.attempts ?? 0;
  line.args_digest = end.meta?.args_digest ?? digest(args);
  if (end.stopped) return { kind: 'stopped', began: true };
  if (end.failure) {
    if (!end.failure.retryable) undo?.nothing();
    return { kind: 'failed', failure: failedCall(place.path, end.failure) };
  }
  undo?.done(end.value);
  line.result_digest = end.meta?.result_digest ?? null;
  line.meta = end.meta ?? null;
  return { kind: 'value', value: end.value };
}

async function call(
  run: Run,
  step: CapabilityStep,
  place: Place,
  args: Record<string, unknown>,
): Promise<Ended> {
  const callable = step.call;
  if (callable.effect === 'write' && run.input.recorded_from !== undefined) {
    const message = `a verification writes nothing, and the execution that it verifies did not run ${callable.capability} here`;
    return { failure: { code: 'VERIFY_REFUSED', message, attempts: 0, details: null, retryable: false } };
  }
  try {
    const envelope = await run.port.call({
      path: place.path,
      callable,
      args,
      effect_key: callable.effect === 'write' ? effectKey(run, place.path) : null,
      cache: callable.cache && run.input.cache !== false,
      onStop: place.stop.onStop,
    });
    return { value: envelope.result, meta: envelope.meta };
  } catch (error) {
    if (run.port.isCancellation(error)) return { stopped: true };
    return { failure: run.port.failureOf(error, callable) };
  }
}
