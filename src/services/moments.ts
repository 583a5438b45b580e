/** Moments of a list of numbers, in two passes (mean first) so that large means cost no digits. Empty lists: NaN. */

export function mean(values: readonly number[]): number {
  return total(values) / values.length;
}

/** A sum whose rounding errors are added up apart (Knuth's two-sum) and given back at the end. */
export function total(values: readonly number[]): number {
  let sum = 0;
  let lost = 0;
  for (const value of values) {
    const next = sum + value;
    const added = next - sum;
    lost += sum - (next - added) + (value - added);
    sum = next;
  }
  return Number.isFinite(lost) ? sum + lost : sum;
}

/** Σ(x − x̄)(y − ȳ). */
export function coMoment(xs: readonly number[], ys: readonly number[]): number {
  const meanX = mean(xs);
  const meanY = xs === ys ? meanX : mean(ys);
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
  let size = 0;
  for (const value of values) size = Math.max(size, Math.abs(value));
  return size;
}

/** What tells of a distribution's shape; of the population (PerformanceAnalytics, method "moment"). */
export interface Shape {
  mean: number;
  deviation: number;
  /** m₃/m₂^1.5. */
  skewness: number;
  /** m₄/m₂² − 3. */
  excess_kurtosis: number;
}

export function shapeOf(values: readonly number[]): Shape {
  const center = mean(values);
  const deviation = populationDeviation(values);
  const standard = values.map((value) => (value - center) / deviation);
  const squares = standard.map((value) => value * value);
  return {
    ...{ mean: center, deviation },
    skewness: mean(squares.map((square, i) => square * (standard[i] as number))),
    excess_kurtosis: mean(squares.map((square) => square * square)) - 3,
  };
}

/** The sample's: G₂ = ((n + 1)·g₂ + 6)·(n − 1)/((n − 2)(n − 3)), of four values or more (Excel `KURT`). */
export function sampleExcessKurtosis(excessKurtosis: number, n: number): number {
  return (((n + 1) * excessKurtosis + 6) * (n - 1)) / ((n - 2) * (n - 3));
}

/** Mean of |x − x̄|. */
export function meanAbsoluteDeviation(values: readonly number[]): number {
  const center = mean(values);
  return mean(values.map((value) => Math.abs(value - center)));
}
