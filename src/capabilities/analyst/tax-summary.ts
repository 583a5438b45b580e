/** `tax.summary`: a year’s gains after wash sales, and what other lot methods would have made of the same sales. */
import { type Static, Type } from '@sinclair/typebox';
import { Nullable, Reasons, StringEnum } from '../../contract/scalars';
import { amount, capability, closed } from './activity-define';
import { yearHead } from './tax-define';
import { taxRealizedGains } from './tax-gains';
import { taxWashSales } from './tax-wash-sales';
import { historyCall, portfolioArgs } from './window';

const method = StringEnum(['as_booked', 'fifo', 'lifo', 'hifo'] as const);

const TaxTermRow = Type.Object(
  {
    term: StringEnum(['short', 'long', 'total'] as const),
    gain_base: amount('as tax.realized_gains has it'),
    disallowed_base: amount('losses of wash sales, above 0'),
    released_base: amount('losses of earlier wash sales that these sales bring back, above 0'),
    net_gain_base: amount('gain_base + disallowed_base − released_base'),
    reasons: Reasons,
  },
  closed,
);
export type TaxTermRow = Static<typeof TaxTermRow>;

const TaxMethodRow = Type.Object(
  {
    method,
    short_term_gain_base: amount('before wash sales'),
    long_term_gain_base: amount('before wash sales'),
    gain_base: amount('Σ of both'),
    difference_base: amount('gain_base less that of as_booked'),
    reasons: Reasons,
  },
  closed,
);
export type TaxMethodRow = Static<typeof TaxMethodRow>;

export const taxSummary = capability({
  name: 'tax.summary',
  summary:
    'A calendar year’s gains by term, before and after the wash sales of the United States, and what the same sales would ' +
    'have gained under each lot method. A method moves gains between years: what it saves now stands in the lots that are left.',
  args: Type.Object(
    {
      ...portfolioArgs,
      realized_gains: taxRealizedGains.result,
      wash_sales: Type.Optional(Nullable(taxWashSales.result)),
    },
    closed,
  ),
  result: Type.Object(
    {
      ...yearHead,
      by_term: Type.Array(TaxTermRow, { description: 'short, long, total' }),
      fee_base: amount('of the sales, in no gain'),
      net_after_fees_base: amount('net_gain_base of the total − fee_base'),
      by_method: Type.Array(TaxMethodRow),
      convention: Type.Object(
        { wash_sales: Type.String(), fees: Type.String(), methods: Type.String() },
        closed,
      ),
      reasons: Reasons,
    },
    closed,
  ),
  ...historyCall,
});
