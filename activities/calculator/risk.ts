/** Handlers of the calculator's risk: statistics of returns, drawdowns, benchmark, factors, components, scenarios. */
import type { riskCatalogue } from '../../src/capabilities/calculator/risk';
import { benchmarkRelative } from '../../src/services/benchmark-relative';
import { componentRisk } from '../../src/services/component-risk';
import { drawdown } from '../../src/services/drawdown';
import { factorRegression } from '../../src/services/factor-regression';
import { riskStatistics } from '../../src/services/risk-statistics';
import { scenario } from '../../src/services/scenario';
import { wealthPath } from '../../src/services/wealth-path';
import type { HandlersOf } from '../agent';
import { byName, perPeriod, seriesOf, shareOf, yearOf } from './series';

export const riskHandlers: HandlersOf<keyof typeof riskCatalogue> = {
  'calc.risk_statistics': async (args) => ({
    result: riskStatistics({
      returns: seriesOf(args.returns),
      periods_per_year: yearOf(args.periods_per_year),
      risk_free: perPeriod(args.risk_free),
      minimum_acceptable_return: perPeriod(args.minimum_acceptable_return),
      confidence: shareOf(args.confidence, 'confidence'),
      quantile: args.quantile,
    }),
  }),
  'calc.drawdown': async ({ returns, index, dates, compounded, beta, periods_per_year }) => ({
    result: drawdown(wealthPath({ returns: seriesOf(returns), index: seriesOf(index), dates, compounded }), {
      beta: shareOf(beta, 'beta'),
      periods_per_year: yearOf(periods_per_year),
    }),
  }),
  'calc.benchmark_relative': async (args) => ({
    result: benchmarkRelative({
      returns: seriesOf(args.returns),
      benchmark: seriesOf(args.benchmark),
      dates: args.dates,
      benchmark_dates: args.benchmark_dates,
      periods_per_year: yearOf(args.periods_per_year),
      risk_free: perPeriod(args.risk_free),
      alpha_method: args.alpha_method,
    }),
  }),
  'calc.factor_regression': async ({ returns, factors, risk_free }) => ({
    result: factorRegression({
      returns: seriesOf(returns),
      factors: byName(factors, (values) => seriesOf(values)),
      risk_free: perPeriod(risk_free),
    }),
  }),
  'calc.component_risk': async ({ returns, weights, confidence }) => ({
    result: componentRisk({
      returns: byName(returns, (values) => seriesOf(values)),
      weights: byName(weights, Number),
      confidence: shareOf(confidence, 'confidence'),
    }),
  }),
  'calc.scenario': async ({ positions, shocks }) => ({ result: scenario(positions, shocks) }),
};
