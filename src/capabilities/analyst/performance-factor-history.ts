/** `risk.get_factor_exposure_history`. */
import { Type } from '@sinclair/typebox';
import { IsoDate, Nullable, Reasons, StringEnum } from '../../contract/scalars';
import { capabilitiesOf } from '../capability';
import { closed, Figure, portfolioArgs, windowReads } from './window';

const factorSets = ['ff3', 'capm'] as const;

export const riskGetFactorExposureHistory = capabilitiesOf('financial_analyst')({
  name: 'risk.get_factor_exposure_history',
  summary:
    'What a portfolio’s monthly returns had in common with factors, at the end of each month and at the pack: the regression ' +
    'of risk.compute_factor_exposures over the months before, with the factor returns that were known on that day.',
  args: Type.Object(
    {
      ...portfolioArgs,
      lookback_weeks: Type.Optional(
        Type.Integer({
          minimum: 1,
          maximum: 520,
          description:
            'weeks back from the pack’s day, default 52; the history begins at the last month’s end on or before then',
        }),
      ),
      lookback_months: Type.Optional(
        Type.Integer({ minimum: 36, maximum: 1_200, description: 'of each regression, default 36' }),
      ),
      factor_set: Type.Optional(StringEnum(factorSets, 'as in risk.compute_factor_exposures')),
    },
    closed,
  ),
  result: Type.Object(
    {
      factor_set: StringEnum(factorSets),
      points: Type.Array(
        Type.Object(
          {
            date: IsoDate,
            observations: Type.Integer({ minimum: 0, description: 'months' }),
            alpha: Figure('return per month that the factors do not explain, a fraction'),
            betas: Type.Record(Type.String(), Nullable(Type.Number()), {
              description: 'return for a factor return of 1, by factor',
            }),
            r_squared: Figure('1 − SSE/SST'),
            factors_to: Type.Union([IsoDate, Type.Null()], {
              description: 'end of the last month whose factors were known on the day',
            }),
            reasons: Reasons,
          },
          closed,
        ),
      ),
      chart: Type.Record(Type.String(), Type.Unknown(), {
        description: 'Vega-Lite specification: exposures over time',
      }),
      convention: Type.Object(
        {
          points: Type.String(),
          regression: Type.String(),
          lookback_months: Type.Integer({ description: 'calendar months of each regression' }),
          ledger: Type.String(),
        },
        closed,
      ),
      reasons: Reasons,
    },
    closed,
  ),
  displayTtlSeconds: 3600,
  policy: { startToCloseTimeout: '60s' },
  reads: windowReads,
});
