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

/** Never looks ahead: a day without a quote has the last earlier one, a day before the first has none. */
export function fxSeries(quotes: readonly FxQuotes[]): FxSeries {
  const days = quotes.toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  const lastUpTo = (date: string): FxQuotes | null => {
    let [low, high] = [0, days.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((days[middle]?.date ?? '') <= date) low = middle + 1;
      else high = middle;
    }
    return days[low - 1] ?? null;
  };
  const perEuro = (currency: string, date: string): string | null =>
    currency === 'EUR' ? '1' : (lastUpTo(date)?.rates[currency] ?? null);
  return {
    quotesAt: (date) => {
      const day = lastUpTo(date);
      if (day === null) return [];
      return Object.entries(day.rates)
        .map(([quote_ccy, rate]) => ({ base_ccy: 'EUR', quote_ccy, rate, quote_date: day.date }))
        .sort((a, b) => (a.quote_ccy < b.quote_ccy ? -1 : 1));
    },
    crossAt: (from, to, date) => {
      const [fromPerEuro, toPerEuro] = [perEuro(from, date), perEuro(to, date)];
      return fromPerEuro === null || toPerEuro === null ? null : new Cross(toPerEuro).div(fromPerEuro);
    },
  };
}
