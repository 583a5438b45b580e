/** An invented portfolio for timing: 500 positions in four currencies over ten years of trading days. Always the same. */
import type { DailyInputs } from '../src/services/daily-values';
import { addDays } from '../src/services/dates';

const currencies = ['CAD', 'USD', 'GBP', 'JPY'] as const;
/** Units for one euro on the first day. */
const startRates: Record<string, number> = { CAD: 1.5, USD: 1.2, GBP: 0.85, JPY: 130 };
const base = 'CAD';

export interface Market {
  inputs: DailyInputs;
  count: number;
}

export function makeMarket(count: number, days: number): Market {
  const next = generator(20_260_101);
  const dates = weekdays(days);
  const perEuro = currencies.map((currency) => walk(startRates[currency] ?? 1, 0.005, days, next));
  const closes = Array.from({ length: count }, () => walk(20 + 200 * next(), 0.015, days, next));
  const quantities = Array.from({ length: count }, () => 10 + Math.floor(next() * 5000));
  const currencyOf = (position: number): string => currencies[position % currencies.length] ?? base;
  const deposits = dates.filter((_, day) => day > 0 && day % 21 === 0);
  return {
    count,
    inputs: {
      base_currency: base,
      dates,
      holding_changes: quantities.map((quantity, position) => ({
        ...{ date: dates[0] ?? '', security_id: idOf(position), quantity_change: String(quantity) },
      })),
      cash_changes: deposits.map((date) => ({
        ...{ date, currency: base, amount: '25000', external_amount: '25000' },
      })),
      conversions: [],
      prices: dates.flatMap((date, day) =>
        closes.map((path, position) => ({
          ...{ date, security_id: idOf(position), currency: currencyOf(position) },
          close: (path[day] ?? 1).toFixed(4),
        })),
      ),
      rates: dates.flatMap((date, day) =>
        currencies.map((quote_ccy, at) => ({ date, quote_ccy, rate: (perEuro[at]?.[day] ?? 1).toFixed(6) })),
      ),
    },
  };
}

function idOf(position: number): string {
  return `s${String(position).padStart(4, '0')}`;
}

/** A path whose steps are normal by the sum of twelve. */
function walk(start: number, deviation: number, days: number, next: () => number): number[] {
  const path = [start];
  for (let day = 1; day < days; day += 1) {
    let step = -6;
    for (let i = 0; i < 12; i += 1) step += next();
    path.push((path[day - 1] ?? start) * (1 + 0.0003 + deviation * step * 0.7));
  }
  return path;
}

function weekdays(count: number): string[] {
  const dates: string[] = [];
  for (let date = '2003-01-01'; dates.length < count; date = addDays(date, 1)) {
    const day = new Date(date).getUTCDay();
    if (day !== 0 && day !== 6) dates.push(date);
  }
  return dates;
}

/** Mulberry32: 0 to 1, the same series for the same seed. */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
