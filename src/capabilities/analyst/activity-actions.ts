/** `portfolio.corporate_actions`: dividends and splits, as declared and as the ledger has them. */
import { Type } from '@sinclair/typebox';
import { Currency, IsoDate, Nullable, PackId, Reasons, StringEnum, Uuid } from '../../contract/scalars';
import { amount, capability, closed, decimal } from './activity-define';
import { historyCall } from './window';

const status = StringEnum(
  ['matched', 'different', 'not_received', 'not_declared', 'pending'],
  'the ledger has what was declared; something else; nothing, though it was due; something nobody declared; not yet due',
);

const dividend = Type.Object(
  {
    security_id: Type.Union([Uuid, Type.Null()], {
      description: 'null: the ledger does not say whose it is',
    }),
    symbol: Nullable(Type.String()),
    ex_date: Nullable(IsoDate),
    pay_date: Type.Union([IsoDate, Type.Null()], { description: 'when it was paid; until then as declared' }),
    shares_entitled: amount('held on the evening before the ex-date'),
    per_share: amount(
      'as declared, before tax; MIXED_CURRENCIES: it was paid in another currency than declared',
    ),
    currency: Currency,
    expected_gross_local: amount('shares_entitled × per_share'),
    gross_local: amount('received, before tax'),
    difference_local: amount(
      'gross_local − expected_gross_local; nothing received counts as 0 once it is due',
    ),
    withholding_local: amount('tax withheld from it, positive = paid'),
    fee_local: amount('its share of the fees of the same ledger entry, positive = paid'),
    net_local: amount('gross − withholding − fee'),
    rate_base_per_local: amount('base currency per 1 `currency` on the day it was paid'),
    rate_date: Type.Union([IsoDate, Type.Null()], { description: 'the day of the quote' }),
    gross_base: amount('gross_local at the rate of the pay date'),
    withholding_base: amount('withholding_local at the same rate'),
    net_base: amount('net_local at the same rate'),
    status,
    transaction_ids: Type.Array(Type.String(), { description: 'of ledger.transactions' }),
    reasons: Reasons,
  },
  closed,
);

const split = Type.Object(
  {
    security_id: Uuid,
    symbol: Type.String(),
    ex_date: Type.Unsafe<string>({ ...IsoDate, description: 'as declared, else the day of the ledger' }),
    booked_on: Nullable(IsoDate),
    ratio: amount('new shares for one old: as declared, else as booked'),
    quantity_before: decimal(
      'shares that were replaced; where nothing was booked, those held before the ex-date',
    ),
    quantity_after: amount('shares that came in their place'),
    expected_quantity_after: amount('quantity_before × declared ratio'),
    cost_before: amount('of the shares that were replaced, in the currency of their cost'),
    cost_after: amount('of the shares in their place: the same'),
    status,
    reasons: Reasons,
  },
  closed,
);

export const portfolioCorporateActions = capability({
  name: 'portfolio.corporate_actions',
  summary:
    'Dividends and splits of what a portfolio held: declared beside received. Entitled is what was held before the ex-date; money counts at the exchange rate of the pay date; withheld tax stands apart.',
  args: Type.Object(
    {
      portfolio_id: Uuid,
      pack_id: PackId,
      from: Type.Optional(
        Type.Unsafe<string>({ ...IsoDate, description: 'first pay date (of splits: ex-date), inclusive' }),
      ),
      to: Type.Optional(
        Type.Unsafe<string>({
          ...IsoDate,
          description: 'last pay date (of splits: ex-date), inclusive; left out: with what is still to come',
        }),
      ),
    },
    closed,
  ),
  result: Type.Object(
    {
      asof_date: IsoDate,
      base_currency: Currency,
      dividends: Type.Array(dividend, { description: 'by pay date' }),
      splits: Type.Array(split, { description: 'by ex-date' }),
      other_taxes: Type.Array(
        Type.Object(
          {
            transaction_id: Type.String(),
            date: IsoDate,
            currency: Currency,
            amount: decimal('positive = paid'),
            narration: Type.String(),
          },
          closed,
        ),
        { description: 'taxes of which the ledger does not say from which dividend they were withheld' },
      ),
      totals: Type.Object(
        {
          gross_base: amount('of the dividends that were received'),
          withholding_base: amount('of the same'),
          net_base: amount('of the same'),
          reasons: Reasons,
        },
        closed,
      ),
      convention: Type.Object(
        { entitlement: Type.String(), fx: Type.String(), matching: Type.String() },
        closed,
      ),
    },
    closed,
  ),
  ...historyCall,
  version: '2',
});
