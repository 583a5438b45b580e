/** `repeat`: runs a step again and again until its condition holds; `last` is the newest result. */
import { evaluateCondition, parseCondition } from '../condition';
import type { RepeatStep } from '../plan';
import { openFrame } from '../scope';
import { type BodyEnd, failure } from './ends';
import { type Place, type Run, scopeAt } from './run';
import { sleepUntil } from './sleep';
import type { StepRun } from './step-run';

export async function runRepeat(run: Run, step: RepeatStep, place: Place, line: StepRun): Promise<BodyEnd> {
  let last: unknown = null;
  for (let index = 0; index < step.max; index += 1) {
    if (place.stop.reason() !== null) return { kind: 'stopped', began: true };
    line.items = index + 1;
    const path = `${place.path}.${String(index)}`;
    const frame = openFrame(place.frame, { index, last });
    const end = await run.step(step.do, { ...place, path, frame });
    if (end.kind === 'stopped') return { kind: 'stopped', began: true };
    if (end.kind === 'failed') {
      // What fails after a stop is no failure of the loop: whoever stopped it undoes what it did.
      return place.stop.reason() === null
        ? { kind: 'failed', failure: end.failure }
        : { kind: 'stopped', began: true };
    }
    last = end.ended.value;
    const after = openFrame(place.frame, { index, last });
    if (evaluateCondition(parseCondition(step.until), scopeAt(run, after)).value) {
      return { kind: 'value', value: last };
    }
    if (step.everyMs !== null && index + 1 < step.max) {
      const elapsed = await sleepUntil(run, `${path}:every`, step.everyMs, place.stop);
      if (!elapsed) return { kind: 'stopped', began: true };
    }
  }
  const message = `step "${place.path}": after ${String(step.max)} rounds \`until\` was not true`;
  return { kind: 'failed', failure: failure('REPEAT_EXHAUSTED', message, place.path) };
}
