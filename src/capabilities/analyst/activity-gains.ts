/** `portfolio.realised_gains`: what sales gained, added up. */
import { Type } from '@sinclair/typebox';
import { Currency, IsoDate, Nullable, PackId, Reasons, Uuid } from '../../contract/scalars';
import { amount, capability, closed, decimal } from './activity-define';
import { historyCall } from './window';

const totals = {
  sales: Type.Integer({ description: 'how many' }),
  proceeds_base: amount('before fees, at the exchange rate of each sale'),
  cost_base: amount('of what was sold, at the exchange rate of each purchase'),
  gain_base: amount('proceeds_base − cost_base'),
  fx_gain_base: amount('the exchange rate’s part of gain_base'),
  fee_base: amount('fees of the sales'),
  gain_after_fees_base: amount('gain_base − fee_base'),
  short_term_gain_base: amount('part of gain_base: lots held up to `long_term_days` calendar days'),
  long_term_gain_base: amount('part of gain_base: lots held longer'),
  reasons: Reasons,
};

export const portfolioRealisedGains = capability({
  name: 'portfolio.realised_gains',
  summary:
    'Realised gains in base currency: in all, by security and by calendar year, short and long term, with the exchange rate’s part. The sums of what ledger.transactions says of each sale.',
  args: Type.Object(
    {
      portfolio_id: Uuid,
      pack_id: PackId,
      from: Type.Optional(Type.Unsafe<string>({ ...IsoDate, description: 'first day of sale, inclusive' })),
      to: Type.Optional(
        Type.Unsafe<string>({ ...IsoDate, description: 'last day of sale; never later than the pack' }),
      ),
      long_term_days: Type.Optional(
        Type.Integer({
          minimum: 0,
          maximum: 36_525,
          description: 'what was held for more calendar days than these is long term; default 365',
        }),
      ),
    },
    closed,
  ),
  result: Type.Object(
    {
      base_currency: Currency,
      from: Nullable(IsoDate),
      to: IsoDate,
      total: Type.Object(totals, closed),
      by_security: Type.Array(
        Type.Object(
          { security_id: Uuid, symbol: Type.String(), quantity: decimal('shares sold'), ...totals },
          closed,
        ),
        { description: 'by symbol' },
      ),
      by_year: Type.Array(
        Type.Object({ year: Type.Integer({ description: 'calendar year of the sales' }), ...totals }, closed),
        {
          description:
            'by the calendar year of the sale, the earliest first; years without a sale have no row',
        },
      ),
      convention: Type.Object(
        {
          gain: Type.String(),
          fees: Type.String(),
          lots: Type.String(),
          fx_quotation: Type.String(),
          long_term_days: Type.Integer({ description: 'calendar days beyond which a gain is long-term' }),
        },
        closed,
      ),
    },
    closed,
  ),
  ...historyCall,
});
