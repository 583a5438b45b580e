/** On which of some days something is valued: the first one on or after its own day. */

/** Returns the function that gives a day's index, `null` after the last; asked with days in their order. */
export function dayIndex(dates: readonly string[]): (date: string) => number | null {
  let next = 0;
  return (date) => {
    while (next < dates.length && (dates[next] as string) < date) next += 1;
    return next < dates.length ? next : null;
  };
}
