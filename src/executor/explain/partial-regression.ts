/**
 * Least squares told one factor at a time (Frisch and Waugh 1933): a coefficient is the covariance of the return with what the
 * other columns leave of its factor, over the square of that. A second way to `services/factor-regression`, not the same code.
 */

/** Of one column of the regression. */
export interface Coefficient {
  value: number;
  /** Coefficient over standard error; `null`: without a residual or without degrees of freedom there is none. */
  t_stat: number | null;
  /** Sum of what the others leave of the column × the return; and of its squares. */
  product: number;
  square: number;
}

export interface PartialRegression {
  alpha: Coefficient;
  betas: Coefficient[];
  r_squared: number | null;
}

/** `null`: a column is a combination of the others. */
export function partialRegression(y: readonly number[], factors: readonly (readonly number[])[]): PartialRegression | null {
  const columns = [y.map(() => 1), ...factors];
  const freedom = y.length - columns.length;
  if (freedom < 0) return null;
  const unexplained = leftOf(y, columns);
  const residual = dot(unexplained, unexplained);
  const isExact = residual <= 1e-26 * dot(y, y);
  const found: Coefficient[] = [];
  for (const [index, column] of columns.entries()) {
    const left = leftOf(column, columns.filter((_, other) => other !== index));
    const square = dot(left, left);
    if (square <= 1e-20 * dot(column, column)) return null;
    const product = dot(left, y);
    const value = product / square;
    const t_stat = isExact || freedom === 0 ? null : value / Math.sqrt(residual / freedom / square);
    found.push({ value, t_stat, product, square });
  }
  const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
  const spread = y.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const [alpha, ...betas] = found;
  return alpha ? { alpha, betas, r_squared: spread === 0 ? null : isExact ? 1 : 1 - residual / spread } : null;
} // prettier-ignore

/** What the others do not explain of a column, by taking out each at right angles to those before it. */
function leftOf(column: readonly number[], others: readonly (readonly number[])[]): number[] {
  const apart: (readonly number[])[] = [];
  for (const other of others) apart.push(without(without(other, apart), apart));
  return without(without(column, apart), apart);
}

/** Run twice, it leaves nothing that rounding kept. */
function without(column: readonly number[], apart: readonly (readonly number[])[]): number[] {
  let left = [...column];
  for (const other of apart) {
    const square = dot(other, other);
    const share = square === 0 ? 0 : dot(left, other) / square;
    left = left.map((value, row) => value - share * (other[row] as number));
  }
  return left;
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, row) => sum + value * (b[row] as number), 0);
}
