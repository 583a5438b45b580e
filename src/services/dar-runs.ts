/** Days with a return as runs of days that follow each other: what a block of the bootstrap may not leave. */

export interface DayReturn {
  date: string;
  /** `null`: no return that day. */
  return: number | null;
}

/**
 * @param isMeant which days are drawn from
 * @returns logarithmic returns; a day without a return ends a run, as does one on which everything was lost: it is −∞ and the last
 */
export function runsOf(days: readonly DayReturn[], isMeant: (date: string) => boolean): number[][] {
  const runs: number[][] = [];
  let run: number[] | null = null;
  for (const { date, return: r } of days) {
    if (r === null || r < -1 || !isMeant(date)) {
      run = null;
      continue;
    }
    if (run === null) runs.push((run = []));
    run.push(Math.log1p(r));
    if (r === -1) run = null;
  }
  return runs;
}
