/** `ledger.transactions`: what happened in a portfolio, newest first, and what each sale gained. */
import { Type } from '@sinclair/typebox';
import { Currency, IsoDate, Nullable, Reasons, StringEnum, Uuid } from '../../contract/scalars';
import { transactionTypes } from '../../contract/transaction-types';
import { amount, capability, closed, decimal } from './activity-define';

export const TransactionType = StringEnum(transactionTypes);

const realisedLot = Type.Object(
  {
    lot_id: Type.String(),
    acquired_on: IsoDate,
    holding_days: Type.Integer({ description: 'calendar days from the purchase to the sale' }),
    quantity: decimal('shares of this lot that were sold'),
    unit_cost_local: decimal('of one share, in `cost_currency`, before fees'),
    cost_currency: Currency,
    cost_local: decimal('of the shares sold, in `cost_currency`'),
    cost_base: amount('the same at the purchase’s own exchange rate'),
    proceeds_base: amount('at the exchange rate of the sale'),
    gain_base: amount('proceeds_base − cost_base'),
    reasons: Reasons,
  },
  closed,
);

const realised = Type.Object(
  {
    proceeds_local: amount('before fees, in the currency of the sale'),
    cost_local: amount('of the shares sold, before fees of their purchase'),
    gain_local: amount('proceeds_local − cost_local'),
    gain_after_fees_local: amount('gain_local − fee'),
    proceeds_base: amount('proceeds × exchange rate of the sale'),
    cost_base: amount('cost × exchange rate of each purchase'),
    gain_base: amount('proceeds_base − cost_base'),
    fx_gain_base: amount('part of gain_base: cost_local × (rate of the sale − rate of the purchase)'),
    fee_base: amount('fee of the sale at its exchange rate'),
    gain_after_fees_base: amount('gain_base − fee_base'),
    lots: Type.Array(realisedLot, { description: 'in the order in which they were used up' }),
    reasons: Reasons,
  },
  closed,
);

const transaction = Type.Object(
  {
    transaction_id: Type.String(),
    date: IsoDate,
    type: TransactionType,
    security_id: Nullable(Uuid),
    symbol: Nullable(Type.String()),
    quantity: amount('shares that came (positive) or went (negative); null: no shares'),
    price: amount('of one share: amount / quantity; of trades only'),
    amount: amount('what it did to the cash of `currency`; of trades before fees'),
    currency: Currency,
    counter_amount: amount('FX_CONVERSION: what it took from the other currency'),
    counter_currency: Nullable(Currency),
    rate_base_per_local: amount('base currency per 1 `currency`'),
    rate_date: Type.Union([IsoDate, Type.Null()], {
      description: 'the day of the quote; of a recorded rate that of the transaction',
    }),
    rate_source: Type.Union([StringEnum(['recorded', 'quoted']), Type.Null()], {
      description: 'recorded in the transaction itself, or the last quote on or before its day',
    }),
    amount_base: amount('amount × rate_base_per_local'),
    fee: amount(
      'share of the fees of the same ledger entry, positive = paid; they are rows of their own too',
    ),
    narration: Type.String(),
    line: Type.Integer({ description: 'where it stands in the ledger’s text' }),
    file: Type.Union([Type.String(), Type.Null()], {
      description: 'the included file that `line` is in; null: the ledger’s first file',
    }),
    realised: Type.Union([realised, Type.Null()], { description: 'null: no sale' }),
    reasons: Reasons,
  },
  closed,
);

export const ledgerTransactions = capability({
  name: 'ledger.transactions',
  summary:
    'Transactions of a portfolio up to the as-of date, newest first; of each sale the realised gain, lot by lot, with its exchange-rate part.',
  args: Type.Object(
    {
      portfolio_id: Uuid,
      security_id: Type.Optional(Uuid),
      from: Type.Optional(Type.Unsafe<string>({ ...IsoDate, description: 'first day, inclusive' })),
      to: Type.Optional(
        Type.Unsafe<string>({
          ...IsoDate,
          description: 'last day, inclusive; never later than the as-of date',
        }),
      ),
      types: Type.Optional(Type.Array(TransactionType, { minItems: 1, maxItems: 10 })),
      limit: Type.Optional(
        Type.Integer({ minimum: 1, maximum: 1000, description: 'transactions at most; default 50' }),
      ),
    },
    closed,
  ),
  result: Type.Object(
    {
      portfolio_id: Uuid,
      asof_date: IsoDate,
      ledger_commit_hash: Type.String(),
      base_currency: Currency,
      from: Nullable(IsoDate),
      to: IsoDate,
      transactions: Type.Array(transaction),
      total: Type.Integer({ description: 'how many match, shown or not' }),
      more: Type.Boolean({
        description: 'older ones match that are not shown: ask again with an earlier `to`',
      }),
      convention: Type.Object(
        { gain: Type.String(), fees: Type.String(), lots: Type.String(), fx_quotation: Type.String() },
        closed,
      ),
    },
    closed,
  ),
  displayTtlSeconds: 300,
  policy: { startToCloseTimeout: '30s' },
  reads: ['user_id', 'portfolio_id', 'base_currency', 'asof_date'],
});
