/** Rules of the macro regimes as data. */

/** A z-score in [low, high] earns the whole weight, outside half of it for each unit of distance. */
export interface RegimeRule {
  indicator: string;
  /** Left out: open. */
  low?: number | undefined;
  high?: number | undefined;
  weight: number;
}

export type RegimeRules = Readonly<Record<string, readonly RegimeRule[]>>;

type Range = [low: number | undefined, high: number | undefined, weight: number];
const open = undefined;

/**
 * Five phases by z-scores: slope of the yield curve (10 years − 2 years), unemployment, inflation (the change on the
 * year, not the index), credit spread (Baa − 10 years), under FRED's names.
 */
export const fivePhases: RegimeRules = {
  EARLY_EXPANSION: phase([0.5, open, 2], [open, -0.5, 1.5], [open, 0, 1], [open, 0, 1]),
  MID_EXPANSION: phase([0, 1.5, 1.5], [-1.5, 0, 1.5], [-0.5, 0.5, 1], [-0.5, 0.5, 1]),
  LATE_EXPANSION: phase([-1, 0.5, 2], [-2, -0.5, 1.5], [0.5, open, 2], [0, 1, 1]),
  EARLY_CONTRACTION: phase([open, -0.5, 2.5], [0, 1, 1.5], [open, 1, 0.5], [0.5, open, 2]),
  DEEP_CONTRACTION: phase([0.5, open, 1], [1, open, 2.5], [open, 0, 1], [1.5, open, 2.5]),
};

function phase(curve: Range, unemployment: Range, inflation: Range, credit: Range): RegimeRule[] {
  const names = ['T10Y2Y', 'UNRATE', 'CPIAUCSL', 'BAA10Y'];
  return [curve, unemployment, inflation, credit].map(([low, high, weight], i) => ({
    indicator: names[i] as string,
    low,
    high,
    weight,
  }));
}
