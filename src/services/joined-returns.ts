/** The returns of a portfolio and of its benchmark over the same stretches of time. */
import { dailyReturns } from './daily-returns';
import type { History, NoWindow, Window } from './window';

export interface JoinedReturns {
  /** First and last day that both have a value on; `null`: there are no two. */
  from: string | null;
  to: string | null;
  /** One for each stretch between consecutive days that both have a value on. */
  returns: number[];
  benchmark: number[];
  /** Days of the window on which one of them has no value, or the portfolio no return. */
  dropped: { portfolio: string[]; benchmark: string[] };
}

/**
 * Joined by days, not by returns: where one side misses a day, the next return of both covers two days. A stretch in which the
 * portfolio's return has no meaning, or nothing was invested, is left out of both.
 */
export function joinReturns(
  window: Window | NoWindow,
  { unvalued }: Pick<History, 'unvalued'>,
  levels: ReadonlyMap<string, number>,
): JoinedReturns {
  const { dates, returns } = dailyReturns(window);
  const joined: JoinedReturns = {
    ...{ from: null, to: null, returns: [], benchmark: [] },
    dropped: { portfolio: [], benchmark: [] },
  };
  let last: { date: string; level: number } | null = null;
  let growth: number | null = 1;
  for (const [index, date] of dates.entries()) {
    const own: number | null = index === 0 ? 0 : (returns[index - 1] ?? null);
    growth = growth === null || own === null ? null : growth * (1 + own);
    const level = levels.get(date);
    if (level === undefined) {
      joined.dropped.benchmark.push(date);
      continue;
    }
    if (last !== null && growth === null) joined.dropped.portfolio.push(date);
    else if (last !== null && growth !== null) {
      joined.returns.push(growth - 1);
      joined.benchmark.push(level / last.level - 1);
      joined.from ??= last.date;
      joined.to = date;
    }
    last = { date, level };
    growth = 1;
  }
  const first = dates[0];
  const without = unvalued.map(({ date }) => date).filter((date) => first !== undefined && date > first);
  joined.dropped.portfolio = [...joined.dropped.portfolio, ...without].sort();
  return joined;
}
