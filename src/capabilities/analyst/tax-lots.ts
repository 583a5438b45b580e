/** `tax.lot_details`: the lots that are left at the end of a year. */
import { Type } from '@sinclair/typebox';
import { Currency, IsoDate, Reasons } from '../../contract/scalars';
import { amount, capability, closed, decimal } from './activity-define';
import { security, Term, WindowDays, Withheld, yearArgs, yearHead } from './tax-define';
import { historyCall } from './window';

export const taxLotDetails = capability({
  name: 'tax.lot_details',
  summary:
    'Lots open at the end of a calendar year (or on the pack’s day, where that is earlier) under a lot method: shares, cost in ' +
    'base currency at the rate of the purchase, age, and what wash sales of the United States added to the cost by then.',
  args: Type.Object(
    {
      ...yearArgs,
      window_days: Type.Optional(WindowDays),
    },
    closed,
  ),
  result: Type.Object(
    {
      ...yearHead,
      lots: Type.Array(
        Type.Object(
          {
            ...security,
            lot_id: Type.String({ description: 'in the ledger; of the purchase, where lots are replayed' }),
            acquired_on: IsoDate,
            holding_days: Type.Integer({ description: 'calendar days up to `to`' }),
            term: Type.Unsafe<'short' | 'long'>({ ...Term, description: 'of a sale on `to`' }),
            quantity: decimal('shares left'),
            currency: Type.String({ ...Currency, description: 'of the cost' }),
            cost_local: decimal('of the shares left, before fees, in `currency`'),
            cost_base: amount('the same at the rate of the purchase'),
            wash_added_base: decimal(
              'losses of wash sales that were added to this cost; beside cost_base, not in it',
            ),
            reasons: Reasons,
          },
          closed,
        ),
        { description: 'by security, the oldest first' },
      ),
      totals: Type.Object(
        {
          lots: Type.Integer({ minimum: 0, description: 'open lots' }),
          cost_base: amount('Σ'),
          wash_added_base: decimal('Σ'),
          reasons: Reasons,
        },
        closed,
      ),
      withheld: Withheld,
      long_term_days: Type.Integer({ description: 'calendar days beyond which a gain is long-term' }),
    },
    closed,
  ),
  ...historyCall,
});
