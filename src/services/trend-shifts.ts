/** What changed along a history: from which regime into which, and by how much exposures to factors. */
import type { ReasonCodes } from './holdings';

export interface TrendThresholds {
  /** Points of score by which a new regime has to lead for its shift to be clear. */
  regime_margin: number;
  /** Change of an exposure from the first to the last point that counts as a shift. */
  beta_change: number;
}

export interface RegimeShift<R> {
  from_date: string;
  to_date: string;
  from: R;
  to: R;
  margin: number | null;
  is_clear: boolean;
}

export interface FactorChange {
  factor: string;
  from_date: string | null;
  to_date: string | null;
  from: number | null;
  to: number | null;
  change: number | null;
  is_shift: boolean | null;
  reasons: ReasonCodes;
}

export interface TrendShifts<R> {
  regime_shift_detected: boolean | null;
  regime_shifts: RegimeShift<R>[];
  factor_shift_detected: boolean | null;
  factor_changes: FactorChange[];
  thresholds: TrendThresholds;
  reasons: ReasonCodes;
}

interface RegimeAt<R> {
  date: string;
  regime: R | null;
  margin: number | null;
}
interface BetasAt {
  date: string;
  betas: Readonly<Record<string, number | null>>;
}

/** A point that is not available is passed over: what changed stands between the points around it. */
export function trendShifts<R extends string>(
  regimePoints: readonly RegimeAt<R>[],
  factorPoints: readonly BetasAt[],
  thresholds: TrendThresholds,
): TrendShifts<R> {
  const known = regimePoints.flatMap((point) =>
    point.regime === null ? [] : [{ ...point, regime: point.regime }],
  );
  const regime_shifts = known.slice(1).flatMap(({ date, regime, margin }, at): RegimeShift<R>[] => {
    const before = known[at];
    if (!before || before.regime === regime) return [];
    const is_clear = margin !== null && margin >= thresholds.regime_margin;
    return [{ from_date: before.date, to_date: date, from: before.regime, to: regime, margin, is_clear }];
  });
  const factors = [...new Set(factorPoints.flatMap(({ betas }) => Object.keys(betas)))];
  const factor_changes = factors.map((factor) => factorChange(factor, factorPoints, thresholds.beta_change));
  const compared = factor_changes.filter(({ is_shift }) => is_shift !== null);
  const isKnown = { regime: known.length > 1, factor: compared.length > 0 };
  return {
    regime_shift_detected: isKnown.regime ? regime_shifts.some(({ is_clear }) => is_clear) : null,
    regime_shifts,
    factor_shift_detected: isKnown.factor ? compared.some(({ is_shift }) => is_shift) : null,
    factor_changes,
    thresholds,
    reasons: {
      ...(!isKnown.regime && { regime_shift_detected: 'TOO_FEW_OBSERVATIONS' }),
      ...(!isKnown.factor && { factor_shift_detected: 'TOO_FEW_OBSERVATIONS' }),
    },
  };
}

function factorChange(factor: string, points: readonly BetasAt[], least: number): FactorChange {
  const known = points.flatMap(({ date, betas }) => {
    const beta = betas[factor] ?? null;
    return beta === null ? [] : [{ date, beta }];
  });
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last || first === last) {
    const none = { from_date: null, to_date: null, from: null, to: null, change: null, is_shift: null };
    const reasons = Object.keys(none).map((field) => [field, 'TOO_FEW_OBSERVATIONS']);
    return { factor, ...none, reasons: Object.fromEntries(reasons) as ReasonCodes };
  }
  const change = last.beta - first.beta;
  return {
    ...{ factor, from_date: first.date, to_date: last.date, from: first.beta, to: last.beta, change },
    is_shift: Math.abs(change) >= least,
    reasons: {},
  };
}
