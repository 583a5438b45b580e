/** Policies, constraints and costs that trades are proposed by: a closed schema, so an unknown rule is refused. */
import { Type } from '@sinclair/typebox';
import { DecimalString, StringEnum } from '../../contract/scalars';
import { closed } from '../analyst/window';

const pct = (description: string) => Type.Number({ minimum: 0, maximum: 100, description });
const symbol = (description: string) => Type.String({ minLength: 1, maxLength: 64, description });

const RatingRule = Type.Object(
  {
    name: symbol('of the rule, as results call it'),
    rule: Type.Object(
      {
        type: StringEnum(['rating'] as const),
        metric: StringEnum(['overall', 'dividend_safety', 'moat_strength', 'resilience'] as const),
        op: StringEnum(['<', '<=', '>', '>=', '=='] as const),
        value: Type.Number({ minimum: 0, maximum: 10, description: 'points of the rating' }),
      },
      closed,
    ),
    action: Type.Union([
      Type.Object({ cap_weight_pct: pct('each holding that meets the rule at most, percent') }, closed),
      Type.Object({ min_weight_pct_total: pct('all that meet the rule together at least, percent') }, closed),
    ]),
  },
  { ...closed, title: 'RatingRule' },
);

export const Policy = Type.Union(
  [
    RatingRule,
    Type.Object(
      {
        type: StringEnum(['min_quality_score'] as const),
        value: Type.Number({
          minimum: 0,
          maximum: 10,
          description: 'overall rating below which a holding is sold',
        }),
      },
      closed,
    ),
    Type.Object(
      { type: StringEnum(['max_single_position'] as const), value_pct: pct('of the value, percent') },
      closed,
    ),
    Type.Object(
      { type: StringEnum(['max_sector'] as const), value_pct: pct('of the value, percent') },
      closed,
    ),
    Type.Object(
      {
        type: StringEnum(['target_allocation'] as const),
        targets_pct: Type.Record(Type.String(), pct('percent of the value'), {
          description: 'symbol → weight; what is not named is wanted as it is',
        }),
        band_pct: Type.Optional(pct('a target that is missed by no more percentage points is left alone')),
      },
      closed,
    ),
    Type.Object(
      {
        type: StringEnum(['bands'] as const),
        bands: Type.Array(
          Type.Object({ symbol: symbol('held'), min_pct: pct('percent'), max_pct: pct('percent') }, closed),
        ),
      },
      closed,
    ),
  ],
  { title: 'Policy' },
);

export const Constraints = Type.Object(
  {
    max_turnover_pct: Type.Optional(
      Type.Number({ minimum: 0, maximum: 200, description: 'buys and sells together, percent of the value' }),
    ),
    max_te_pct: Type.Optional(
      pct('tracking error against the portfolio as it is, percent per year; needs 60 common days of returns'),
    ),
    min_lot_value: Type.Optional(
      Type.Number({ minimum: 0, description: 'smallest amount of a trade, base currency' }),
    ),
    max_position_pct: Type.Optional(pct('of each security, percent of the value')),
    max_sector_pct: Type.Optional(pct('of each sector, percent of the value')),
    cash_pct: Type.Optional(pct('least cash afterwards, percent of the value')),
    share_places: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 8,
        description: 'decimals of a quantity; default 0, whole shares',
      }),
    ),
  },
  { ...closed, title: 'TradeConstraints' },
);

export const Costs = Type.Object(
  {
    commission: Type.Optional(
      Type.Unsafe<string>({ ...DecimalString, description: 'of each trade, base currency; default 0' }),
    ),
    impact_bps: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 5_000,
        description: 'of a trade’s amount, basis points; default 0',
      }),
    ),
  },
  { ...closed, title: 'TradeCosts' },
);

const points = Type.Optional(Type.Union([Type.Number(), Type.Null()], { description: 'points, 0 to 10' }));
export const RatedHolding = Type.Object(
  {
    symbol: Type.String(),
    overall: points,
    dividend_safety: points,
    moat_strength: points,
    resilience: points,
  },
  { additionalProperties: true, title: 'RatedHolding', description: 'points from 0 to 10' },
);
