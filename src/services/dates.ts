/** Calendar days as ISO texts (`2013-02-28`); days are counted in UTC, so no time zone can move one. */

const millisecondsPerDay = 86_400_000;

/** Calendar days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / millisecondsPerDay);
}

/** The day `days` calendar days later; earlier when negative. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * millisecondsPerDay).toISOString().slice(0, 10);
}

/** The earlier of two days: how old a figure is that rests on both. */
export function earlier(a: string, b: string): string {
  return a < b ? a : b;
}
