/** Moments of a list of numbers, in two passes (mean first) so that large means cost no digits. Empty lists: NaN. */

export function mean(values: readonly number[]): number {
  return total(values) / values.length;
}

/** Neumaier's sum: what a small summand loses to a large total is kept apart and added at the end. */
export function total(values: readonly number[]): number {
  let sum = 0;
  let lost = 0;
  for (const value of values) {
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return Number.isFinite(lost) ? sum + lost : sum;
}

/** Σ(x − x̄)(y − ȳ). */
export function coMoment(xs: readonly number[], ys: readonly number[]): number {
  const [meanX, meanY] = [mean(xs), mean(ys)];
  return total(xs.map((x, i) => (x - meanX) * ((ys[i] as number) - meanY)));
}

/** Sample deviation √(Σ(x − x̄)²/(n − 1)); exactly 0 where all values are the same but for rounding. */
export function sampleDeviation(values: readonly number[]): number {
  return isConstant(values) ? 0 : Math.sqrt(coMoment(values, values) / (values.length - 1));
}

/** Population deviation √(Σ(x − x̄)²/n); exactly 0 where all values are the same but for rounding. */
export function populationDeviation(values: readonly number[]): number {
  return isConstant(values) ? 0 : Math.sqrt(coMoment(values, values) / values.length);
}

/** Whether values differ by no more than what rounding leaves of numbers as large as `scale`. */
export function isConstant(values: readonly number[], scale = largest(values)): boolean {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return values.length === 0 || high - low <= 1e-14 * scale;
}

/** The largest size. */
export function largest(values: readonly number[]): number {
  return values.reduce((size, value) => Math.max(size, Math.abs(value)), 0);
}

/** Population skewness m₃/m₂^1.5 (PerformanceAnalytics `skewness`, method "moment"). */
export function skewness(values: readonly number[]): number {
  return standardMoment(values, 3);
}

/** Population excess kurtosis m₄/m₂² − 3. */
export function excessKurtosis(values: readonly number[]): number {
  return standardMoment(values, 4) - 3;
}

/** The sample's: G₂ = ((n + 1)·g₂ + 6)·(n − 1)/((n − 2)(n − 3)), of four values or more (Excel `KURT`). */
export function sampleExcessKurtosis(values: readonly number[]): number {
  const n = values.length;
  return (((n + 1) * excessKurtosis(values) + 6) * (n - 1)) / ((n - 2) * (n - 3));
}

function standardMoment(values: readonly number[], order: number): number {
  const center = mean(values);
  const deviation = populationDeviation(values);
  return mean(values.map((value) => ((value - center) / deviation) ** order));
}

/** Mean of |x − x̄|. */
export function meanAbsoluteDeviation(values: readonly number[]): number {
  const center = mean(values);
  return mean(values.map((value) => Math.abs(value - center)));
}
