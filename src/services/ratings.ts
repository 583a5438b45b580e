/**
 * Quality ratings from fundamentals: components scored by thresholds, weighed to 0–10.
 * Policy for gaps: a rating with any component missing is withheld. Weighing the rest anew would let a company score
 * better for not reporting.
 */
import type { ReasonCodes } from './holdings';
import { type Component, rubric } from './rating-rubric';

/** By component name, e.g. `payout_ratio`; what is not known is left out. */
export type Fundamentals = Readonly<Record<string, number>>;

export interface RatedHolding {
  symbol: string;
  asset_class: 'equity' | 'fund' | 'cash';
  /** Market value in base; `null`: not available. */
  value: string | null;
}

export interface Rating {
  symbol: string;
  /** 0 to 10. */
  overall: number | null;
  /** Components without an input. */
  missing: string[];
  reasons: ReasonCodes;
}

export interface PortfolioRating {
  /** Weighed by market value, cash aside; 0 to 10. */
  overall: number | null;
  grade: string | null;
  ratings: Rating[];
  reasons: ReasonCodes;
}

/** Points a value earns: those of the first threshold it meets. */
export function scoreComponent({ steps, otherwise, better }: Component, value: number): number {
  const met = steps.find(([threshold]) => (better === 'higher' ? value >= threshold : value <= threshold));
  return met ? met[1] : otherwise;
}

/** One holding. `MISSING_INPUT`: see `missing`. */
export function rateHolding(symbol: string, fundamentals: Fundamentals = {}): Rating {
  const missing: string[] = [];
  let overall = 0;
  for (const component of rubric) {
    const value = fundamentals[component.name];
    if (value === undefined) missing.push(component.name);
    else overall += component.weight * scoreComponent(component, value);
  }
  return missing.length > 0
    ? { symbol, overall: null, missing, reasons: { overall: 'MISSING_INPUT' } }
    : { symbol, overall, missing, reasons: {} };
}

/** Every security and the portfolio; one withheld rating, or one value that is missing, withholds the portfolio's. */
export function ratePortfolio(
  holdings: readonly RatedHolding[],
  fundamentals: ReadonlyMap<string, Fundamentals> = new Map(),
): PortfolioRating {
  const securities = holdings.filter(({ asset_class }) => asset_class !== 'cash');
  const ratings = securities.map(({ symbol }) => rateHolding(symbol, fundamentals.get(symbol)));
  const code = securities.length === 0 ? 'NO_HOLDINGS' : reasonToWithhold(ratings, securities);
  if (code !== undefined)
    return { overall: null, grade: null, ratings, reasons: { overall: code, grade: code } };
  const values = securities.map(({ value }) => Number(value));
  const total = values.reduce((sum, value) => sum + value, 0);
  const overall = ratings.reduce(
    (sum, rating, index) => sum + (rating.overall as number) * ((values[index] as number) / total),
    0,
  );
  return { overall, grade: gradeOf(overall), ratings, reasons: {} };
}

/** A from 9, B from 8, C from 7, D from 6, otherwise F. */
export function gradeOf(overall: number): string {
  const grades = [
    [9, 'A'],
    [8, 'B'],
    [7, 'C'],
    [6, 'D'],
  ] as const;
  return grades.find(([least]) => overall >= least)?.[1] ?? 'F';
}

function reasonToWithhold(
  ratings: readonly Rating[],
  securities: readonly RatedHolding[],
): string | undefined {
  if (ratings.some(({ overall }) => overall === null)) return 'MISSING_INPUT';
  if (securities.some(({ value }) => value === null)) return 'NO_QUOTE';
  return securities.every(({ value }) => Number(value) === 0) ? 'ZERO_TOTAL' : undefined;
}
