/**
 * How much one workflow run may start before it continues as new. Only what makes history counts: calls, timers,
 * approvals, sub-patterns. Past the limit nothing starts; when the calls under way have ended the run is drained.
 */
import type { Port } from './port';

export interface Budget {
  /** Whether another leaf may start here; asks to drain when not. */
  admit(): boolean;
  /** Asks to drain at once when so many more would not fit, so that a large map starts in a run of its own. */
  reserve(count: number): void;
  /** A call that has to be awaited begins, and ends. */
  enter(): void;
  leave(): void;
  /** Resolves when the run has to continue as new and nothing that must be awaited is under way. */
  drained: Promise<void>;
}

export const stepRunsPerWorkflow = 2000;

export function openBudget(port: Port): Budget {
  let used = 0;
  let underWay = 0;
  let draining = false;
  let finish: () => void = () => undefined;
  const drained = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const drain = (): void => {
    draining = true;
    if (underWay === 0) finish();
  };
  const canContinue = port.shouldContinue !== undefined;
  return {
    admit: () => {
      if (!canContinue) return true;
      if (draining || used >= stepRunsPerWorkflow || (used > 0 && port.shouldContinue?.())) {
        drain();
        return false;
      }
      used += 1;
      return true;
    },
    reserve: (count) => {
      if (canContinue && used > 0 && used + count > stepRunsPerWorkflow) drain();
    },
    enter: () => {
      underWay += 1;
    },
    leave: () => {
      underWay -= 1;
      if (draining && underWay === 0) finish();
    },
    drained,
  };
}
