/** Quantities and cash of two books, day by day and to the last digit. */
import { Exact } from './decimal';
import type { ReconciledDifference } from './reconciliation';

/** What changed on a day; several rows of one day and commodity add up. */
export interface BookChange {
  commodity: string;
  date: string;
  change: string;
}

export interface Books {
  ledger: readonly BookChange[];
  database: readonly BookChange[];
  /** Commodities that are securities; all others are cash. */
  securities: ReadonlySet<string>;
}

/** Both sides begin with nothing. Differences by kind and commodity. */
export function reconcileBooks({ ledger, database, securities }: Books): {
  checked: number;
  differences: ReconciledDifference[];
} {
  const [ours, theirs] = [byCommodity(ledger), byCommodity(database)];
  let checked = 0;
  const differences: ReconciledDifference[] = [];
  for (const commodity of [...new Set([...ours.keys(), ...theirs.keys()])].sort()) {
    const [expected, actual] = [ours.get(commodity), theirs.get(commodity)];
    const days = [...new Set([...(expected?.keys() ?? []), ...(actual?.keys() ?? [])])].sort();
    checked += days.length;
    const found = compareDays(days, expected, actual);
    if (found === null) continue;
    const status =
      expected === undefined
        ? 'missing_in_ledger'
        : actual === undefined
          ? 'missing_in_database'
          : 'different';
    const kind = securities.has(commodity) ? 'quantity' : 'cash';
    differences.push({ account: null, commodity, kind, ...found, difference_bps: null, status });
  }
  return { checked, differences };
}

type Days = ReadonlyMap<string, Exact>;

function compareDays(
  days: readonly string[],
  expected: Days | undefined,
  actual: Days | undefined,
): Pick<ReconciledDifference, 'expected' | 'actual' | 'difference' | 'first_date'> | null {
  let [a, b] = [new Exact(0), new Exact(0)];
  let first_date: string | null = null;
  let last = [a, b] as const;
  for (const day of days) {
    a = a.plus(expected?.get(day) ?? 0);
    b = b.plus(actual?.get(day) ?? 0);
    if (a.equals(b)) continue;
    first_date ??= day;
    last = [a, b];
  }
  if (first_date === null) return null;
  const [ours, theirs] = last;
  return { expected: plain(ours), actual: plain(theirs), difference: plain(theirs.minus(ours)), first_date };
}

function byCommodity(changes: readonly BookChange[]): Map<string, Map<string, Exact>> {
  const commodities = new Map<string, Map<string, Exact>>();
  for (const { commodity, date, change } of changes) {
    const days = commodities.get(commodity) ?? new Map<string, Exact>();
    commodities.set(commodity, days);
    days.set(date, (days.get(date) ?? new Exact(0)).plus(change));
  }
  return commodities;
}

/** Never an exponent or a negative zero. */
export function plain(value: Exact): string {
  return value.isZero() ? '0' : value.toFixed();
}
