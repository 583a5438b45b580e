/** `calc.performance_statement`: where the change of a portfolio's value came from. */
import { Type } from '@sinclair/typebox';
import { IsoDate, Nullable, Reasons, StringEnum } from '../../contract/scalars';
import { capability, closed } from './define';
import { CurrencyUnit, decimal, numeric, pairQuote, rowsOf } from './described';

const security = Type.String({ minLength: 1, maxLength: 200 });
const period = Type.Object(
  { from: Type.Unsafe<string>({ ...IsoDate, description: 'the last day before the period' }), to: IsoDate },
  closed,
);

const transaction = Type.Object(
  {
    date: IsoDate,
    type: StringEnum([
      'DEPOSIT',
      'REMOVAL',
      'INTEREST',
      'INTEREST_CHARGE',
      'DIVIDENDS',
      'FEES',
      'FEES_REFUND',
      'TAXES',
      'TAX_REFUND',
      'BUY',
      'SELL',
      'DELIVERY_INBOUND',
      'DELIVERY_OUTBOUND',
    ]),
    currency: CurrencyUnit,
    amount: numeric(
      'what moved on the account, costs inside: of a BUY with fees and taxes, of a SELL or DIVIDENDS after them; never below 0',
    ),
    security: Type.Optional(security),
    shares: Type.Optional(numeric('of trades and deliveries; never below 0')),
    fees: Type.Optional(numeric('inside `amount`; positive = paid')),
    taxes: Type.Optional(numeric('inside `amount`; positive = paid')),
  },
  closed,
);

const price = Type.Object(
  { date: IsoDate, security, close: numeric('of one share'), currency: CurrencyUnit },
  closed,
);

const line = (meaning: string) => Nullable(decimal(meaning));

export const performanceStatement = capability({
  name: 'calc.performance_statement',
  summary:
    'Where the change of a portfolio’s value came from, in base currency: initial value + capital gains + realised gains + earnings − fees − taxes + transfers + currency gains = final value.',
  args: Type.Object(
    {
      base: CurrencyUnit,
      period,
      transactions: rowsOf(transaction),
      prices: rowsOf(price),
      fx: Type.Optional(rowsOf(pairQuote)),
    },
    closed,
  ),
  result: Type.Object(
    {
      base: CurrencyUnit,
      period,
      initial_value: line('cash and holdings on the evening of `from`'),
      capital_gains: line(
        'unrealised, of the period: value at the end − value at the start or cost since (FIFO)',
      ),
      realised_capital_gains: line(
        'sales before costs − value at the start of the period or cost since (FIFO)',
      ),
      earnings: line('dividends and interest before taxes and fees, less interest charged'),
      fees: line('positive = paid'),
      taxes: line('positive = paid'),
      transfers: line('deposits and deliveries in − removals and deliveries out'),
      currency_gains: line('of cash in other currencies; those of securities are in the capital gains'),
      final_value: line('cash and holdings on the evening of `to`'),
      residual: line('final value less what the lines explain: 0'),
      reasons: Reasons,
      warnings: Type.Array(
        Type.Object({ date: IsoDate, security, code: StringEnum(['TRADE_PRICE']) }, closed),
      ),
    },
    closed,
  ),
});
