/** `metrics.compute_risk`. */
import { Type } from '@sinclair/typebox';
import { IsoDate, Nullable, Reasons, StringEnum } from '../../contract/scalars';
import { QuantileMethod, quantileMethods } from '../calculator/risk-statistics';
import { capabilitiesOf } from '../capability';
import { closed, Figure, historyCall, windowArgs, windowResult } from './window';

const perYear = (description: string) => Type.Number({ exclusiveMinimum: -1, maximum: 10, description });
const Day = (description: string) => Type.Union([IsoDate, Type.Null()], { description });

export const metricsComputeRisk = capabilitiesOf('financial_analyst')({
  name: 'metrics.compute_risk',
  summary:
    'Risk of a portfolio from its daily time-weighted returns, so that no deposit or withdrawal looks like a gain or a loss: ' +
    'volatility, Sharpe, Sortino, drawdown with its days, value at risk and expected shortfall.',
  args: Type.Object(
    {
      ...windowArgs.properties,
      risk_free: Type.Optional(perYear('risk-free rate per year, a fraction; default 0')),
      minimum_acceptable_return: Type.Optional(perYear('of Sortino, per year, a fraction; default 0')),
      confidence: Type.Optional(
        Type.Number({
          exclusiveMinimum: 0,
          exclusiveMaximum: 1,
          description: 'of value at risk and expected shortfall; default 0.95',
        }),
      ),
      quantile: Type.Optional(QuantileMethod),
    },
    closed,
  ),
  result: Type.Object(
    {
      ...windowResult,
      observations: Type.Integer({ description: 'number of daily returns that count' }),
      idle_days: Type.Integer({ description: 'days on which nothing was invested; they do not count' }),
      annual_return: Figure('Π(1 + r)^(252/n) − 1'),
      volatility: Figure('per year: sample deviation of the daily returns × √252'),
      sharpe_ratio: Figure('mean(r − rf)/sd(r − rf) × √252'),
      sortino_ratio: Figure('mean(r − MAR) × √252 over the downside deviation per day'),
      downside_deviation: Figure('per year: √(mean of min(r − MAR, 0)² over all n) × √252'),
      skewness: Figure('of the population'),
      excess_kurtosis: Figure('of the population'),
      max_drawdown: Figure('deepest fall of the chained returns from a peak, a fraction, −1 to 0'),
      peak: Day('of the deepest fall: its last day at the top'),
      trough: Day('of the deepest fall: its lowest day'),
      recovery: Day('of the deepest fall: the first day back at the top; NOT_RECOVERED: not yet'),
      duration: Nullable(
        Type.Integer({ description: 'calendar days from `peak` to `recovery`, or to the end' }),
      ),
      current_drawdown: Figure('fall of the last day from the highest so far, a fraction'),
      current_peak: Day('the first day of the highest so far'),
      average_drawdown: Figure('mean over all days'),
      ulcer_index: Figure('√ of the mean squared drawdown'),
      calmar_ratio: Figure('annual_return over |max_drawdown|'),
      value_at_risk: Type.Object(
        {
          historical: Figure('quantile of the returns'),
          gaussian: Figure('μ + z·σ'),
          cornish_fisher: Figure('with skewness and kurtosis'),
        },
        { ...closed, description: 'return of one trading day; a loss is negative' },
      ),
      expected_shortfall: Type.Object(
        { historical: Figure('mean of the returns ≤ value at risk'), gaussian: Figure('μ − σ·φ(z)/(1 − c)') },
        { ...closed, description: 'return of one trading day; a loss is negative' },
      ),
      convention: Type.Object(
        {
          name: Type.String(),
          returns: Type.String(),
          periods_per_year: Type.Integer({ description: 'trading days' }),
          risk_free: Type.Number({ description: 'per year' }),
          minimum_acceptable_return: Type.Number({ description: 'per year' }),
          rates: Type.String(),
          deviation: Type.String(),
          confidence: Type.Number({ description: '0.95: exceeded on 5 % of the days' }),
          quantile: StringEnum(quantileMethods),
          horizon: Type.String(),
        },
        closed,
      ),
      warnings: Type.Array(Type.Object({ code: Type.String(), date: Type.Optional(IsoDate) }, closed), {
        description:
          'FEW_OBSERVATIONS (under 60), EMPTY_TAIL (less than one observation beyond the confidence); with a date: ' +
          'ZERO_START, TOTAL_LOSS, GAIN_WITHOUT_CAPITAL, days that do not count',
      }),
      reasons: Reasons,
    },
    closed,
  ),
  ...historyCall,
  version: '2',
});
