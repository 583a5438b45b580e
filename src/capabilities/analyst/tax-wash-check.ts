/** `tax.wash_sale_check`: what a sale at a loss on the pack’s day would run into, and what a purchase would. */
import { type Static, Type } from '@sinclair/typebox';
import { IsoDate, Nullable, StringEnum } from '../../contract/scalars';
import { capability, closed, decimal } from './activity-define';
import { security, WindowDays } from './tax-define';
import { historyCall, portfolioArgs } from './window';

export const WashCheckRow = Type.Object(
  {
    ...security,
    recent_purchases: Type.Array(
      Type.Object(
        {
          bought_on: IsoDate,
          shares: decimal('of them, still held and replacing no others yet; as of the pack’s day'),
        },
        closed,
      ),
      { description: 'within the window before the pack’s day, the earliest first' },
    ),
    tainting_shares: decimal('Σ: of a sale of other lots at a loss, so many shares would be disallowed'),
    carried_base: decimal(
      'losses of earlier wash sales that the cost of held shares carries; in no figure of metrics.unrealized_pl',
    ),
    clean_sale_on: Type.Unsafe<string>({
      ...IsoDate,
      description: 'first day on which no purchase known now taints a sale at a loss',
    }),
    open_windows: Type.Array(
      Type.Object(
        {
          sold_on: IsoDate,
          shares: decimal('sold at a loss and not bought back, as of the pack’s day'),
          loss_base: decimal('their loss, above 0: what a purchase now can disallow'),
          closes_on: Type.Unsafe<string>({ ...IsoDate, description: 'last day on which a purchase does' }),
        },
        closed,
      ),
      { description: 'sales at a loss whose window is open on the pack’s day' },
    ),
    clean_purchase_on: Type.Unsafe<string>({
      ...IsoDate,
      description: 'first day on which a purchase taints no past sale; the pack’s day where it does not now',
    }),
    repurchase_clean_on: Type.Unsafe<string>({
      ...IsoDate,
      description: 'first day on which a purchase taints no sale of the pack’s day',
    }),
  },
  closed,
);
export type WashCheckRow = Static<typeof WashCheckRow>;

export const taxWashSaleCheck = capability({
  name: 'tax.wash_sale_check',
  summary:
    'For every security that is held or was sold within the window: which purchases would taint a sale at a loss on the pack’s ' +
    'day by the wash-sale rule of the United States, which past losses a purchase would taint, and the first clean days.',
  args: Type.Object({ ...portfolioArgs, window_days: Type.Optional(WindowDays) }, closed),
  result: Type.Object(
    {
      asof_date: IsoDate,
      jurisdiction: StringEnum(['US'] as const),
      rule: Type.String(),
      window_days: Type.Integer({ description: 'calendar days before and after the sale' }),
      securities: Type.Array(WashCheckRow, { description: 'by symbol' }),
      not_known: Type.Array(Type.String(), {
        description: 'symbols of sales without a known gain, or with a split of some lots only',
      }),
      next_clean_sale_on: Type.Unsafe<string | null>({
        ...Nullable(IsoDate),
        description: 'latest clean_sale_on; null: no security has a recent purchase',
      }),
    },
    closed,
  ),
  ...historyCall,
});
