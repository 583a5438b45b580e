/** Booked entries become what the database stores: lots, closures, transactions, cash movements. Pure and repeatable. */
import { balanceSeries, type LedgerBalance } from './balance-series';
import { cashMovements } from './cash-movements';
import { classify, type LedgerTransaction } from './classify';
import { isCurrency } from './currencies';
import type { Exact } from './decimal';
import { doubtfulSales } from './doubtful-sales';
import type { Entry, LedgerProblem, Transaction } from './entries';
import { closureOf, lotOf } from './lot-rows';

export interface LedgerLot {
  /** Symbol, day and a running number: the same in every later state of the ledger. */
  lot_id: string;
  symbol: string;
  /** Day of the cost. */
  acquired_on: string;
  /** Day of the entry: from then on it is held. Later than `acquired_on` for shares that came in with their history. */
  opened_on: string;
  quantity: string;
  unit_cost_local: string;
  currency: string;
  /** Base currency for one `currency` on the purchase; `null`: none recorded and none quoted. */
  fx_base_per_local: string | null;
  /** All units together; fees apart. `null` exactly when the rate is. */
  cost_base: string | null;
}

export interface LedgerClosure {
  lot_id: string;
  transaction_id: string;
  date: string;
  quantity: string;
  /** Before fees; `null`: the ledger gives no sale price. */
  proceeds_local: string | null;
  currency: string | null;
}

export interface LedgerCashMovement {
  movement_id: string;
  date: string;
  currency: string;
  /** What it adds to the balance. */
  amount: string;
  /** Its counter-account is Equity: money from outside, or to it. */
  external: boolean;
}

export interface ImportModel {
  lots: LedgerLot[];
  closures: LedgerClosure[];
  transactions: LedgerTransaction[];
  cash_movements: LedgerCashMovement[];
  /** What the legs add up to by account and commodity, day by day. */
  balances: LedgerBalance[];
  problems: LedgerProblem[];
  /** What is imported as it is, though its author probably meant something else. */
  warnings: LedgerProblem[];
}

export interface ImportOptions {
  base_currency: string;
  /** Base currency for one `currency` on a day; `null` when there is no quote up to then. */
  rateAt: (currency: string, date: string) => Exact | null;
}

/** What is bought costs what it cost on its day: the rate recorded in the purchase, else the one quoted then. */
export function importModel(entries: readonly Entry[], options: ImportOptions): ImportModel {
  const model: ImportModel = {
    lots: [],
    closures: [],
    transactions: [],
    cash_movements: [],
    balances: balanceSeries(entries).changes,
    problems: [],
    warnings: [],
  };
  const atCost = symbolsAtCost(entries);
  const counts = new Map<string, number>();
  const lots = new Map<string, LedgerLot>();
  for (const entry of entries) {
    if (entry.kind !== 'transaction') continue;
    const count = (counts.get(entry.date) ?? 0) + 1;
    counts.set(entry.date, count);
    const id = `${entry.date}_${String(count)}`;
    const { transactions, idOf, problem } = classify(entry, id, atCost);
    model.transactions.push(...transactions);
    if (problem !== null) model.problems.push(problem);
    model.problems.push(...notCash(entry, atCost, options), ...heldOutside(entry));
    model.warnings.push(...doubtfulSales(entry));
    model.cash_movements.push(...cashMovements(entry, id));
    for (const posting of entry.postings) {
      if (posting.cost === null || posting.lot_id === null || posting.passes_on === 'moved') continue;
      if (posting.units.number.isPositive()) {
        const lot = lotOf(entry, posting, lots, options);
        lots.set(lot.lot_id, lot);
      } else model.closures.push(closureOf(entry, posting, idOf(posting)));
    }
  }
  return { ...model, lots: [...lots.values()] };
}

function symbolsAtCost(entries: readonly Entry[]): ReadonlySet<string> {
  return new Set(
    entries.flatMap((entry) =>
      entry.kind === 'transaction'
        ? entry.postings.filter(({ cost }) => cost !== null).map(({ units }) => units.currency)
        : [],
    ),
  );
}

/**
 * What has no cost is cash: a known currency, or one with quotes. Shares without one would be counted as a currency, so they
 * are refused.
 */
function notCash(
  { file, date, postings }: Transaction,
  atCost: ReadonlySet<string>,
  { base_currency, rateAt }: ImportOptions,
): LedgerProblem[] {
  const isCash = (currency: string): boolean =>
    /^[A-Z]{3}$/.test(currency) &&
    !atCost.has(currency) &&
    (isCurrency(currency) || currency === base_currency || rateAt(currency, date) !== null);
  return postings
    .filter(({ cost, units }) => cost === null && !isCash(units.currency))
    .map(({ line, units }) => ({
      file,
      line,
      message: `${units.currency} is no currency, so it needs a cost in braces`,
    }));
}

/** Lots are what the portfolio holds, so those of another account would be counted as its own. */
function heldOutside({ file, postings }: Transaction): LedgerProblem[] {
  return postings
    .filter(({ account, cost }) => cost !== null && !/^(Assets|Liabilities):/.test(account))
    .map(({ line, account, units }) => ({
      file,
      line,
      message: `${account} is no account of the portfolio, so it holds no ${units.currency}: what leaves is sold, at its value of the day, and the money withdrawn`,
    }));
}
