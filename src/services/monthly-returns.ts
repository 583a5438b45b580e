/** The time-weighted returns of a portfolio over whole calendar months. */
import { dailyReturns } from './daily-returns';
import { endOfMonth } from './months';
import { chain } from './returns';
import { type History, sinceInception } from './window';

export interface MonthReturn {
  /** `2012-07`. */
  month: string;
  /** The last trading day of the month before, and that of the month. */
  from: string;
  to: string;
  /** A fraction, in the base currency. */
  return: number;
}

export interface MonthlyReturns {
  months: MonthReturn[];
  /** Months of the portfolio's life that have none: begun within, without a value at an end, or with a day without a return. */
  partial: string[];
}

/** Of the months that are over at the history's end. Something has to be invested at a month's beginning. */
export function monthlyReturns(history: History): MonthlyReturns {
  const whole = sinceInception(history);
  const result: MonthlyReturns = { months: [], partial: [] };
  if ('reason' in whole) return result;
  const { dates, returns } = dailyReturns(whole);
  const places = new Map(dates.map((date, index) => [date, index]));
  const worth = new Map(whole.values.map(({ date, value }) => [date, value]));
  const ends = monthEnds(history.dates);
  for (const [index, to] of ends.entries()) {
    if (to <= whole.from) continue;
    const month = to.slice(0, 7);
    const from = ends[index - 1];
    const [start, end] = [places.get(from ?? ''), places.get(to)];
    const days = start === undefined || end === undefined ? [null] : returns.slice(start, end);
    const known = days.filter((value) => value !== null);
    if (from === undefined || known.length < days.length || (worth.get(from) ?? 0n) <= 0n)
      result.partial.push(month);
    else result.months.push({ month, from, to, return: chain(known) });
  }
  return result;
}

/** The last trading day of each month that is over: a later month has begun, or it is the calendar's last day. */
function monthEnds(dates: readonly string[]): string[] {
  return dates.filter((date, index) => {
    const next = dates[index + 1];
    return next === undefined ? date === endOfMonth(date) : next.slice(0, 7) !== date.slice(0, 7);
  });
}
