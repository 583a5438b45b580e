/** Names what a transaction did, one row for each thing, from the accounts and amounts of its legs. */
import type { TransactionType } from '../contract/transaction-types';
import { dividendOf, isTax, unnamedIncome } from './account-names';
import { weightOf } from './balance-transaction';
import { Exact } from './decimal';
import type { Amount, LedgerProblem, Posting, Transaction } from './entries';

export interface LedgerTransaction {
  transaction_id: string;
  date: string;
  type: TransactionType;
  symbol: string | null;
  /** Shares bought (positive) or sold (negative); of a split, what it added. */
  quantity: string | null;
  /** What it did to the cash of `currency`; a sale's amount is before fees, which are a row of their own. */
  amount: string;
  currency: string;
  counter_amount: string | null;
  counter_currency: string | null;
  narration: string;
  /** As problems name it; `line` counts in it. */
  file: string;
  line: number;
}

export interface Classified {
  transactions: LedgerTransaction[];
  /** The row in which a sold or replaced leg stands. */
  idOf: (posting: Posting) => string;
  problem: LedgerProblem | null;
}

interface Row {
  type: TransactionType;
  symbol: string | null;
  quantity: Exact | null;
  amount: Exact;
  currency: string;
  counter: Amount | null;
  postings: Posting[];
}

/**
 * `id` names the transaction; each of its rows adds a running number.
 * @param symbols what the ledger holds at a cost: an account may have such a name in it
 */
export function classify(transaction: Transaction, id: string, symbols: ReadonlySet<string>): Classified {
  const { date, narration, payee, postings, file, line } = transaction;
  const dividends = new Set(postings.flatMap((posting) => dividendOf(posting, symbols)?.symbol ?? []));
  const [paying = null] = dividends.size === 1 ? dividends : [];
  const rows = [
    ...splitsOf(postings),
    ...postings.flatMap((posting) => rowOf(posting, symbols, paying) ?? []),
    ...conversionOf(postings),
  ];
  const idAt = (index: number): string => `${id}_${String(index + 1)}`;
  const transactions = rows.map(
    ({ type, symbol, quantity, amount, currency, counter }, index): LedgerTransaction => ({
      transaction_id: idAt(index),
      date,
      type,
      symbol,
      quantity: quantity?.toString() ?? null,
      amount: amount.toString(),
      currency,
      counter_amount: counter?.number.toString() ?? null,
      counter_currency: counter?.currency ?? null,
      narration: payee === null ? narration : `${payee}: ${narration}`,
      file,
      line,
    }),
  );
  return {
    transactions,
    idOf: (posting) => idAt(rows.findIndex((row) => row.postings.includes(posting))),
    problem: unnamedIncome(transaction),
  };
}

/** One row for each account and security; the cash of it, if any, is a sale of its own. */
function splitsOf(postings: readonly Posting[]): Row[] {
  const rows = new Map<string, Row>();
  for (const posting of postings) {
    const { account, units, cost, passes_on } = posting;
    if (passes_on !== 'split' || cost === null) continue;
    const key = `${account} ${units.currency}`;
    const row = rows.get(key);
    const { currency } = cost;
    if (row) {
      row.quantity = (row.quantity ?? new Exact(0)).plus(units.number);
      row.postings.push(posting);
    } else {
      const what = { type: 'SPLIT' as const, symbol: units.currency, quantity: units.number };
      rows.set(key, { ...what, amount: new Exact(0), currency, counter: null, postings: [posting] });
    }
  }
  return [...rows.values()];
}

/** `null`: a cash leg, lots passed on, or a realised gain, which is not a thing of its own. */
function rowOf(posting: Posting, symbols: ReadonlySet<string>, paying: string | null): Row | null {
  const { account, units, cost, price, passes_on } = posting;
  if (passes_on !== undefined) return null;
  const row = { counter: null, postings: [posting] };
  if (cost !== null) {
    const bought = units.number.isPositive();
    const value = bought || price === null ? weightOf(posting) : weightOf({ units, price, cost: null });
    return {
      ...row,
      type: bought ? 'BUY' : 'SELL',
      symbol: units.currency,
      quantity: units.number,
      amount: value.number.negated(),
      currency: value.currency,
    };
  }
  const received = {
    ...row,
    symbol: null,
    quantity: null,
    amount: units.number.negated(),
    currency: units.currency,
  };
  if (account.startsWith('Equity:'))
    return { ...received, type: units.number.isNegative() ? 'DEPOSIT' : 'WITHDRAWAL' };
  if (account.startsWith('Expenses:'))
    return isTax(account) ? { ...received, type: 'TAX', symbol: paying } : { ...received, type: 'FEE' };
  const dividend = dividendOf(posting, symbols);
  if (dividend) return { ...received, type: 'DIVIDEND', symbol: dividend.symbol };
  return /^Income:.*Interest/.test(account) ? { ...received, type: 'INTEREST' } : null;
}

/** Cash of one currency for cash of another: what came in, and what it took; one row for each leg that says so. */
function conversionOf(postings: readonly Posting[]): Row[] {
  // A purchase paid in another currency is a purchase; its rate stays with the lot.
  if (postings.some(({ cost }) => cost !== null)) return [];
  return postings
    .filter(({ account, price }) => /^(Assets|Liabilities):/.test(account) && price !== null)
    .map((priced) => {
      const other = weightOf(priced);
      const sides: [Amount, Amount] = [
        priced.units,
        { number: other.number.negated(), currency: other.currency },
      ];
      const [inward, outward] = priced.units.number.isPositive() ? sides : sides.reverse();
      return {
        type: 'FX_CONVERSION',
        symbol: null,
        quantity: null,
        amount: (inward as Amount).number,
        currency: (inward as Amount).currency,
        counter: outward as Amount,
        postings: [],
      };
    });
}
