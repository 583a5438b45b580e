/** `portfolio.performance_statement`: where the change of a portfolio's value came from, in nine lines. */
import { Type } from '@sinclair/typebox';
import { Currency, IsoDate, Nullable, PackId, Reasons, Uuid } from '../../contract/scalars';
import { amount, capability, closed, decimal } from './activity-define';
import { historyCall } from './window';

const posting = Type.Object(
  {
    date: IsoDate,
    symbol: Type.String({ description: 'ticker; for cash the currency code' }),
    amount: decimal('in base currency, with the sign it has in the line'),
    narration: Type.Union([Type.String(), Type.Null()], {
      description: 'as the ledger has it; null: a value or a gain of what was held',
    }),
  },
  closed,
);

const line = (meaning: string) =>
  Type.Object(
    {
      amount: amount(meaning),
      postings: Type.Array(posting, {
        description: 'what the line is made of, the latest first; none where its amount is null',
      }),
      more: Type.Boolean({ description: 'there are more postings than are shown' }),
    },
    closed,
  );

const lines = Type.Object(
  {
    initial_value: line('of holdings and cash on the evening of `from`'),
    capital_gains: line('not realised: value at the end − value at the start, or cost since'),
    realised_capital_gains: line('of sales before fees: proceeds − value at the start, or cost since'),
    earnings: line('dividends and interest before taxes, less interest charged'),
    fees: line('positive = paid; subtracted'),
    taxes: line('positive = paid; subtracted'),
    currency_gains: line('of cash in other currencies; those of securities are in the capital gains'),
    transfers: line('external flows: what came in − what went out'),
    final_value: line('of holdings and cash on the evening of `to`'),
  },
  closed,
);

export const portfolioPerformanceStatement = capability({
  name: 'portfolio.performance_statement',
  summary:
    'Where the change of a portfolio’s value came from, in base currency: initial value + capital gains + realised gains + earnings − fees − taxes + currency gains + transfers = final value; each line with its postings.',
  args: Type.Object(
    {
      portfolio_id: Uuid,
      pack_id: PackId,
      lookback_days: Type.Optional(
        Type.Integer({
          minimum: 1,
          maximum: 100_000,
          description: 'trading days of the pack calendar; left out, without `from`: since inception',
        }),
      ),
      from: Type.Optional(
        Type.Unsafe<string>({
          ...IsoDate,
          description: 'start of the period, exclusive; the last trading day on or before it counts',
        }),
      ),
      posting_limit: Type.Optional(
        Type.Integer({ minimum: 0, maximum: 1000, description: 'postings of a line at most; default 20' }),
      ),
    },
    closed,
  ),
  result: Type.Object(
    {
      from: Type.Union([IsoDate, Type.Null()], { description: 'start of the period, exclusive' }),
      to: IsoDate,
      days: Nullable(Type.Integer({ description: 'calendar days from `from` to `to`' })),
      currency: Currency,
      lines,
      residual: amount(
        'final value less what the lines explain: 0 unless the ledger’s transactions do not tell all that moved its cash and shares',
      ),
      convention: Type.Object(
        { name: Type.String(), gains: Type.String(), lots: Type.String(), flows: Type.String() },
        closed,
      ),
      reasons: Reasons,
    },
    closed,
  ),
  ...historyCall,
});
