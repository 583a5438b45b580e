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
): Float64Array {
  const { returns, isLast } = inOneRow(runs);
  const restart = 1 / mean_block;
  const n = returns.length;
  const falls = new Float64Array(count);
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

/** `isLast` is 1 where the next return in the row does not follow in time: after the last of a run a new block begins. */
function inOneRow(runs: readonly (readonly number[])[]): { returns: Float64Array; isLast: Uint8Array } {
  const length = runs.reduce((total, run) => total + run.length, 0);
  const [returns, isLast] = [new Float64Array(length), new Uint8Array(length)];
  let at = 0;
  for (const run of runs) {
    returns.set(run, at);
    at += run.length;
    if (run.length > 0) isLast[at - 1] = 1;
  }
  return { returns, isLast };
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
