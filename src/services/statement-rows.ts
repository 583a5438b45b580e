/** The rows of a performance statement: what each type does to cash, shares and the lines of the statement. */
import { Decimal, type Numeric } from './decimal';
import { invalidArgument } from './invalid-argument';

export type StatementRowType =
  | 'DEPOSIT'
  | 'REMOVAL'
  | 'INTEREST'
  | 'INTEREST_CHARGE'
  | 'DIVIDENDS'
  | 'FEES'
  | 'FEES_REFUND'
  | 'TAXES'
  | 'TAX_REFUND'
  | 'BUY'
  | 'SELL'
  | 'DELIVERY_INBOUND'
  | 'DELIVERY_OUTBOUND'
  | LedgerOnlyType;

/**
 * What a ledger tells besides. An exchange's two sides are a row each: what they differ by at the day's rates is a currency
 * gain of the first. A gain without a sale of its own is cash that sales brought beyond what their rows say. A split changes shares.
 */
type LedgerOnlyType = 'EXCHANGE_IN' | 'EXCHANGE_OUT' | 'GAIN' | 'LOSS' | 'SPLIT';

export interface StatementTransaction {
  date: string;
  type: StatementRowType;
  currency: string;
  /** What moved on the account, costs inside. */
  amount: Numeric;
  security?: string | undefined;
  shares?: Numeric | undefined;
  fees?: Numeric | undefined;
  taxes?: Numeric | undefined;
  narration?: string | undefined;
  /** Both sides of an exchange share it. */
  exchange?: string | undefined;
}

export type StatementLine = 'transfers' | 'earnings' | 'fees' | 'taxes' | 'realised_capital_gains';

interface Effect {
  kind: 'flow' | 'trade' | 'exchange' | 'split';
  /** 1: money comes in, so the costs were taken off before; −1: it goes out, costs on top. */
  direction: 1 | -1;
  /** Whether the account moves: a delivery moves shares only. */
  cash: boolean;
  /** 1: shares come in; −1: they go. */
  shares: 1 | -1 | 0;
  /** The line that the amount without costs belongs to, and its sign there; a trade's belongs to the gains. */
  line: StatementLine | null;
  sign: 1 | -1;
}

const money = (direction: 1 | -1, line: StatementLine, sign: 1 | -1): Effect => ({
  kind: 'flow',
  direction,
  cash: true,
  shares: 0,
  line,
  sign,
});

/** Money in for shares that go, money out for shares that come. */
const trade = (direction: 1 | -1, cash: boolean): Effect => ({
  kind: 'trade',
  direction,
  cash,
  shares: direction === 1 ? -1 : 1,
  line: null,
  sign: 1,
});

export const effects: Readonly<Record<StatementRowType, Effect>> = {
  DEPOSIT: money(1, 'transfers', 1),
  REMOVAL: money(-1, 'transfers', -1),
  INTEREST: money(1, 'earnings', 1),
  INTEREST_CHARGE: money(-1, 'earnings', -1),
  DIVIDENDS: money(1, 'earnings', 1),
  FEES: money(-1, 'fees', 1),
  FEES_REFUND: money(1, 'fees', -1),
  TAXES: money(-1, 'taxes', 1),
  TAX_REFUND: money(1, 'taxes', -1),
  BUY: trade(-1, true),
  SELL: trade(1, true),
  DELIVERY_INBOUND: trade(-1, false),
  DELIVERY_OUTBOUND: trade(1, false),
  GAIN: money(1, 'realised_capital_gains', 1),
  LOSS: money(-1, 'realised_capital_gains', -1),
  EXCHANGE_IN: { ...trade(1, true), kind: 'exchange', shares: 0 },
  EXCHANGE_OUT: { ...trade(-1, true), kind: 'exchange', shares: 0 },
  SPLIT: { ...trade(1, false), kind: 'split', shares: 1 },
};

export interface StatementRow extends Effect {
  at: string;
  date: string;
  currency: string;
  amount: Decimal;
  fees: Decimal;
  taxes: Decimal;
  security: string;
  /** Of a split the change, below 0 where shares are put together. */
  quantity: Decimal;
  narration: string | null;
  exchange: string;
}

/**
 * By day; within a day shares are split before any move, and come in before they go: so a list in another order means
 * the same.
 * @throws EngineError ARGS_INVALID
 */
export function readStatementRows(transactions: readonly StatementTransaction[]): StatementRow[] {
  return transactions
    .map(readRow)
    .sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : rank(b) - rank(a)));
}

const zero = new Decimal(0);

function rank({ kind, shares }: StatementRow): number {
  return kind === 'split' ? 2 : shares;
}

function readRow(row: StatementTransaction, index: number): StatementRow {
  const at = `/transactions/${String(index)}`;
  const effect = effects[row.type];
  const notBelowZero = (name: 'amount' | 'shares' | 'fees' | 'taxes'): Decimal => {
    const given = row[name];
    if (given === undefined) return zero;
    const value = new Decimal(given);
    if (value.lessThan(0) && effect.kind !== 'split')
      throw invalidArgument(
        `${at}/${name}`,
        `is ${value.toFixed()}: the type ${row.type} says the direction, give the size`,
      );
    return value;
  };
  if (effect.shares !== 0 && (row.security === undefined || row.shares === undefined))
    throw invalidArgument(
      `${at}/${row.security === undefined ? 'security' : 'shares'}`,
      `is missing for a ${row.type}`,
    );
  return {
    ...effect,
    at,
    date: row.date,
    currency: row.currency,
    amount: notBelowZero('amount'),
    fees: notBelowZero('fees'),
    taxes: notBelowZero('taxes'),
    security: row.security ?? '',
    quantity: notBelowZero('shares'),
    narration: row.narration ?? null,
    exchange: row.exchange ?? '',
  };
}
