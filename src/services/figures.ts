/** Collects the figures of a result, and for each that is not available its reason. */
import type { ReasonCodes } from './holdings';

export interface Figures {
  reasons: ReasonCodes;
  /** `compute()`, or `null` with the reason `code`; a value that no double holds is not available either: `NO_ROOT`. */
  figure(name: string, code: string | undefined | false, compute: () => number): number | null;
}

export function figures(): Figures {
  const reasons: ReasonCodes = {};
  return {
    reasons,
    figure(name, code, compute) {
      const value = code ? NaN : compute();
      if (Number.isFinite(value)) return value + 0; // never a negative zero
      reasons[name] = code || 'NO_ROOT';
      return null;
    },
  };
}
