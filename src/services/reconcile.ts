/**
 * Balances of a ledger against those of a database, to the last digit: money and quantities have no tolerance here.
 * Both sides are statements of days ("on the evening of this day the account holds so much"); between two of them the
 * earlier one holds.
 */
import { Decimal as DecimalJs } from 'decimal.js';
import { type DatedSeries, datedSeries } from './dated-series';
import { type Numeric } from './decimal';

/** Sums of a ledger are exact at this width. */
const Exact = DecimalJs.clone({ precision: 60 });

export interface Balance {
  account: string;
  commodity: string;
  amount: Numeric;
  date: string;
}

export interface Difference {
  account: string;
  commodity: string;
  /** By the ledger (or `balances`), on the last day on which the sides differ. */
  expected: string;
  /** By the database. */
  actual: string;
  difference: string;
  first_date: string;
  /** A side that does not know the account and commodity at all counts as 0. */
  status: 'different' | 'missing_in_database' | 'missing_in_ledger';
}

interface Row {
  account: string;
  commodity: string;
  date: string;
  amount: DecimalJs;
}
type Rows = ReadonlyMap<string, readonly Row[]>;

/** The last balance of each account and commodity, by name. */
export function lastBalances(rows: readonly Balance[]): (Balance & { amount: string })[] {
  return [...byKey(rows).values()]
    .map((series) => series.at(-1) as Row)
    .sort(byName)
    .map(({ amount, ...row }) => ({ ...row, amount: plain(amount) }));
}

/**
 * `isLedger`: `expected` are the changes of a ledger, which therefore says 0 before the first; the database's days are
 * compared. Otherwise both are lists of statements, and the days of both are compared once both have said something.
 */
export function reconcile(
  expected: readonly Balance[],
  database: readonly Balance[],
  isLedger: boolean,
): Difference[] {
  return compare(byKey(expected), byKey(database), isLedger);
}

function compare(expected: Rows, actual: Rows, isLedger: boolean): Difference[] {
  const days = [...actual.values()].map((rows) => (rows.at(-1) as Row).date);
  const horizon = days.reduce((a, b) => (a > b ? a : b), '');
  const roots = new Set([
    'Assets',
    'Liabilities',
    ...[...actual.values()].map((rows) => rootOf(rows[0] as Row)),
  ]);
  const differences: Difference[] = [];
  for (const key of new Set([...expected.keys(), ...actual.keys()])) {
    const [ours, theirs] = [expected.get(key) ?? [], actual.get(key) ?? []];
    // A ledger also has income, expenses and equity, which a database of holdings does not keep.
    if (isLedger && theirs.length === 0 && !roots.has(rootOf(ours[0] as Row))) continue;
    const found = compareKey(ours, theirs, isLedger, horizon);
    if (found) differences.push(found);
  }
  return differences.sort(byName);
}

/** Days of the database count; of a list of balances also its own, for it says what should be there on them. */
function compareKey(
  ours: readonly Row[],
  theirs: readonly Row[],
  isLedger: boolean,
  horizon: string,
): Difference | null {
  // An account without anything is no account that is missing.
  if ((ours.at(-1) ?? theirs.at(-1))?.amount.isZero() === true && (ours.length === 0 || theirs.length === 0))
    return null;
  const [expected, actual] = [datedSeries(ours), datedSeries(theirs)];
  const own =
    isLedger && horizon !== '' ? ours.filter(({ date }) => theirs.length === 0 && date <= horizon) : ours;
  const days = new Set([...theirs, ...own].map(({ date }) => date));
  if (theirs.length > 0 && horizon !== '') days.add(horizon);
  let first_date: string | null = null;
  let worst: Pick<Difference, 'expected' | 'actual' | 'difference'> | null = null;
  for (const day of [...days].sort()) {
    const isKnown = known(expected, ours, day, isLedger) && known(actual, theirs, day, false);
    if (!isKnown) continue;
    const [a, b] = [expected.upTo(day)?.amount ?? new Exact(0), actual.upTo(day)?.amount ?? new Exact(0)];
    if (a.equals(b)) continue;
    first_date ??= day;
    worst = { expected: plain(a), actual: plain(b), difference: plain(b.minus(a)) };
  }
  if (first_date === null || worst === null) return null;
  const { account, commodity } = (ours[0] ?? theirs[0]) as Row;
  const status =
    theirs.length === 0 ? 'missing_in_database' : ours.length === 0 ? 'missing_in_ledger' : 'different';
  return { account, commodity, ...worst, first_date, status };
}

/** Before its first statement a list says nothing; a ledger says 0, and so does a side without the account. */
function known(series: DatedSeries<Row>, rows: readonly Row[], day: string, fromTheStart: boolean): boolean {
  return fromTheStart || rows.length === 0 || series.upTo(day) !== null;
}

/** Rows by account and commodity, in the order of days; of two on one day the last entered stays. */
function byKey(rows: readonly Balance[]): Rows {
  const keys = new Map<string, Map<string, Row>>();
  for (const { account, commodity, amount, date } of rows) {
    const key = `${account} ${commodity}`;
    const days = keys.get(key) ?? new Map<string, Row>();
    keys.set(key, days);
    days.set(date, { account, commodity, date, amount: new Exact(amount) });
  }
  return new Map(
    [...keys].map(([key, days]) => [key, [...days.values()].sort((a, b) => (a.date < b.date ? -1 : 1))]),
  );
}

function rootOf({ account }: Row): string {
  return account.split(':')[0] as string;
}

function byName(
  a: { account: string; commodity: string },
  b: { account: string; commodity: string },
): number {
  if (a.account !== b.account) return a.account < b.account ? -1 : 1;
  return a.commodity < b.commodity ? -1 : a.commodity > b.commodity ? 1 : 0;
}

function plain(value: DecimalJs): string {
  return value.isZero() ? '0' : value.toFixed();
}
