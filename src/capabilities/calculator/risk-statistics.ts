/** `calc.risk_statistics`. */
import { Type } from '@sinclair/typebox';
import { Nullable, Reasons, StringEnum } from '../../contract/scalars';
import { capability, closed } from './define';
import { Count, Figure, PeriodsPerYear, PerPeriod, Returns, Share, Warnings } from './risk-define';

export const quantileMethods = ['type_7', 'kth_worst'] as const;
export const QuantileMethod = StringEnum(
  quantileMethods,
  'type_7 (default): linear between observations; kth_worst: the ⌈n(1 − confidence)⌉-th worst return',
);

export const riskStatistics = capability({
  name: 'calc.risk_statistics',
  summary:
    'Statistics of a series of returns: yearly return, volatility, Sharpe, Sortino, omega, moments, value at risk, ' +
    'shortfall. Losses are negative; ratios are yearly; deviations are of the sample (n − 1), moments and tails of the population.',
  args: Type.Object(
    {
      returns: Returns,
      periods_per_year: PeriodsPerYear,
      risk_free: PerPeriod('risk-free rate, default 0'),
      minimum_acceptable_return: PerPeriod('the threshold of Sortino, omega, downside and upside; default 0'),
      confidence: Share('of value at risk and shortfall, default 0.95'),
      quantile: Type.Optional(QuantileMethod),
    },
    closed,
  ),
  result: Type.Object(
    {
      observations: Count,
      annual_return: Figure('Π(1 + r)^(P/n) − 1'),
      volatility: Figure('per year: sample deviation × √P'),
      period_volatility: Figure(
        'of the whole period, not annualised: sample deviation of ln(1 + r) × √n (Portfolio Performance)',
      ),
      period_semi_volatility: Figure('the same over what lies below the mean'),
      sharpe_ratio: Figure('mean(r − rf)/sd(r − rf) × √P'),
      sortino_ratio: Figure('mean(r − MAR) × √P over the downside deviation per period'),
      omega_ratio: Figure('Σ of what lies above MAR over Σ of what lies below'),
      downside_deviation: Figure('per year: √(mean of min(r − MAR, 0)² over all n) × √P'),
      downside_potential: Figure('mean of max(MAR − r, 0), per period'),
      downside_frequency: Figure('share of returns below MAR'),
      upside_frequency: Figure('share of returns above MAR'),
      upside_risk: Figure('√(mean of max(r − MAR, 0)²), per period'),
      upside_potential: Figure('mean of max(r − MAR, 0), per period'),
      skewness: Figure('of the population'),
      excess_kurtosis: Figure('of the population'),
      excess_kurtosis_sample: Figure('of the sample (Excel KURT)'),
      mean_absolute_deviation: Figure('mean |r − mean|, per period'),
      stability: Figure('R² of the cumulated log return on time'),
      value_at_risk: Type.Object(
        {
          historical: Figure('quantile of the returns'),
          gaussian: Figure('μ + z·σ'),
          cornish_fisher: Figure('with skewness and kurtosis'),
        },
        { ...closed, description: 'return per period, a loss is negative' },
      ),
      expected_shortfall: Type.Object(
        { historical: Figure('mean of the returns ≤ value at risk'), gaussian: Figure('μ − σ·φ(z)/(1 − c)') },
        { ...closed, description: 'return per period, a loss is negative' },
      ),
      tail_ratio: Figure('|95 % quantile| over |5 % quantile|'),
      confidence: Type.Number({ description: '0.95: exceeded in 5 % of the periods' }),
      quantile: StringEnum(quantileMethods),
      periods_per_year: Nullable(Type.Number({ description: 'that returns were annualised with' })),
      warnings: Warnings,
      reasons: Reasons,
    },
    closed,
  ),
});
