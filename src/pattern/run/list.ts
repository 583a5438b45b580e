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
import { type BodyEnd, type Failure, failureOfPattern, type StepEnd } from './ends';
import { measure } from './measure';
import { type Place, type Run, scopeAt } from './run';
import type { StepRun } from './step-run';
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
      } else if (end.kind === 'failed' && inner.reason() === null) {
        // What fails after a stop is no reason of its own: the list has stopped already.
        failure = end.failure;
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

export async function runGroup(run: Run, step: GroupStep, { path, ...place }: Place): Promise<BodyEnd> {
  const frame = openFrame(place.frame);
  const pathOf = (inner: PlannedStep): string => `${path}.${inner.as}`;
  const { failure, stopped } = await runList(run, step.steps, { ...place, frame, pathOf });
  if (stopped) return { kind: 'stopped', began: true };
  if (failure !== null) return { kind: 'failed', failure };
  const scope = scopeAt(run, frame);
  if (typeof step.outputs !== 'string') return { kind: 'value', value: fillOutputs(step.outputs, scope) };
  const resolved = resolveTemplate(step.outputs, scope);
  return { kind: 'value', value: resolved.value ?? null };
}

/**
 * Runs a step that holds steps. Once it has failed, whatever of it that was, and come to rest, what it did is undone;
 * otherwise that is left to whoever contains it. On cancel the run does all undos, in order.
 */
export async function withUndo(
  run: Run,
  place: Place,
  line: StepRun,
  work: (own: Place) => Promise<BodyEnd>,
): Promise<BodyEnd> {
  const undo: Undo[] = [];
  const end = await measured(run, place.path, line, () => work({ ...place, undo }));
  const isCancelled = place.stop.reason() === 'cancel';
  if (end.kind === 'failed' && !isCancelled) {
    await undoAll(run, undo);
    return end;
  }
  place.undo.push(...undo);
  return end.kind === 'failed' ? { kind: 'stopped', began: true } : end;
}

/** A result that cannot be made, or is too large, is a failure of the list too. */
async function measured(
  run: Run,
  path: string,
  line: StepRun,
  work: () => Promise<BodyEnd>,
): Promise<BodyEnd> {
  try {
    const end = await work();
    if (end.kind === 'value' || end.kind === 'degraded') {
      const digest = run.effort.inTime(() => measure(end.value, run.effort));
      line.result_digest = typeof digest === 'string' ? digest : await digest;
    }
    return end;
  } catch (caught) {
    return { kind: 'failed', failure: failureOfPattern(path, caught) };
  }
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
