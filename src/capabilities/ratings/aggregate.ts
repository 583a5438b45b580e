/** `ratings.aggregate`: companies by all rubrics, and a portfolio of them. */
import { Type } from '@sinclair/typebox';
import { Nullable, Reasons, Uuid } from '../../contract/scalars';
import { Fundamentals } from '../harvester/fundamentals';
import { ValuedPosition } from '../holdings';
import { Chart, closed, define, Method, Points, score, SwitchingCosts } from './define';

/** One holding’s rating. */
export const HoldingRating = Type.Object(
  {
    security_id: Nullable(Uuid),
    symbol: Type.String(),
    ...score,
    dividend_safety: Points('from 0 to 10, weight 0.30'),
    moat_strength: Points('from 0 to 10, weight 0.40'),
    resilience: Points('from 0 to 10, weight 0.30'),
    weight: Type.Union([Type.Number(), Type.Null()], {
      description: 'fraction of the market value of all securities, cash aside',
    }),
    missing: Type.Array(Type.String(), { description: 'components that are not known' }),
    reasons: Reasons,
  },
  { ...closed, title: 'HoldingRating' },
);

export const ratingsAggregate = define({
  name: 'ratings.aggregate',
  summary:
    'Quality rating of each holding and of the portfolio. Withheld, with the reason, where fundamentals are missing.',
  args: Type.Object(
    {
      positions: Type.Optional(
        Type.Array(ValuedPosition, {
          description: 'left out: the companies of `fundamentals`, without weights',
        }),
      ),
      fundamentals: Type.Optional(
        Type.Array(Nullable(Fundamentals), { description: 'by security, in any order; null: not available' }),
      ),
      switching_costs: Type.Optional(
        Type.Array(Type.Object({ security_id: Uuid, value: Nullable(SwitchingCosts) }, closed)),
      ),
    },
    closed,
  ),
  result: Type.Object(
    {
      ...score,
      rated_fraction: Type.Union([Type.Number(), Type.Null()], {
        description: 'part of the market value of all securities that has a rating',
      }),
      ratings: Type.Array(HoldingRating),
      part_weights: Type.Object(
        {
          dividend_safety: Type.Number({ description: 'of 1' }),
          moat_strength: Type.Number({ description: 'of 1' }),
          resilience: Type.Number({ description: 'of 1' }),
        },
        { ...closed, description: 'of a company’s overall rating; all three are needed' },
      ),
      method: Method,
      chart: Chart,
      reasons: Reasons,
    },
    closed,
  ),
  displayTtlSeconds: 86_400,
  reads: ['asof_date'],
  version: '3',
});
