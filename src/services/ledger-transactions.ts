/**
 * The rows of a ledger as transactions: a sale of several lots, which the ledger splits into one row for each, is one
 * again, with its share of the fees and the exchange rate that its entry records.
 */
import type { EntryDifference, LedgerRow } from '../contract/ledger-rows';
import type { TransactionType } from '../contract/transaction-types';
import { Decimal, roundMoney, sum } from './decimal';
import { grouped } from './grouped';
import type { ReasonCodes } from './holdings';
import { shareOut } from './share-out';

export interface LedgerTransaction extends Omit<LedgerRow, 'quantity' | 'amount' | 'counter_amount'> {
  /** The ledger's rows that it is made of; the first names it. */
  row_ids: readonly string[];
  quantity: Decimal | null;
  /** Of a sale without a price: what the cash of its entry says it brought. */
  amount: Decimal;
  counter_amount: Decimal | null;
  /** Share of the fees of its entry, positive = paid; `null`: see `reasons`. */
  fee: Decimal | null;
  /** Base currency for one `currency` as the entry itself tells it, where it exchanged the two. */
  recorded_rate: Decimal | null;
  /** Of a sale whose price and proceeds the ledger does not tell: `NO_SALE_PRICE`. */
  reasons: ReasonCodes;
}

export interface LedgerInputs {
  base_currency: string;
  rows: readonly LedgerRow[];
  differences: readonly EntryDifference[];
  /** Rows of sales that have no price: what they say they brought is what they cost. */
  unpriced: ReadonlySet<string>;
}

interface Entry {
  rows: LedgerRow[];
  differences: EntryDifference[];
}

export interface LedgerActivity {
  /** In the order of the rows. */
  transactions: LedgerTransaction[];
  /** Sides of exchanges: of the entries that moved several currencies. */
  exchanges: EntryDifference[];
  /** Cash that came or went without a row or an exchange to explain it: what sales without a price gained. */
  gains: EntryDifference[];
}

export function ledgerTransactions(inputs: LedgerInputs): LedgerActivity {
  const entries = new Map<string, Entry>();
  const entryOf = ({ date, entry }: { date: string; entry: number }): Entry => {
    const key = `${date} ${String(entry)}`;
    let found = entries.get(key);
    if (!found) entries.set(key, (found = { rows: [], differences: [] }));
    return found;
  };
  for (const row of inputs.rows) entryOf(row).rows.push(row);
  for (const difference of inputs.differences) entryOf(difference).differences.push(difference);
  const activity: LedgerActivity = { transactions: [], exchanges: [], gains: [] };
  for (const entry of entries.values()) {
    const { transactions, isTold } = transactionsOf(entry, inputs);
    activity.transactions.push(...transactions);
    if (entry.differences.length > 1) activity.exchanges.push(...entry.differences);
    else if (!isTold) activity.gains.push(...entry.differences);
  }
  return activity;
}

interface EntryTransactions {
  transactions: LedgerTransaction[];
  /** The difference of the entry is in the amount of its sale. */
  isTold: boolean;
}

function transactionsOf({ rows, differences }: Entry, inputs: LedgerInputs): EntryTransactions {
  const groups = grouped(rows, (row) =>
    row.type === 'SELL' ? `${row.security_id ?? ''} ${row.currency}` : row.transaction_id,
  );
  const transactions = [...groups.values()].map(together);
  for (const transaction of transactions)
    transaction.recorded_rate = recordedRate(transaction.currency, differences, inputs.base_currency);
  const isTold = tellProceeds(transactions, differences, inputs.unpriced);
  shareFees(transactions);
  return { transactions, isTold };
}

function together(rows: readonly LedgerRow[]): LedgerTransaction {
  const first = rows[0] as LedgerRow;
  return {
    ...first,
    row_ids: rows.map(({ transaction_id }) => transaction_id),
    quantity: first.quantity === null ? null : sum(rows.map(({ quantity }) => new Decimal(quantity ?? 0))),
    amount: sum(rows.map(({ amount }) => new Decimal(amount))),
    counter_amount: first.counter_amount === null ? null : new Decimal(first.counter_amount),
    fee: null,
    recorded_rate: null,
    reasons: {},
  };
}

/** An entry that moved two currencies, one of them base, for each other says what it paid for one of the other. */
function recordedRate(local: string, differences: readonly EntryDifference[], base: string): Decimal | null {
  if (local === base || differences.length !== 2) return null;
  const amountOf = (currency: string) =>
    differences.find((difference) => difference.currency === currency)?.amount;
  const [paid, got] = [amountOf(base), amountOf(local)];
  if (paid === undefined || got === undefined) return null;
  const rate = new Decimal(paid).div(got).negated();
  return rate.greaterThan(0) ? rate.toSignificantDigits(20) : null;
}

/** The one sale without a price in an entry brought what the cash says; of several, nobody knows which brought what. */
function tellProceeds(
  transactions: readonly LedgerTransaction[],
  differences: readonly EntryDifference[],
  unpriced: ReadonlySet<string>,
): boolean {
  const sales = transactions.filter(({ row_ids }) => row_ids.some((id) => unpriced.has(id)));
  const [difference, more] = differences;
  const [sale, another] = sales;
  if (!sale) return false;
  if (!another && !more && (!difference || difference.currency === sale.currency)) {
    sale.amount = sale.amount.plus(difference?.amount ?? 0);
    return true;
  }
  for (const { reasons } of sales) reasons['amount'] = 'NO_SALE_PRICE';
  return false;
}

const withoutFee: ReadonlySet<TransactionType> = new Set(['FEE', 'TAX', 'DEPOSIT', 'WITHDRAWAL', 'SPLIT']);

/** Fees of an entry belong to what else it did, in proportion to the amounts. */
function shareFees(transactions: readonly LedgerTransaction[]): void {
  const fees = transactions.filter(({ type }) => type === 'FEE');
  const payers = transactions.filter(({ type }) => !withoutFee.has(type));
  for (const transaction of transactions)
    if (withoutFee.has(transaction.type)) transaction.reasons['fee'] = 'NOT_APPLICABLE';
  for (const currency of new Set(payers.map((payer) => payer.currency))) {
    const sharers = payers.filter((payer) => payer.currency === currency);
    const total = sum(fees.filter((fee) => fee.currency === currency).map(({ amount }) => amount)).negated();
    const shares = shareOut(
      roundMoney(total),
      sharers.map(({ amount }) => amount.abs()),
    );
    for (const [index, payer] of sharers.entries()) payer.fee = shares[index] as Decimal;
  }
  if (fees.some((fee) => !payers.some(({ currency }) => currency === fee.currency))) {
    for (const payer of payers) {
      payer.fee = null;
      payer.reasons['fee'] = 'MIXED_CURRENCIES';
    }
  }
}
