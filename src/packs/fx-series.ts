/** A published series of exchange rates, and what of it is known on a day: the last quote up to then, with its date. */
import { Decimal } from 'decimal.js';
import type { PackFxRate } from './pack-content';

export interface FxQuotes {
  date: string;
  /** Units per one EUR, by currency. */
  rates: Readonly<Record<string, string>>;
}

export interface FxSeries {
  /** Quotes known at the end of a day, sorted by currency; empty before the first. */
  quotesAt(date: string): PackFxRate[];
  /** `to` for one `from`, crossed over the euro; `null` when either has no quote up to that day. */
  crossAt(from: string, to: string, date: string): Decimal | null;
}

const Cross = Decimal.clone({ precision: 40 });

interface Quote {
  date: string;
  rate: string;
}

/** Never looks ahead: a day without a quote has the last earlier one, a day before the first has none. */
export function fxSeries(days: readonly FxQuotes[]): FxSeries {
  const byCurrency = new Map<string, Quote[]>();
  for (const { date, rates } of days.toSorted((a, b) => compare(a.date, b.date))) {
    for (const [currency, rate] of Object.entries(rates)) {
      const quotes = byCurrency.get(currency);
      if (quotes) quotes.push({ date, rate });
      else byCurrency.set(currency, [{ date, rate }]);
    }
  }
  const perEuro = (currency: string, date: string): string | null =>
    currency === 'EUR' ? '1' : (lastUpTo(byCurrency.get(currency) ?? [], date)?.rate ?? null);
  return {
    quotesAt: (date) =>
      [...byCurrency.keys()].sort(compare).flatMap((quote_ccy) => {
        const quote = lastUpTo(byCurrency.get(quote_ccy) ?? [], date);
        return quote ? [{ base_ccy: 'EUR', quote_ccy, rate: quote.rate, quote_date: quote.date }] : [];
      }),
    crossAt: (from, to, date) => {
      const [fromPerEuro, toPerEuro] = [perEuro(from, date), perEuro(to, date)];
      return fromPerEuro === null || toPerEuro === null ? null : new Cross(toPerEuro).div(fromPerEuro);
    },
  };
}

function lastUpTo(quotes: readonly Quote[], date: string): Quote | null {
  let [low, high] = [0, quotes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((quotes[middle]?.date ?? '') <= date) low = middle + 1;
    else high = middle;
  }
  return quotes[low - 1] ?? null;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
