/** The calendar months of a window's days. */
import { chain } from './returns';

export interface MonthRun {
  /** `2012-07`. */
  period: string;
  /** The last day before it, exclusive. */
  from: string;
  /** The last day in it. */
  to: string;
  /** Of its days, compounded. */
  period_return: number;
}

/**
 * @param dates the opening first; a day's return belongs to the month it ends in
 * @param returns one for each day after the opening
 * @returns the months in their order, and by day (the opening has none) the place of its month
 */
export function monthRuns(
  dates: readonly string[],
  returns: readonly number[],
): { runs: MonthRun[]; runOf: readonly number[] } {
  const runs: MonthRun[] = [];
  const runOf = [-1];
  let first = 1;
  for (const [index, date] of dates.entries()) {
    if (index === 0) continue;
    const period = date.slice(0, 7);
    if (runs.at(-1)?.period !== period) {
      runs.push({ period, from: dates[index - 1] as string, to: date, period_return: 0 });
      first = index;
    }
    const run = runs.at(-1) as MonthRun;
    run.to = date;
    run.period_return = chain(returns.slice(first - 1, index));
    runOf.push(runs.length - 1);
  }
  return { runs, runOf };
}
