/** From which peak to which trough a path fell, and when it was back. */

export interface Episode {
  /** The last place at the peak before the fall. */
  peak: number;
  /** The first place of the deepest value. */
  trough: number;
  /** The first place back at the peak's value or above; `null` while it is below. */
  recovery: number | null;
}

/** Returns chained down and up again miss the old peak by rounding: so near is at the peak. */
export function isLower(value: number, peak: number): boolean {
  return value < peak - 1e-12 * Math.abs(peak);
}

/** The deepest fall; `null` where nothing falls. */
export function deepest(falls: readonly number[]): Episode | null {
  const trough = falls.reduce((worst, fall, i) => (fall < (falls[worst] as number) ? i : worst), 0);
  if ((falls[trough] ?? 0) === 0) return null;
  const recovery = falls.indexOf(0, trough);
  return { peak: falls.lastIndexOf(0, trough), trough, recovery: recovery === -1 ? null : recovery };
}

/**
 * The longest time from a peak until the next higher one or the end, in the unit of `between` (Portfolio Performance:
 * a value equal to the peak ends nothing, and a path that only rises counts the time from value to value).
 */
export function longestBetweenPeaks(
  wealth: readonly number[],
  between: (from: number, to: number) => number,
): number {
  let peak = 0;
  let longest = 0;
  for (let i = 1; i < wealth.length; i += 1) {
    longest = Math.max(longest, between(peak, i));
    if (isLower(wealth[peak] as number, wealth[i] as number)) peak = i;
  }
  return longest;
}
