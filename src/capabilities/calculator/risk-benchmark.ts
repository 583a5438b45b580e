/** `calc.benchmark_relative`. */
import { Type } from '@sinclair/typebox';
import { IsoDate, Nullable, Reasons, StringEnum } from '../../contract/scalars';
import { capability, closed, maxRows } from './define';
import { Count, Figure, PeriodsPerYear, PerPeriod, Returns, SeriesOf } from './risk-define';

export const alphaMethods = ['compounded', 'arithmetic', 'annualised_jensen'] as const;
const Dates = (description: string) => Type.Optional(Type.Array(IsoDate, { maxItems: maxRows, description }));

export const benchmarkRelative = capability({
  name: 'calc.benchmark_relative',
  summary:
    'A series of returns against its benchmark’s: alpha, beta, correlation, tracking error, information ratio, capture. ' +
    'Only observations that both have count; give both in one currency.',
  args: Type.Object(
    {
      returns: Returns,
      benchmark: SeriesOf('returns of the benchmark, fractions per period'),
      dates: Dates('one for each return, in any order'),
      benchmark_dates: Dates('one for each value of the benchmark; left out: the same days as the returns'),
      periods_per_year: PeriodsPerYear,
      risk_free: PerPeriod('risk-free rate, default 0'),
      alpha_method: Type.Optional(
        StringEnum(
          alphaMethods,
          'compounded (default): (1 + mean residual)^P − 1; arithmetic: mean residual × P; annualised_jensen: of yearly returns',
        ),
      ),
    },
    closed,
  ),
  result: Type.Object(
    {
      alpha: Figure('per year, by alpha_method'),
      alpha_method: StringEnum(alphaMethods),
      beta: Figure('covariance over variance of the excess returns'),
      correlation: Figure('of the excess returns'),
      r_squared: Figure('its square'),
      tracking_error: Figure('per year: sample deviation of r − b × √P'),
      information_ratio: Figure('difference of the yearly returns over tracking error'),
      up_capture: Figure('yearly return over the periods in which the benchmark rose, over the benchmark’s'),
      down_capture: Figure('the same where it fell'),
      treynor_ratio: Figure('yearly compounded excess return over beta'),
      beta_up: Figure('beta of the periods with a positive excess return of the benchmark'),
      beta_down: Figure('of those with a negative one'),
      observations: Count,
      dropped: Type.Object(
        { returns: Count, benchmark: Count },
        { ...closed, description: 'values without a partner' },
      ),
      periods_per_year: Nullable(Type.Number({ description: 'that returns were annualised with' })),
      reasons: Reasons,
    },
    closed,
  ),
});
