/** Catching: the first handler that has the failure's code, then `optional`, else the failure stands. */
import type { Handler, PlannedStep } from '../plan';
import { resolveTemplate } from '../reference';
import { openFrame } from '../scope';
import { type BodyEnd, type Failure, failureOfPattern, toStepError } from './ends';
import { type Place, type Run, scopeAt } from './run';

/** Mistakes in a pattern: caught only by a handler that names the code. */
const mistakes: readonly string[] = [
  'REFERENCE_UNRESOLVED',
  'CONDITION_INVALID',
  'ARGS_INVALID',
  'RESULT_INVALID',
];

export async function handleFailure(
  run: Run,
  step: PlannedStep,
  place: Place,
  failure: Failure,
): Promise<BodyEnd> {
  const stands: BodyEnd = { kind: 'failed', failure };
  if (place.stop.reason() !== null || failure.code === 'EXECUTION_CANCELLED') return stands;
  const handler = step.handlers.find(({ match }) => matches(match, failure.code));
  const end = handler ? await tryHandler(run, handler, place, failure) : stands;
  // A handler's own failure is the step's, and what is optional may fail.
  const isGivenUp =
    end.kind === 'failed' &&
    step.optional &&
    place.stop.reason() === null &&
    !mistakes.includes(end.failure.code);
  return isGivenUp ? { kind: 'missing', error: toStepError(end.failure) } : end;
}

async function tryHandler(run: Run, handler: Handler, place: Place, failure: Failure): Promise<BodyEnd> {
  try {
    return await useHandler(run, handler, place, failure);
  } catch (caught) {
    return { kind: 'failed', failure: failureOfPattern(place.path, caught) };
  }
}

export function matches(codes: readonly string[], code: string): boolean {
  return codes.includes(code) || (codes.includes('*') && !mistakes.includes(code));
}

async function useHandler(run: Run, handler: Handler, place: Place, failure: Failure): Promise<BodyEnd> {
  const error = toStepError(failure);
  const frame = openFrame(place.frame, { error });
  if ('value' in handler.use) {
    const resolved = resolveTemplate(handler.use.value, scopeAt(run, frame));
    return resolved.missing === undefined
      ? { kind: 'degraded', value: resolved.value, error }
      : { kind: 'missing', error };
  }
  const path = `${place.path}:${handler.label}`;
  const end = await run.step(handler.use.step, { ...place, path, frame });
  if (end.kind === 'failed') return end;
  if (end.kind === 'stopped') return { kind: 'stopped', began: true };
  return end.ended.missing ? { kind: 'missing', error } : { kind: 'degraded', value: end.ended.value, error };
}
