/** The time limit of a whole step: what is under way in it ends, what it did is undone, and it fails as `STEP_TIMED_OUT`. */
import type { PlannedStep } from '../plan';
import { type BodyEnd, failure } from './ends';
import type { Place, Run } from './run';
import { openStop } from './stop';
import { sleepUntil } from './sleep';
import { type Undo, undoAll } from './undo';

export async function withTimeLimit(
  run: Run,
  step: PlannedStep,
  place: Place,
  work: (place: Place) => Promise<BodyEnd>,
): Promise<BodyEnd> {
  const { timeoutMs } = step;
  if (timeoutMs === null) return work(place);
  const stop = openStop(place.stop);
  const undo: Undo[] = [];
  const timer = openStop(null);
  let timedOut = false;
  const limit = sleepUntil(run, `${place.path}:timeout`, timeoutMs, timer).then((elapsed) => {
    if (!elapsed) return;
    timedOut = true;
    stop.stop('failure');
  });
  const end = await work({ ...place, stop, undo });
  // The timer must not outlive the step; in a run that continues as new it would fire for nobody.
  timer.stop('failure');
  await limit;
  stop.close();
  // One that had failed by itself was only busy undoing when its time was up.
  if (!timedOut || end.kind === 'failed' || place.stop.reason() !== null) {
    place.undo.push(...undo);
    return end;
  }
  await undoAll(run, undo);
  const seconds = String(timeoutMs / 1000);
  return {
    kind: 'failed',
    failure: {
      ...failure('STEP_TIMED_OUT', `step "${place.path}" took longer than ${seconds} s`, place.path),
      retryable: true,
    },
  };
}
