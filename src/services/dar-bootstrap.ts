/**
 * The deepest fall of each of many paths that are drawn from daily returns by the stationary bootstrap (Politis and Romano,
 * 1994): blocks of geometrically distributed length, so that days that follow each other mostly stay together.
 */

const { floor } = Math;

export interface Paths {
  /** Of paths, each with so many days. */
  count: number;
  days: number;
  /** Mean of the blocks' length, in days. */
  mean_block: number;
}

/** The cube root of the number of days, as the theory has it for the optimal rate; at least 1. */
export function meanBlockOf(days: number): number {
  return Math.max(1, Math.round(Math.cbrt(days)));
}

/**
 * @param runs daily logarithmic returns, days that follow each other in one run; a block does not go from one run to the next
 * @param random 0 ≤ x < 1
 * @returns fractions ≤ 0 of the highest value so far, the start being the first; in the order of the paths
 */
export function drawFalls(
  runs: readonly (readonly number[])[],
  { count, days, mean_block }: Paths,
  random: () => number,
): number[] {
  const returns = Float64Array.from(runs.flat());
  // Whether the next day in the list follows in time; after the last of a run a new block begins.
  const isLast = Uint8Array.from(
    runs.flatMap((run) => run.map((_, index) => Number(index === run.length - 1))),
  );
  const restart = 1 / mean_block;
  const n = returns.length;
  const falls = new Array<number>(count);
  for (let path = 0; path < count; path += 1) {
    let level = 0;
    let peak = 0;
    let deepest = 0;
    let at = floor(random() * n);
    for (let day = 0; day < days; day += 1) {
      if (day > 0) at = isLast[at] === 1 || random() < restart ? floor(random() * n) : at + 1;
      level += returns[at] as number;
      if (level > peak) peak = level;
      else if (level - peak < deepest) deepest = level - peak;
    }
    falls[path] = Math.expm1(deepest);
  }
  return falls;
}

/** The deepest fall of one path as it was, a fraction ≤ 0. */
export function deepestFall(returns: readonly number[]): number {
  let [level, peak, deepest] = [0, 0, 0];
  for (const r of returns) {
    level += r;
    peak = Math.max(peak, level);
    deepest = Math.min(deepest, level - peak);
  }
  return Math.expm1(deepest);
}
