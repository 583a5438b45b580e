/** `risk.compute_factor_exposures`. */
import { Type } from '@sinclair/typebox';
import { Currency, IsoDate, Nullable, Reasons, StringEnum } from '../../contract/scalars';
import { capabilitiesOf } from '../capability';
import { closed, Figure, portfolioArgs, windowReads } from './window';

const factorSets = ['ff3', 'capm'] as const;
const Months = (description: string) =>
  Type.Array(Type.String({ pattern: '^[0-9]{4}-[0-9]{2}$' }), { description });
const ByFactor = (description: string) =>
  Type.Record(Type.String(), Nullable(Type.Number()), { description });

export const riskComputeFactorExposures = capabilitiesOf('financial_analyst')({
  name: 'risk.compute_factor_exposures',
  summary:
    'What a portfolio’s monthly returns have in common with factors: ordinary least squares of its excess return, in the ' +
    'factors’ currency, on the factor returns that were known at the pack.',
  args: Type.Object(
    {
      ...portfolioArgs,
      lookback_months: Type.Optional(
        Type.Integer({
          minimum: 36,
          maximum: 1_200,
          description: 'calendar months up to the last one with known factors; left out: all',
        }),
      ),
      factor_set: Type.Optional(
        StringEnum(
          factorSets,
          'ff3 (default): market, size, value (Fama and French 1993); capm: market alone',
        ),
      ),
    },
    closed,
  ),
  result: Type.Object(
    {
      factor_set: StringEnum(factorSets),
      from: Type.Union([IsoDate, Type.Null()], { description: 'start of the first month, exclusive' }),
      to: Type.Union([IsoDate, Type.Null()], { description: 'last trading day of the last month' }),
      observations: Type.Integer({ minimum: 0, description: 'months' }),
      currency: Type.Unsafe<string>({ ...Currency, description: 'of the returns that are regressed' }),
      alpha: Figure('return per month that the factors do not explain, a fraction'),
      alpha_t_stat: Figure('coefficient over standard error'),
      betas: ByFactor('return for a factor return of 1, by factor: mkt_rf, smb, hml'),
      t_stats: ByFactor('by factor; n − k − 1 degrees of freedom'),
      r_squared: Figure('1 − SSE/SST'),
      condition_number: Figure('of the factors with a column of ones'),
      factors_to: Type.Union([IsoDate, Type.Null()], {
        description: 'end of the last month whose factors were known at the pack',
      }),
      dropped: Type.Object(
        {
          portfolio: Months('the portfolio has no whole return of, or no rate'),
          factors: Months('whose factors were not known yet'),
        },
        { ...closed, description: 'months that are left out' },
      ),
      convention: Type.Object(
        {
          name: Type.String(),
          returns: Type.String(),
          conversion: Type.String(),
          risk_free: Type.String(),
          factors: Type.String(),
          least_observations: Type.Integer({ description: 'months below which nothing is said' }),
        },
        closed,
      ),
      warnings: Type.Array(Type.Object({ code: Type.String() }, closed), {
        description: 'COLLINEAR: the factors can hardly be told apart',
      }),
      reasons: Reasons,
    },
    closed,
  ),
  displayTtlSeconds: 3600,
  policy: { startToCloseTimeout: '30s' },
  reads: windowReads,
  version: '2',
});
