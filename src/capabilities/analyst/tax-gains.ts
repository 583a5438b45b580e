/** `tax.realized_gains`: what the sales of a year gained, lot by lot, under a lot method. */
import { Type } from '@sinclair/typebox';
import { IsoDate, Reasons } from '../../contract/scalars';
import { amount, capability, closed, decimal } from './activity-define';
import { security, Term, Withheld, yearArgs, yearHead } from './tax-define';
import { historyCall } from './window';

export const taxRealizedGains = capability({
  name: 'tax.realized_gains',
  summary:
    'Sales of a calendar year, lot by lot: proceeds and cost in base currency at the rates of both days, gain before fees, ' +
    'short and long term. As the ledger booked them (then the same figures as portfolio.realised_gains), or under another ' +
    'lot method, replayed from the first purchase.',
  args: Type.Object(yearArgs, closed),
  result: Type.Object(
    {
      ...yearHead,
      lots: Type.Array(
        Type.Object(
          {
            ...security,
            lot_id: Type.String({ description: 'in the ledger; of the purchase, where lots are replayed' }),
            acquired_on: IsoDate,
            sold_on: IsoDate,
            holding_days: Type.Integer({ description: 'calendar days' }),
            term: Term,
            quantity: decimal('shares sold of the lot, as of the sale'),
            proceeds_base: amount('before fees, at the rate of the sale'),
            cost_base: amount('before fees, at the rate of the purchase'),
            gain_base: amount('proceeds_base − cost_base'),
            reasons: Reasons,
          },
          closed,
        ),
        { description: 'by day of sale' },
      ),
      totals: Type.Object(
        {
          sales: Type.Integer({ minimum: 0, description: 'lots sold' }),
          proceeds_base: amount('Σ'),
          cost_base: amount('Σ'),
          gain_base: amount('Σ'),
          short_term_gain_base: amount('part of gain_base'),
          long_term_gain_base: amount('part of gain_base'),
          fee_base: amount('of the sales, in no gain'),
          reasons: Reasons,
        },
        closed,
      ),
      withheld: Withheld,
      method: Type.String({ description: 'which lots a sale used up, in words' }),
      long_term_days: Type.Integer({ description: 'calendar days beyond which a gain is long-term' }),
    },
    closed,
  ),
  ...historyCall,
  version: '2',
});
