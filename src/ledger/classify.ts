/** Names what a transaction did, one row for each thing, from the accounts and amounts of its legs. */
import { Exact } from './decimal';
import { weightOf } from './balance-transaction';
import type { LedgerProblem, Posting, Transaction } from './entries';

export type LedgerTransactionType =
  | 'BUY'
  | 'SELL'
  | 'SPLIT'
  | 'DIVIDEND'
  | 'INTEREST'
  | 'FEE'
  | 'TAX'
  | 'DEPOSIT'
  | 'WITHDRAWAL'
  | 'FX_CONVERSION';

export interface LedgerTransaction {
  transaction_id: string;
  date: string;
  type: LedgerTransactionType;
  symbol: string | null;
  /** Shares bought (positive) or sold (negative). */
  quantity: string | null;
  /** What it did to the cash of `currency`; a sale's amount is before fees, which are a row of their own. */
  amount: string;
  currency: string;
  counter_amount: string | null;
  counter_currency: string | null;
  narration: string;
  file: string;
  line: number;
}

export interface Classified {
  transactions: LedgerTransaction[];
  /** The row in which a sold leg stands. */
  idOf: (posting: Posting) => string;
  problem: LedgerProblem | null;
}

type Row = Pick<LedgerTransaction, 'type' | 'symbol' | 'quantity' | 'currency'> & { amount: Exact };

/** `id` names the transaction; each of its rows adds a running number. */
export function classify(transaction: Transaction, id: string): Classified {
  const { date, narration, payee, postings } = transaction;
  const rows = [
    ...postings.flatMap((posting) => rowOf(posting) ?? []).map((row) => ({ ...row, counter: null })),
    ...conversionOf(postings),
  ];
  const idAt = (index: number): string => `${id}_${String(index + 1)}`;
  const withRow = postings.filter((posting) => rowOf(posting) !== null);
  const transactions = rows.map(({ amount, counter, ...row }, index): LedgerTransaction => ({
    ...row,
    transaction_id: idAt(index),
    date,
    amount: amount.toString(),
    counter_amount: counter?.number.toString() ?? null,
    counter_currency: counter?.currency ?? null,
    narration: payee === null ? narration : `${payee}: ${narration}`,
    file: transaction.file,
    line: transaction.line,
  }));
  const unknown = postings.find(
    ({ account }) => account.startsWith('Income:') && !/:(Dividends?|Interest|Gains?)(:|$)/.test(account),
  );
  return {
    transactions,
    idOf: (posting) => idAt(withRow.indexOf(posting)),
    problem: unknown
      ? {
          file: transaction.file,
          line: unknown.line,
          message: `${unknown.account} is neither dividends, interest nor gains: its income has no name here`,
        }
      : null,
  };
}

/** `null`: a cash leg, or a realised gain, which is not a thing of its own. */
function rowOf(posting: Posting): Row | null {
  const { account, units, cost, price } = posting;
  if (cost !== null) {
    const bought = units.number.isPositive();
    const value = bought || price === null ? weightOf(posting) : weightOf({ units, price, cost: null });
    return {
      type: bought ? 'BUY' : 'SELL',
      symbol: units.currency,
      quantity: units.number.toString(),
      amount: value.number.negated(),
      currency: value.currency,
    };
  }
  const received = { quantity: null, amount: units.number.negated(), currency: units.currency };
  if (account.startsWith('Equity:')) {
    return { type: units.number.isNegative() ? 'DEPOSIT' : 'WITHDRAWAL', symbol: null, ...received };
  }
  if (account.startsWith('Expenses:')) return { type: 'FEE', symbol: null, ...received };
  const dividend = /:Dividends?(?::([^:]+))?$/.exec(account);
  if (account.startsWith('Income:') && dividend)
    return { type: 'DIVIDEND', symbol: dividend[1] ?? null, ...received };
  if (/^Income:.*Interest/.test(account)) return { type: 'INTEREST', symbol: null, ...received };
  return null;
}

/** Cash of one currency for cash of another: what came in, and what it took. */
function conversionOf(
  postings: readonly Posting[],
): (Row & { counter: { number: Exact; currency: string } })[] {
  const priced = postings.find(
    ({ account, cost, price }) => account.startsWith('Assets:') && cost === null && price !== null,
  );
  // A purchase paid in another currency is a purchase; its rate stays with the lot.
  if (!priced || postings.some(({ cost }) => cost !== null)) return [];
  const other = weightOf(priced);
  const sides = [priced.units, { number: other.number.negated(), currency: other.currency }];
  const [inward, outward] = sides[0]?.number.isPositive() ? sides : sides.reverse();
  if (!inward || !outward) return [];
  return [
    {
      type: 'FX_CONVERSION',
      symbol: null,
      quantity: null,
      amount: new Exact(inward.number),
      currency: inward.currency,
      counter: outward,
    },
  ];
}
