/** Exchange rates over the days of a history, in doubles, from quotes per one euro. */
import type { DatedEuroRate } from './day-quotes';
import { majorUnit } from './fx';

export interface RateSeries {
  /** Base currency per 1 `currency` (no minor unit), by day; not a number where it was never quoted. */
  of(currency: string): Float64Array;
  /** `to` per 1 `from` on a day. */
  cross(from: string, to: string, day: number): number;
}

/**
 * A day without a quote has the one before, and days before the first quote have the first: both only where nothing is
 * held in the currency, since a portfolio that holds it has no value on such a day.
 */
export function rateSeries(
  quotes: readonly DatedEuroRate[],
  base: string,
  dates: readonly string[],
): RateSeries {
  const perEuro = new Map<string, Float64Array>([['EUR', new Float64Array(dates.length).fill(1)]]);
  const days = new Map(dates.map((date, index) => [date, index]));
  for (const { date, quote_ccy, rate } of quotes) {
    const day = days.get(date);
    if (day === undefined) continue;
    const known = perEuro.get(quote_ccy) ?? new Float64Array(dates.length).fill(NaN);
    known[day] = Number(rate);
    perEuro.set(quote_ccy, known);
  }
  for (const rates of perEuro.values()) fillGaps(rates);
  const to = majorUnit(base);
  const unknown = new Float64Array(dates.length).fill(NaN);
  const made = new Map<string, Float64Array>([[to.major, new Float64Array(dates.length).fill(to.perMajor)]]);

  function of(currency: string): Float64Array {
    const known = made.get(currency);
    if (known) return known;
    const [local, own] = [perEuro.get(currency) ?? unknown, perEuro.get(to.major) ?? unknown];
    const rates = local.map((rate, day) => ((own[day] as number) / rate) * to.perMajor);
    made.set(currency, rates);
    return rates;
  }

  return { of, cross: (from, target, day) => (of(from)[day] as number) / (of(target)[day] as number) };
}

function fillGaps(rates: Float64Array): void {
  let last = rates.find((rate) => !Number.isNaN(rate)) ?? NaN;
  for (let day = 0; day < rates.length; day += 1) {
    const rate = rates[day] as number;
    if (Number.isNaN(rate)) rates[day] = last;
    else last = rate;
  }
}
