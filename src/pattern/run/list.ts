/**
 * A list of steps: each starts when all the steps it waits for have ended, and nothing else delays it.
 *
 * 1. After the first failure that nothing catches no step starts; reads end, writes are awaited.
 * 2. The list has ended when nothing of it is under way.
 * 3. A list that failed undoes what it did; one that ended well, or was stopped, leaves that to whoever contains it.
 */
import type { GroupStep, PlannedStep } from '../plan';
import { resolveTemplate } from '../reference';
import { type Frame, openFrame } from '../scope';
import { fillOutputs } from './arguments';
import type { BodyEnd, Failure, StepEnd } from './ends';
import { type Place, type Run, scopeAt } from './run';
import { openStop, type Stop } from './stop';
import { type Undo, undoAll } from './undo';

export interface ListEnd {
  failure: Failure | null;
  /** It was stopped from outside before all its steps had ended. */
  stopped: boolean;
}

/** Runs all steps of a list in one frame; `pathOf` says where each of them is in the pattern. */
export async function runList(
  run: Run,
  steps: readonly PlannedStep[],
  {
    frame,
    stop,
    undo,
    pathOf,
  }: { frame: Frame; stop: Stop; undo: Undo[]; pathOf: (step: PlannedStep) => string },
): Promise<ListEnd> {
  const inner = openStop(stop);
  const waitsFor = new Map(steps.map((step) => [step, step.edges.length]));
  const waiters = waitersOf(steps);
  const ready = new Set(steps.filter((step) => step.edges.length === 0));
  let unfinished = steps.length;
  let underWay = 0;
  let failure: Failure | null = null;

  return new Promise((resolve) => {
    const settle = (step: PlannedStep, end: StepEnd): void => {
      underWay -= 1;
      if (end.kind === 'ended') {
        unfinished -= 1;
        frame.ended.set(step.as, end.ended);
        for (const waiter of waiters.get(step.as) ?? []) {
          const left = (waitsFor.get(waiter) ?? 0) - 1;
          waitsFor.set(waiter, left);
          if (left === 0) ready.add(waiter);
        }
      } else if (end.kind === 'failed') {
        failure ??= end.failure;
        inner.stop('failure');
      }
      proceed();
    };
    const proceed = (): void => {
      for (const step of inOrder(ready, steps)) {
        if (inner.reason() !== null) break;
        ready.delete(step);
        underWay += 1;
        void run.step(step, { path: pathOf(step), frame, stop: inner, undo }).then((end) => {
          settle(step, end);
        });
      }
      if (underWay > 0) return;
      inner.close();
      resolve({ failure, stopped: failure === null && unfinished > 0 });
    };
    proceed();
  });
}

export async function runGroup(run: Run, step: GroupStep, place: Place): Promise<BodyEnd> {
  const undo: Undo[] = [];
  const frame = openFrame(place.frame);
  const pathOf = (inner: PlannedStep): string => `${place.path}.${inner.as}`;
  const { failure, stopped } = await runList(run, step.steps, { frame, stop: place.stop, undo, pathOf });
  if (failure === null) place.undo.push(...undo);
  if (stopped) return { kind: 'stopped', began: true };
  if (failure !== null) return failAfterUndo(run, place, undo, failure);
  const scope = scopeAt(run, frame);
  if (typeof step.outputs !== 'string') return { kind: 'value', value: fillOutputs(step.outputs, scope) };
  const resolved = resolveTemplate(step.outputs, scope);
  return { kind: 'value', value: resolved.value ?? null };
}

/** What a list does once it has failed and come to rest. On cancel the undos are left to the run, which does all of them in order. */
export async function failAfterUndo(
  run: Run,
  place: Place,
  undo: Undo[],
  failure: Failure,
): Promise<BodyEnd> {
  if (place.stop.reason() === 'cancel') {
    place.undo.push(...undo);
    return { kind: 'stopped', began: true };
  }
  await undoAll(run, undo);
  return { kind: 'failed', failure };
}

function waitersOf(steps: readonly PlannedStep[]): Map<string, PlannedStep[]> {
  const waiters = new Map<string, PlannedStep[]>();
  for (const step of steps) {
    for (const edge of step.edges) {
      const known = waiters.get(edge.step);
      if (known) known.push(step);
      else waiters.set(edge.step, [step]);
    }
  }
  return waiters;
}

/** Few are ready at a time, so they are sorted rather than all looked through. */
function inOrder(ready: ReadonlySet<PlannedStep>, steps: readonly PlannedStep[]): PlannedStep[] {
  return ready.size < 2 ? [...ready] : steps.filter((step) => ready.has(step));
}
