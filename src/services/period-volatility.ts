/** The volatility of a whole period, of log returns, as Portfolio Performance shows it (its `Risk.Volatility`). */
import type { Figures } from './figures';
import { isConstant, mean, sampleDeviation, total } from './moments';

/**
 * With l = ln(1 + r): `period_volatility` = √(Σ(l − l̄)²/(n − 1))·√n; `period_semi_volatility` the same over the l below l̄.
 * Not annualised: it grows with the length of the period. A total loss has no log return: `ZERO_START`.
 */
export function volatilityOfPeriod(
  returns: readonly number[],
  figure: Figures['figure'],
): { period_volatility: number | null; period_semi_volatility: number | null } {
  const n = returns.length;
  const few = n < 2 ? 'TOO_FEW_OBSERVATIONS' : undefined;
  const code = few ?? (returns.some((value) => value <= -1) ? 'ZERO_START' : undefined);
  const logs = returns.map((value) => Math.log1p(value));
  return {
    period_volatility: figure('period_volatility', code, () => sampleDeviation(logs) * Math.sqrt(n)),
    period_semi_volatility: figure('period_semi_volatility', code, () => belowMean(logs)),
  };
}

function belowMean(logs: readonly number[]): number {
  if (isConstant(logs)) return 0;
  const center = mean(logs);
  const below = logs.map((value) => Math.min(value - center, 0));
  const squares = below.map((value) => value * value);
  return Math.sqrt((total(squares) / (logs.length - 1)) * logs.length);
}
