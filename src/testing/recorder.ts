/** In which order steps began, ended and were undone; times do not tell, since on a virtual clock much happens at once. */
import type { StepRun } from '../pattern/run/step-run';

export interface Recorder {
  /** Looks at the runs so far, whose paths are below `prefix`. */
  observe(prefix: string, runs: ReadonlyMap<string, StepRun>): void;
  /** Counts beginnings and ends over the whole run; `undefined` for what did not happen. */
  began(path: string): number | undefined;
  ended(path: string): number | undefined;
  /** Paths of the steps that were undone, in that order. */
  undone: readonly string[];
  /** The runs seen, by whole path: also those of a sub-pattern that has not ended. */
  runs: ReadonlyMap<string, StepRun>;
}

export function openRecorder(): Recorder {
  const began = new Map<string, number>();
  const ended = new Map<string, number>();
  const runs = new Map<string, StepRun>();
  const undone: string[] = [];
  let moment = 0;
  const next = (): number => (moment += 1);
  return {
    observe: (prefix, latest) => {
      for (const [own, run] of latest) {
        const path = `${prefix}${own}`;
        runs.set(path, run);
        if (!began.has(path)) began.set(path, next());
        if (run.status !== 'running' && !ended.has(path)) ended.set(path, next());
        if (run.compensation && !undone.includes(path)) undone.push(path);
      }
    },
    began: (path) => began.get(path),
    ended: (path) => ended.get(path),
    undone,
    runs,
  };
}
