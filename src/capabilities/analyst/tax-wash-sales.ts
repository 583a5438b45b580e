/** `tax.wash_sales`: losses of a year that a repurchase disallows, and losses of before that come back. */
import { Type } from '@sinclair/typebox';
import { IsoDate, StringEnum } from '../../contract/scalars';
import { capability, closed, decimal } from './activity-define';
import { security, Term, WindowDays, yearArgs, yearHead } from './tax-define';
import { historyCall } from './window';

const sold = { ...security, sold_on: IsoDate, acquired_on: IsoDate, term: Term };

export const taxWashSales = capability({
  name: 'tax.wash_sales',
  summary:
    'Losses of a year that the United States’ wash-sale rule disallows: the same security was bought within the window ' +
    'before or after the sale. The disallowed part is added to the cost of what was bought, and lowers the gain when that ' +
    'is sold. Other countries have other rules; it is no tax advice.',
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
      jurisdiction: StringEnum(['US'] as const),
      rule: Type.String(),
      window_days: Type.Integer({ description: 'calendar days before and after the sale' }),
      long_term_days: Type.Integer({ description: 'calendar days beyond which a gain is long-term' }),
      wash_sales: Type.Array(
        Type.Object(
          {
            ...sold,
            quantity: decimal('shares sold at the loss'),
            loss_base: decimal('above 0; with what earlier wash sales had added to the cost'),
            matched_quantity: decimal('shares that were bought back, as of the sale'),
            disallowed_base: decimal('part of loss_base, by matched shares'),
            allowed_base: decimal('the rest'),
            replacements: Type.Array(
              Type.Object(
                {
                  bought_on: IsoDate,
                  quantity: decimal('shares, as of that day'),
                  added_to_cost_base: decimal('what their cost rises by'),
                },
                closed,
              ),
            ),
          },
          closed,
        ),
      ),
      total_disallowed_base: decimal('Σ disallowed_base'),
      released: Type.Array(
        Type.Object(
          {
            ...sold,
            quantity: decimal('shares sold of that day’s purchase'),
            released_base: decimal(
              'what wash sales had added to their cost: it lowers the gain of this sale',
            ),
          },
          closed,
        ),
        { description: 'sales of the year whose cost carried losses of earlier wash sales' },
      ),
      total_released_base: decimal('Σ released_base'),
      window_open: Type.Boolean({
        description: 'a sale at a loss is so recent that a later purchase can still make it a wash sale',
      }),
      not_known: Type.Array(Type.String(), {
        description:
          'symbols with a sale whose gain is not known, so not looked at, or with a split of some lots only, which ' +
          'leaves open how many shares are comparable',
      }),
    },
    closed,
  ),
  ...historyCall,
  version: '2',
});
