/** `metrics.compute_benchmark`. */
import { Type } from '@sinclair/typebox';
import { Currency, IsoDate, Nullable, Reasons, StringEnum } from '../../contract/scalars';
import { alphaMethods } from '../calculator/risk-benchmark';
import { capabilitiesOf } from '../capability';
import { closed, DayWarnings, Figure, period, perWindow, windowArgs, windowReads } from './window';

const seriesKinds = ['price', 'total_return'] as const;
const Days = (description: string) => Type.Array(IsoDate, { description });

const sideBySide = {
  portfolio_return: Figure('time-weighted, of the whole period, a fraction'),
  benchmark_return: Figure('of the same days, in the base currency'),
  active_return: Figure('portfolio_return − benchmark_return'),
};
const observations = Type.Integer({ minimum: 0, description: 'number of returns that both have' });
const annualised = '(1 + R)^(365/days) − 1; null for windows shorter than a year (GIPS)';

export const metricsComputeBenchmark = capabilitiesOf('financial_analyst')({
  name: 'metrics.compute_benchmark',
  summary:
    'A portfolio’s daily time-weighted returns against its benchmark’s, converted into the portfolio’s base currency at each ' +
    'day’s rate, on the days that both have: returns, alpha, beta, tracking error, information ratio, capture.',
  args: Type.Object(
    {
      ...windowArgs.properties,
      benchmark: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 50,
          description: 'symbol of an index or another security; default: the portfolio’s benchmark',
        }),
      ),
      risk_free: Type.Optional(
        Type.Number({
          exclusiveMinimum: -1,
          maximum: 10,
          description: 'risk-free rate per year, a fraction; default 0',
        }),
      ),
      alpha_method: Type.Optional(
        StringEnum(
          alphaMethods,
          'compounded (default): (1 + mean residual)^252 − 1; arithmetic: mean residual × 252; annualised_jensen: of yearly returns',
        ),
      ),
    },
    closed,
  ),
  result: Type.Object(
    {
      benchmark: Nullable(
        Type.Object(
          {
            symbol: Type.String(),
            name: Type.String(),
            currency: Type.String({ description: 'that it is quoted in; all figures are in `currency`' }),
            series: StringEnum(
              seriesKinds,
              'price: its dividends are not in it, so it falls behind what its shares earned',
            ),
          },
          closed,
        ),
      ),
      ...period,
      observations,
      currency: Currency,
      ...sideBySide,
      portfolio_annual_return: Figure('Π(1 + r)^(252/n) − 1'),
      benchmark_annual_return: Figure('the same of the benchmark'),
      alpha: Figure('per year, by the convention’s alpha_method'),
      beta: Figure('covariance over variance of the excess returns'),
      correlation: Figure('of the excess returns'),
      r_squared: Figure('its square'),
      tracking_error: Figure('per year: sample deviation of r − b × √252'),
      information_ratio: Figure('difference of the annual returns over tracking error'),
      treynor_ratio: Figure('annual excess return over beta'),
      up_capture: Figure('annual return over the days the benchmark rose, over the benchmark’s'),
      down_capture: Figure('the same of the days it fell'),
      beta_up: Figure('beta of the days with a positive excess return of the benchmark'),
      beta_down: Figure('of those with a negative one'),
      windows: perWindow(
        Type.Object(
          {
            ...sideBySide,
            portfolio_annualised: Figure(annualised),
            benchmark_annualised: Figure(annualised),
            ...period,
            observations,
            reasons: Reasons,
          },
          closed,
        ),
      ),
      dropped: Type.Object(
        {
          portfolio: Days('without a value of the portfolio, or without a return of it'),
          benchmark: Days('without a price of the benchmark, or a rate'),
        },
        {
          ...closed,
          description: 'days of the window that are left out; the next return of both covers them',
        },
      ),
      convention: Type.Object(
        {
          name: Type.String(),
          conversion: Type.String(),
          dividends: Type.String(),
          periods_per_year: Type.Integer({ description: 'trading days' }),
          risk_free: Type.Number({ description: 'per year' }),
          rates: Type.String(),
          alpha_method: StringEnum(alphaMethods),
          deviation: Type.String(),
          active_return: Type.String(),
        },
        closed,
      ),
      warnings: DayWarnings,
      reasons: Reasons,
    },
    closed,
  ),
  displayTtlSeconds: 300,
  policy: { startToCloseTimeout: '30s' },
  reads: [...windowReads, 'benchmark_id'],
  version: '2',
});
