/** How far a direct run is, for whoever listens while it goes on. */
import type { StepProgress } from '../contract/progress';
import type { Watch } from '../pattern/interpret';
import type { Plan } from '../pattern/plan';
import { progressOf } from '../pattern/progress';

type Runs = Parameters<Watch>[0];

export interface DirectProgress {
  watch: Watch;
  /** For the steps of sub-patterns; `prefix` is the sub-pattern's path and a dot. */
  watchChild(prefix: string, runs: Runs): void;
  read(): StepProgress[];
}

/** Costs nothing but two references until somebody reads. */
export function openProgress(plan: Plan): DirectProgress {
  let own: Runs = new Map();
  const children = new Map<string, Runs>();
  return {
    watch: (runs) => {
      own = runs;
    },
    watchChild: (prefix, runs) => {
      children.set(prefix, runs);
    },
    read: () => {
      const inner = [...children].flatMap(([prefix, runs]) =>
        [...runs].map(([path, run]) => [`${prefix}${path}`, run] as const),
      );
      return progressOf(plan, new Map([...inner, ...own]));
    },
  };
}
