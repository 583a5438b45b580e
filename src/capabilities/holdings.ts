/** What a holding looks like on the wire, before and after the pricing pack is applied. */
import { type Static, Type } from '@sinclair/typebox';
import { Currency, DecimalString, IsoDate, Nullable, Reasons, StringEnum, Uuid } from '../contract/scalars';

const positionMembers = {
  symbol: Type.String({ description: 'ticker; for cash the currency code' }),
  name: Type.String(),
  asset_class: StringEnum(['equity', 'fund', 'cash']),
  security_id: Nullable(Uuid),
  currency: Type.String({ ...Currency, description: 'the currency it trades in' }),
  quantity: DecimalString,
  cost_local: Type.Union([DecimalString, Type.Null()], {
    description: 'cost of the open lots, in `currency`; null for cash',
  }),
  cost_base: Type.Union([DecimalString, Type.Null()], {
    description:
      'the same at each purchase’s own exchange rate, in the portfolio’s base currency; null for cash',
  }),
  reasons: Reasons,
};

/** One row per security or currency: the open lots together, cost pro rata for what is left of each. */
export const Position = Type.Object(positionMembers, { additionalProperties: false, title: 'Position' });
export type Position = Static<typeof Position>;

/** A position at the prices and exchange rates of a pricing pack. */
export const ValuedPosition = Type.Object(
  {
    ...positionMembers,
    price: Type.Union([DecimalString, Type.Null()], {
      description:
        'close in `currency`; PRICE_CURRENCY_MISMATCH: it is quoted in another one, by which it is valued',
    }),
    price_date: Nullable(IsoDate),
    rate_base_per_local: Type.Union([DecimalString, Type.Null()], {
      description: 'base currency per 1 unit of `currency`',
    }),
    rate_date: Nullable(IsoDate),
    rate_age_days: Nullable(
      Type.Integer({ minimum: 0, description: 'calendar days from the rate to the pack’s day' }),
    ),
    rate_derivation: Type.Union(
      [StringEnum(['same_currency', 'direct', 'inverse', 'cross'] as const), Type.Null()],
      { description: 'as quoted per euro, 1 over that, or of two quotes through the euro' },
    ),
    stale: Type.Union([Type.Boolean(), Type.Null()], {
      description:
        'the rate’s quote is older than `stale_after_days`; prices are those of the pack’s own day',
    }),
    value_local: Nullable(DecimalString),
    value: Type.Union([DecimalString, Type.Null()], { description: 'market value in the base currency' }),
    unrealised_gain: Type.Union([DecimalString, Type.Null()], { description: 'value minus cost_base' }),
    weight: Type.Union([Type.Number(), Type.Null()], {
      description: 'fraction of the portfolio’s total value',
    }),
  },
  { additionalProperties: false, title: 'ValuedPosition' },
);
export type ValuedPosition = Static<typeof ValuedPosition>;
