/** Statistics of one position's own daily returns, and of them beside those of its portfolio. */
import { benchmarkRelative } from './benchmark-relative';
import { drawdown } from './drawdown';
import type { ReasonCodes } from './holdings';
import type { Series } from './paired';
import { riskStatistics } from './risk-statistics';
import { wealthPath } from './wealth-path';

export interface PositionMeasures {
  volatility: number | null;
  max_drawdown: number | null;
  peak: string | null;
  trough: string | null;
  recovery: string | null;
  value_at_risk: { historical: number | null; gaussian: number | null };
  beta: number | null;
  correlation: number | null;
  /** By path: `value_at_risk.gaussian`. */
  reasons: ReasonCodes;
}

const names = [
  ...['volatility', 'max_drawdown', 'peak', 'trough', 'recovery', 'beta', 'correlation'],
  ...['value_at_risk.historical', 'value_at_risk.gaussian'],
];
const tradingDays = 252;

/**
 * @param dates the opening's, then one for each return
 * @param returns in base; `null`: not held. Gaps are left out, and a path of wealth begins on the day before the first return
 * @param portfolio the portfolio's returns of the same days
 */
export function positionMeasures(
  dates: readonly string[],
  returns: Series,
  portfolio: Series,
  confidence: number,
): PositionMeasures {
  const statistics = riskStatistics({ returns, periods_per_year: tradingDays, confidence });
  const first = Math.max(
    returns.findIndex((value) => value !== null),
    0,
  );
  const falls = drawdown(wealthPath({ returns: returns.slice(first), dates: dates.slice(first) }));
  const beside = benchmarkRelative({ returns, benchmark: portfolio, periods_per_year: tradingDays });
  const all: ReasonCodes = { ...statistics.reasons, ...beside.reasons, ...falls.reasons };
  // The calculator's list of codes has none for a fall that lasts.
  if (falls.trough !== null && falls.recovery === null) all['recovery'] = 'NOT_RECOVERED';
  return {
    volatility: statistics.volatility,
    max_drawdown: falls.max_drawdown,
    ...{ peak: falls.peak, trough: falls.trough, recovery: falls.recovery },
    value_at_risk: {
      historical: statistics.value_at_risk.historical,
      gaussian: statistics.value_at_risk.gaussian,
    },
    ...{ beta: beside.beta, correlation: beside.correlation },
    reasons: Object.fromEntries(
      names.flatMap((name) => (all[name] === undefined ? [] : [[name, all[name]]])),
    ),
  };
}
