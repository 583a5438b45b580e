/** Histories of portfolios that hold nothing but dollars, valued in euros one to one: what a measure sees, without a market. */
import { dailyValues } from '../../src/services/daily-values';
import { addDays } from '../../src/services/dates';
import type { History } from '../../src/services/window';

/** What changes the balance on a day, and how much of that comes from outside. */
export type CashChange = [date: string, amount: string, external: string];

/** Every weekday from a Monday on. */
export function weekdays(monday: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => addDays(monday, Math.floor(i / 5) * 7 + (i % 5)));
}

/** @param unquoted days without an exchange rate, which therefore have no value */
export function cashHistory(
  dates: string[],
  cash: readonly CashChange[],
  unquoted: readonly string[] = [],
): History {
  const values = dailyValues({
    base_currency: 'EUR',
    dates,
    holding_changes: [],
    cash_changes: cash.map(([date, amount, external_amount]) => ({
      date,
      currency: 'USD',
      amount,
      external_amount,
    })),
    conversions: [],
    prices: [],
    rates: dates
      .filter((date) => !unquoted.includes(date))
      .map((date) => ({ date, quote_ccy: 'USD', rate: '1' })),
  });
  return { ...values, dates, first_activity: cash[0]?.[0] ?? null };
}

/** The history as the pack of that day knows it. */
export function upTo(history: History, day: string): History {
  const isKnown = ({ date }: { date: string }) => date <= day;
  return {
    dates: history.dates.filter((date) => date <= day),
    values: history.values.filter(isKnown),
    unvalued: history.unvalued.filter(isKnown),
    first_activity: history.first_activity,
  };
}
