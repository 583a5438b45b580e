/** Looks up a day in a series of days: the last row on or before it, the way a pack is read. */
import { Decimal, type Numeric } from './decimal';

/** `NO_QUOTE`: the series has none; `BEFORE_FIRST_QUOTE`: only later ones. */
export type MissingReason = 'NO_QUOTE' | 'BEFORE_FIRST_QUOTE';

export interface DatedSeries<T> {
  /** `null`: the series has no row up to then. */
  upTo(date: string): T | null;
  first: T | null;
}

/** Rows in any order; of two on one day the one entered last counts. */
export function datedSeries<T extends { date: string }>(rows: readonly T[]): DatedSeries<T> {
  // Sorting is stable, so the row entered last of a day still stands last.
  const sorted = [...rows].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  const end = (date: string): number => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle] as T).date <= date) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const earliest = sorted[0];
  return {
    upTo: (date) => sorted[end(date) - 1] ?? null,
    first: earliest ? (sorted[end(earliest.date) - 1] ?? null) : null,
  };
}

export interface DatedQuote {
  date: string;
  rate: Decimal;
}

export type QuoteSeries = DatedSeries<DatedQuote>;

export function quoteSeries(rows: readonly { date: string; rate: Numeric }[]): QuoteSeries {
  return datedSeries(rows.map(({ date, rate }) => ({ date, rate: new Decimal(rate) })));
}
