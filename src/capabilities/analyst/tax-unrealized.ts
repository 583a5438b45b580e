/** `metrics.unrealized_pl`: what the open lots would gain if they were sold at the pack’s prices. */
import { type Static, Type } from '@sinclair/typebox';
import { Currency, IsoDate, Nullable, Reasons } from '../../contract/scalars';
import { amount, capability, closed, decimal } from './activity-define';
import { LongTermDays, security, Term } from './tax-define';
import { historyCall, portfolioArgs } from './window';

export const UnrealizedLot = Type.Object(
  {
    ...security,
    lot_id: Type.String(),
    acquired_on: IsoDate,
    holding_days: Type.Integer({ description: 'calendar days up to the pack’s day' }),
    term: Type.Unsafe<'short' | 'long'>({ ...Term, description: 'of a sale on the pack’s day' }),
    long_term_on: Type.Unsafe<string>({
      ...IsoDate,
      description: 'first day on which a sale is long term',
    }),
    quantity: decimal('shares left'),
    cost_base: amount('of these shares, before fees, at the rate of the purchase'),
    value_base: amount('at the pack’s price and rate'),
    gain_base: amount('value_base − cost_base'),
    reasons: Reasons,
  },
  closed,
);
export type UnrealizedLot = Static<typeof UnrealizedLot>;

const sums = {
  cost_base: amount('Σ of the lots'),
  value_base: amount('Σ of the lots'),
  gain_base: amount('Σ of the lots'),
  short_term_gain_base: amount('part of gain_base'),
  long_term_gain_base: amount('part of gain_base'),
  losses_base: amount('Σ of the lots that lost, 0 or below'),
  reasons: Reasons,
};

export const metricsUnrealizedPl = capability({
  name: 'metrics.unrealized_pl',
  summary:
    'Unrealised gain of every open lot, by security and in all, in base currency: value at the pack’s price and rate less ' +
    'cost at the rate of the purchase, short and long term. As tax.realized_gains would tell a sale on that day.',
  args: Type.Object({ ...portfolioArgs, long_term_days: Type.Optional(LongTermDays) }, closed),
  result: Type.Object(
    {
      asof_date: IsoDate,
      base_currency: Currency,
      lots: Type.Array(UnrealizedLot, { description: 'by symbol, the oldest first' }),
      securities: Type.Array(
        Type.Object(
          {
            ...security,
            quantity: decimal('shares held'),
            price: amount('in `price_currency`'),
            price_currency: Nullable(Currency),
            rate_base_per_local: amount('base for one price_currency'),
            ...sums,
          },
          closed,
        ),
        { description: 'by symbol' },
      ),
      totals: Type.Object({ lots: Type.Integer({ minimum: 0, description: 'open lots' }), ...sums }, closed),
      long_term_days: Type.Integer({ description: 'calendar days beyond which a gain is long-term' }),
    },
    closed,
  ),
  ...historyCall,
});
