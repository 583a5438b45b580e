/** At which days of a calendar something monthly is looked at again. */
import { addDays } from './dates';

/**
 * The last trading day of each month, and the last day there is. They begin with the last month's end on or before
 * `weeks` weeks before that day, so that there is something to compare with; `weeks` left out: with the first month's end.
 * @param dates trading days, ascending
 */
export function monthPoints(dates: readonly string[], weeks?: number): string[] {
  const last = dates.at(-1);
  if (last === undefined) return [];
  const ends = dates.filter((date, at) => dates[at + 1]?.slice(0, 7) !== date.slice(0, 7));
  if (weeks === undefined) return ends;
  const start = addDays(last, -7 * weeks);
  const first = ends.findLast((date) => date <= start) ?? '';
  return ends.filter((date) => date >= first);
}
