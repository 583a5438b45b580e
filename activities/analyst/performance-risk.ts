/** Handler of `metrics.compute_risk`. */
import type { ArgsOf, Catalogue, ResultOf } from '../../src/capabilities';
import { dailyReturns, ratePerPeriod } from '../../src/services/daily-returns';
import { drawdown } from '../../src/services/drawdown';
import { riskStatistics } from '../../src/services/risk-statistics';
import { wealthPath } from '../../src/services/wealth-path';
import type { Handler } from '../agent';
import type { PortfolioHistory } from '../portfolio-history';
import { periodOf, withReason } from '../window-results';
import { packSource } from './pack-source';
import { reasonsOf } from './reasons';
import type { AnalystServices } from './services';

type RiskResult = ResultOf<Catalogue['metrics.compute_risk']>;
type RiskArgs = ArgsOf<Catalogue['metrics.compute_risk']>;

const tradingDays = 252;

export function computeRisk({ historyOf }: AnalystServices): Handler<'metrics.compute_risk'> {
  return async (args, call) => {
    const history = await historyOf(args, call);
    return { result: riskResult(history, args), ...packSource(history.pack) };
  };
}

export function riskResult(
  { base_currency, window }: Pick<PortfolioHistory, 'base_currency' | 'window'>,
  {
    risk_free = 0,
    minimum_acceptable_return = 0,
    confidence = 0.95,
    quantile = 'type_7',
  }: Omit<RiskArgs, 'portfolio_id' | 'pack_id'>,
): RiskResult {
  const { dates, returns, idle_days, warnings } = dailyReturns(window);
  const statistics = riskStatistics({
    returns,
    periods_per_year: tradingDays,
    risk_free: ratePerPeriod(risk_free, tradingDays),
    minimum_acceptable_return: ratePerPeriod(minimum_acceptable_return, tradingDays),
    confidence,
    quantile,
  });
  const falls = drawdown(wealthPath({ returns, dates }), { periods_per_year: tradingDays });
  const measures = {
    annual_return: statistics.annual_return,
    volatility: statistics.volatility,
    sharpe_ratio: statistics.sharpe_ratio,
    sortino_ratio: statistics.sortino_ratio,
    downside_deviation: statistics.downside_deviation,
    skewness: statistics.skewness,
    excess_kurtosis: statistics.excess_kurtosis,
    max_drawdown: falls.max_drawdown,
    peak: falls.peak,
    trough: falls.trough,
    recovery: falls.recovery,
    duration: falls.duration,
    current_drawdown: falls.current_drawdown,
    current_peak: falls.high?.date ?? null,
    average_drawdown: falls.average_drawdown,
    ulcer_index: falls.ulcer_index,
    calmar_ratio: falls.calmar_ratio,
    value_at_risk: statistics.value_at_risk,
    expected_shortfall: statistics.expected_shortfall,
  };
  const why = { ...falls.reasons, ...statistics.reasons };
  if (why['high'] !== undefined) why['current_peak'] = why['high'];
  // The calculator's list of codes has none for a fall that lasts.
  if (falls.trough !== null && falls.recovery === null) why['recovery'] = 'NOT_RECOVERED';
  return {
    ...periodOf(window, base_currency),
    observations: statistics.observations,
    idle_days,
    ...measures,
    convention: {
      name: 'statistics of daily time-weighted returns',
      returns: 'simple, flows at the end of the day',
      periods_per_year: tradingDays,
      risk_free,
      minimum_acceptable_return,
      rates: '(1 + rate per year)^(1/252) − 1 a day',
      deviation: 'of the sample (n − 1); skewness, kurtosis and value at risk of the population',
      confidence,
      quantile,
      horizon: 'one trading day',
    },
    warnings: [...statistics.warnings, ...warnings],
    reasons: {
      ...reasonsOf(measures, why, 'reason' in window ? window.reason : undefined),
      ...('reason' in window && withReason(['from', 'to', 'days'], window.reason)),
    },
  };
}
