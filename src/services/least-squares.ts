/** Ordinary least squares by Householder's QR, which does not square the condition of the columns as normal equations do. */

export interface Fit {
  coefficients: number[];
  /** √ of the diagonal of (XᵀX)⁻¹; times the residual deviation it is the standard error. */
  spreads: number[];
  /** Sum of the squared residuals. */
  residual: number;
  /** R of X = QR, k × k, upper triangle. */
  triangle: number[][];
}

/** A column of which less than this share is new beside those before it is a combination of them. */
const dependent = 1e-10;

/** @param columns k lists of n ≥ k values @returns null where a column is a combination of the others */
export function leastSquares(columns: readonly (readonly number[])[], y: readonly number[]): Fit | null {
  const k = columns.length;
  const work = columns.map((column) => [...column]);
  const rhs = [...y];
  for (let j = 0; j < k; j += 1) {
    const column = work[j] as number[];
    const size = norm(columns[j] as number[]);
    const rest = norm(column, j);
    if (!(rest > dependent * size)) return null;
    const head = column[j] as number;
    const alpha = head > 0 ? -rest : rest;
    const mirror = column.slice(j);
    mirror[0] = head - alpha;
    const square = mirror.reduce((sum, value) => sum + value * value, 0);
    for (const target of [...work.slice(j), rhs]) reflect(target, mirror, square, j);
  }
  const triangle = work.map((_, row) => work.map((column, j) => (j < row ? 0 : (column[row] as number))));
  const inverse = invert(triangle);
  return {
    coefficients: inverse.map((row) => row.reduce((sum, value, j) => sum + value * (rhs[j] as number), 0)),
    spreads: inverse.map((row) => norm(row)),
    residual: rhs.slice(k).reduce((sum, value) => sum + value * value, 0),
    triangle,
  };
}

function norm(values: readonly number[], from = 0): number {
  let sum = 0;
  for (let i = from; i < values.length; i += 1) sum += (values[i] as number) ** 2;
  return Math.sqrt(sum);
}

/** Mirrors what `target` has from place `from` on. */
function reflect(target: number[], mirror: readonly number[], square: number, from: number): void {
  const dot = mirror.reduce((sum, value, i) => sum + value * (target[from + i] as number), 0);
  const factor = (2 * dot) / square;
  mirror.forEach((value, i) => {
    target[from + i] = (target[from + i] as number) - factor * value;
  });
}

/** Of an upper triangle. */
function invert(triangle: readonly (readonly number[])[]): number[][] {
  const k = triangle.length;
  const inverse = triangle.map((_, i) => triangle.map((__, j) => (i === j ? 1 : 0)));
  const at = (matrix: readonly (readonly number[])[], i: number, j: number): number =>
    matrix[i]?.[j] as number;
  for (let j = 0; j < k; j += 1) {
    for (let i = j; i >= 0; i -= 1) {
      let value = at(inverse, i, j);
      for (let m = i + 1; m <= j; m += 1) value -= at(triangle, i, m) * at(inverse, m, j);
      (inverse[i] as number[])[j] = value / at(triangle, i, i);
    }
  }
  return inverse;
}
