/** The prices and rates of one trading day after another, read once from a pack's history. */
import { ratePlaces } from './decimal';
import { amountPlaces, divideFixed, parseFixed, powerOfTen } from './fixed';
import { majorUnit } from './fx';
import type { Price } from './valuation';

export interface DatedPrice extends Price {
  date: string;
}

/** Units of `quote_ccy` for one euro. */
export interface DatedEuroRate {
  date: string;
  quote_ccy: string;
  rate: string;
}

/** Gives quotes of the day it was moved to, never one of another day. Days have to come in their order. */
export interface DayQuotes {
  moveTo(date: string): void;
  price(securityId: string): Price | null;
  /** Base currency per 1 local, at 20 places, rounded as `packRates` does; `null`: no quote. */
  rate(local: string): bigint | null;
}

/** Both lists have to be in the order of dates. */
export function dayQuotes(
  prices: readonly DatedPrice[],
  rates: readonly DatedEuroRate[],
  base: string,
): DayQuotes {
  const pricesUpTo = rowsUpTo(prices);
  const ratesUpTo = rowsUpTo(rates);
  const closes = new Map<string, DatedPrice>();
  const perEuro = new Map<string, DatedEuroRate>();
  const to = majorUnit(base);
  const one = BigInt(to.perMajor) * powerOfTen(ratePlaces);
  let today = '';
  /** Of the base currency; the same for every rate of a day. */
  let basePerEuro: bigint | null = null;

  function quoteOf(currency: string): bigint | null {
    if (currency === 'EUR') return powerOfTen(amountPlaces);
    const row = perEuro.get(currency);
    return row?.date === today ? parseFixed(row.rate) : null;
  }

  return {
    moveTo(date) {
      today = date;
      for (const row of pricesUpTo(date)) closes.set(row.security_id, row);
      for (const row of ratesUpTo(date)) perEuro.set(row.quote_ccy, row);
      basePerEuro = quoteOf(to.major);
    },
    price(securityId) {
      const row = closes.get(securityId);
      return row?.date === today ? row : null;
    },
    rate(local) {
      const from = majorUnit(local);
      if (from.major === to.major) return divideFixed(one, BigInt(from.perMajor));
      const fromPerEuro = quoteOf(from.major);
      if (fromPerEuro === null || basePerEuro === null) return null;
      return divideFixed(basePerEuro * one, fromPerEuro * BigInt(from.perMajor));
    },
  };
}

/** Returns the function that gives the rows not given yet, up to and including a day. */
export function rowsUpTo<T extends { date: string }>(rows: readonly T[]): (date: string) => readonly T[] {
  let next = 0;
  return (date) => {
    const first = next;
    while (next < rows.length && (rows[next] as T).date <= date) next += 1;
    return first === next ? none : rows.slice(first, next);
  };
}
const none: readonly never[] = [];
