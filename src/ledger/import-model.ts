/** Booked entries become what the database stores: lots, closures, transactions, cash movements. Pure and repeatable. */
import { balanceSeries, type LedgerBalance } from './balance-series';
import { classify, type LedgerTransaction } from './classify';
import { Exact } from './decimal';
import type { Entry, LedgerProblem, Posting, Transaction } from './entries';

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
  };
  const atCost = symbolsAtCost(entries);
  const counts = new Map<string, number>();
  for (const entry of entries) {
    if (entry.kind !== 'transaction') continue;
    const count = (counts.get(entry.date) ?? 0) + 1;
    counts.set(entry.date, count);
    const id = `${entry.date}_${String(count)}`;
    const { transactions, idOf, problem } = classify(entry, id);
    model.transactions.push(...transactions);
    if (problem !== null) model.problems.push(problem);
    model.problems.push(...notCash(entry, atCost));
    model.cash_movements.push(...cashMovements(entry, id));
    for (const posting of entry.postings) {
      if (posting.cost === null || posting.lot_id === null) continue;
      if (posting.units.number.isPositive()) model.lots.push(lotOf(entry, posting, options));
      else model.closures.push(closureOf(entry, posting, idOf(posting)));
    }
  }
  return model;
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

/** What has no cost is cash. Shares without one would be counted as a currency, so they are refused. */
function notCash({ file, postings }: Transaction, atCost: ReadonlySet<string>): LedgerProblem[] {
  return postings
    .filter(
      ({ cost, units }) =>
        cost === null && (!/^[A-Z]{3}$/.test(units.currency) || atCost.has(units.currency)),
    )
    .map(({ line, units }) => ({
      file,
      line,
      message: `${units.currency} is no currency, so it needs a cost in braces`,
    }));
}

function lotOf(transaction: Transaction, posting: Posting, options: ImportOptions): LedgerLot {
  const { units, cost } = posting;
  if (cost === null || posting.lot_id === null) throw new TypeError('a lot has a cost');
  const rate =
    recordedRate(transaction, cost.currency, options.base_currency) ??
    rateOn(cost.currency, cost.date, options);
  return {
    lot_id: posting.lot_id,
    symbol: units.currency,
    // A cost may carry an earlier date: shares transferred in were bought before.
    acquired_on: cost.date,
    opened_on: transaction.date,
    quantity: units.number.toString(),
    unit_cost_local: cost.number.toString(),
    currency: cost.currency,
    fx_base_per_local: rate?.toString() ?? null,
    cost_base: rate === null ? null : units.number.times(cost.number).times(rate).toString(),
  };
}

function rateOn(currency: string, date: string, { base_currency, rateAt }: ImportOptions): Exact | null {
  // A quote of six figures deserves no sixty; twenty are far more than any amount shows.
  return currency === base_currency
    ? new Exact(1)
    : (rateAt(currency, date)?.toSignificantDigits(20) ?? null);
}

/** A purchase paid in the base currency states its own rate: `-983 CAD @@ 838 USD`. */
function recordedRate({ postings }: Transaction, local: string, base: string): Exact | null {
  if (local === base) return null;
  const paid = postings.find(
    ({ units, cost, price }) => units.currency === base && cost === null && price?.currency === local,
  );
  if (!paid?.price) return null;
  const { price, units } = paid;
  const perBase = price.total ? price.number.div(units.number.abs()) : price.number;
  return perBase.isZero() ? null : new Exact(1).div(perBase).toSignificantDigits(20);
}

function closureOf(
  { date }: Transaction,
  { units, lot_id, price }: Posting,
  transactionId: string,
): LedgerClosure {
  const quantity = units.number.abs();
  const proceeds = price === null ? null : price.total ? price.number : price.number.times(quantity);
  return {
    lot_id: lot_id ?? '',
    transaction_id: transactionId,
    date,
    quantity: quantity.toString(),
    proceeds_local: proceeds?.toString() ?? null,
    currency: price?.currency ?? null,
  };
}

/** By currency: what came from Equity is external, the rest of the change is not; together they are the change. */
function cashMovements({ date, postings }: Transaction, id: string): LedgerCashMovement[] {
  const changes = new Map<string, { total: Exact; external: Exact }>();
  for (const { account, units, cost } of postings) {
    const isCash = cost === null && /^(Assets|Liabilities):/.test(account);
    const isOutside = cost === null && account.startsWith('Equity:');
    if (!isCash && !isOutside) continue;
    const change = changes.get(units.currency) ?? { total: new Exact(0), external: new Exact(0) };
    if (isCash) change.total = change.total.plus(units.number);
    else change.external = change.external.minus(units.number);
    changes.set(units.currency, change);
  }
  return [...changes].flatMap(([currency, { total, external }]) =>
    [
      { movement_id: `${id}_${currency}_external`, date, currency, amount: external, external: true },
      { movement_id: `${id}_${currency}`, date, currency, amount: total.minus(external), external: false },
    ]
      .filter(({ amount }) => !amount.isZero())
      .map((movement) => ({ ...movement, amount: movement.amount.toString() })),
  );
}
