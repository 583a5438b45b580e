/** Calendar days as ISO texts (`2013-02-28`); days are counted in UTC, so no time zone can move one. */

const millisecondsPerDay = 86_400_000;
/** PostgreSQL and the calendar have no year 0. */
const form = /^(?!0000)\d{4}-\d{2}-\d{2}$/;

/** Whether the text is a day of the calendar. `Date.parse` does not tell: it takes 2013-02-29 for the first of March. */
export function isDay(text: string): boolean {
  if (!form.test(text)) return false;
  return new Date(dayNumber(text) * millisecondsPerDay).toISOString().slice(0, 10) === text;
}

/** Calendar days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}

/**
 * Days since 1970-01-01 in the Gregorian calendar; `NaN` for what does not begin with a year. Measures over thousands of
 * days ask often, and `Date.parse` takes much longer.
 */
export function dayNumber(date: string): number {
  const month = digit(date, 5) * 10 + digit(date, 6);
  // Years begin in March, so that the leap day is a year's last.
  const year =
    digit(date, 0) * 1000 + digit(date, 1) * 100 + digit(date, 2) * 10 + digit(date, 3) - (month < 3 ? 1 : 0);
  const dayOfYear = Math.floor((153 * (month < 3 ? month + 9 : month - 3) + 2) / 5);
  const leapDays = Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
  return year * 365 + leapDays + dayOfYear + digit(date, 8) * 10 + digit(date, 9) - 719_469;
}

function digit(text: string, at: number): number {
  return text.charCodeAt(at) - 48;
}

/** The day `days` calendar days later; earlier when negative. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * millisecondsPerDay).toISOString().slice(0, 10);
}

/** The earlier of two days: how old a figure is that rests on both. */
export function earlier(a: string, b: string): string {
  return a < b ? a : b;
}
