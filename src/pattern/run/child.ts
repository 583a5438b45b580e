/** A sub-pattern: a run of its own on the same context, whose steps stand in this run's trace below its path. */
import { digest } from '../../canonical';
import type { PatternStep } from '../plan';
import { EngineError } from '../../contract/errors';
import { fillArguments } from './arguments';
import { type BodyEnd, failedCall, type Failure } from './ends';
import { type Ended, leaf } from './leaf';
import type { ChildResult } from './port';
import { type Place, type Run, scopeAt } from './run';
import type { Leaf, OpenUndo, StepRun } from './step-run';
import { registerUndo, type Registration, type Undo } from './undo';

export async function runChild(run: Run, step: PatternStep, place: Place, line: StepRun): Promise<BodyEnd> {
  const scope = scopeAt(run, place.frame);
  const { args, missing } = fillArguments(step.args, step.slots, scope);
  if (missing !== null) return { kind: 'skipped', reason: `missing: ${missing}` };
  const inputs = { ...step.defaults, ...args };
  line.args = inputs;
  line.args_digest = digest(inputs);
  const undo: Registration | null =
    step.compensate === null
      ? null
      : registerUndo(run, place, { as: step.as, callable: step.compensate, order: line.order, scope });
  const end = await leaf(run, place.path, { awaited: true, stop: place.stop }, async (): Promise<Ended> => {
    try {
      const { path, stop } = place;
      return toLeaf(await run.port.child({ path, plan: step.plan, inputs, onStop: stop.onStop }));
    } catch (error) {
      if (run.port.isCancellation(error)) return { stopped: true };
      return { failure: { ...failureOfChild(run, error, step) } };
    }
  });
  if (end.notBegun) {
    undo?.nothing();
    return { kind: 'stopped', began: false };
  }
  takeOver(run, place, line, end.child);
  if (end.stopped) return { kind: 'stopped', began: true };
  if (end.failure) {
    undo?.nothing();
    const inner = end.child?.step;
    const failed: Failure = failedCall(place.path, end.failure);
    return {
      kind: 'failed',
      failure: inner == null ? failed : { ...failed, step: `${place.path}.${inner}` },
    };
  }
  undo?.done(end.value);
  return { kind: 'value', value: end.value };
}

function toLeaf({ status, outputs, failure, runs, open }: ChildResult): Ended {
  const child = { runs, open, step: failure?.step ?? null };
  if (status === 'cancelled') return { stopped: true, child };
  if (status === 'succeeded' || failure === null) return { value: outputs, child };
  const { code, message, attempts, details, retryable } = failure;
  return { failure: { code, message, attempts, details, retryable }, child };
}

/** The child as a whole was lost: its workflow was terminated, or ran out of time. */
function failureOfChild(run: Run, error: unknown, step: PatternStep): NonNullable<Leaf['failure']> {
  const known = run.port.failureOfChild(error, step.plan.pattern.id);
  return { ...known, retryable: true };
}

function takeOver(
  run: Run,
  place: Place,
  line: StepRun,
  child: { runs: Record<string, StepRun>; open: OpenUndo[] } | undefined,
): void {
  if (!child) return;
  for (const [path, inner] of Object.entries(child.runs)) {
    run.runs.set(`${place.path}.${path}`, renamed(inner, place.path));
  }
  const undos = child.open.map(({ path, order, effect_key, callable, args, problem }): Undo => ({
    path: `${place.path}.${path}`,
    order: [line.order, ...order],
    effect_key,
    callable,
    args: () => {
      if (problem) throw new EngineError(problem.code, problem.message);
      return args;
    },
  }));
  place.undo.push(...undos);
}

/** Errors name the step by its path, which is longer here. */
function renamed(inner: StepRun, path: string): StepRun {
  return inner.error
    ? { ...inner, error: { ...inner.error, step: `${path}.${inner.error.step}` } }
    : { ...inner };
}
