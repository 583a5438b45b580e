/**
 * How much one workflow run may start before it continues as new. Only what makes history counts: calls, timers,
 * approvals, sub-patterns. Past the limit nothing starts; when the calls under way have ended the run is drained.
 *
 * A run continues only after something of it has ended: one that holds nothing but timers would otherwise begin again
 * and again, and come no further.
 */
import { EngineError } from '../../contract/errors';
import type { Port } from './port';

export interface Budget {
  /** Whether another leaf may start here; asks to drain when not. `awaited`: it has to end before the run continues. */
  begin(awaited: boolean): boolean;
  end(awaited: boolean): void;
  /** Asks to drain at once when so many more would not fit, so that a large map starts in a run of its own. */
  reserve(count: number): void;
  /** So much more would have to be handed on. @throws EngineError LIMIT_EXCEEDED */
  hold(result: unknown): void;
  /** Resolves when the run has to continue as new and nothing that must be awaited is under way. */
  drained: Promise<void>;
}

export const stepRunsPerWorkflow = 2000;
/** Characters of JSON of all results together: they are handed on as one payload, which may have 64 MiB. */
const maximumHeld = 48 * 1024 * 1024;

/** For runs that cannot continue as new: history is no concern of theirs. */
const unlimited: Budget = {
  begin: () => true,
  end: () => undefined,
  reserve: () => undefined,
  hold: () => undefined,
  drained: new Promise(() => undefined),
};

export function openBudget(port: Port): Budget {
  const { shouldContinue } = port;
  if (shouldContinue === undefined) return unlimited;
  const count = { used: 0, underWay: 0, ended: 0, held: 0 };
  let draining = false;
  let finish: () => void = () => undefined;
  const drained = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const drain = (): void => {
    draining = true;
    if (count.underWay === 0) finish();
  };
  return {
    begin: (awaited) => {
      const isFull = awaited && count.used >= stepRunsPerWorkflow;
      if (draining || isFull || (count.ended > 0 && shouldContinue())) {
        drain();
        return false;
      }
      if (!awaited) return true;
      count.used += 1;
      count.underWay += 1;
      return true;
    },
    end: (awaited) => {
      count.ended += 1;
      if (!awaited) return;
      count.underWay -= 1;
      if (draining && count.underWay === 0) finish();
    },
    reserve: (more) => {
      if (count.ended > 0 && count.used + more > stepRunsPerWorkflow) drain();
    },
    hold: (result) => {
      count.held += JSON.stringify(result).length;
      if (count.held <= maximumHeld) return;
      const message = `the results of one execution may have ${String(maximumHeld)} characters as JSON together`;
      throw new EngineError('LIMIT_EXCEEDED', message);
    },
    drained,
  };
}
