/** Small dense matrices as lists of rows: products, Cholesky's factor and what it solves. */

export type Vector = readonly number[];
export type Matrix = readonly Vector[];

export function dot(a: Vector, b: Vector): number {
  let total = 0;
  for (let i = 0; i < a.length; i += 1) total += (a[i] as number) * (b[i] as number);
  return total;
}

export function times(matrix: Matrix, vector: Vector): number[] {
  return matrix.map((row) => dot(row, vector));
}

/** x′Mx */
export function quadratic(matrix: Matrix, vector: Vector): number {
  return dot(vector, times(matrix, vector));
}

/** M + d on the diagonal, one for each row or the same for all. */
export function plusDiagonal(matrix: Matrix, diagonal: number | Vector): number[][] {
  return matrix.map((row, i) =>
    row.map(
      (value, j) =>
        value + (i === j ? (typeof diagonal === 'number' ? diagonal : (diagonal[i] as number)) : 0),
    ),
  );
}

/**
 * The lower factor L of M = LL′, or `null` where a pivot is not more than `tolerance` of its diagonal element: M is
 * singular to that tolerance, or not positive.
 */
export function cholesky(matrix: Matrix, tolerance = 0): number[][] | null {
  const lower: number[][] = [];
  for (const [i, row] of matrix.entries()) {
    const made: number[] = [];
    for (let j = 0; j < i; j += 1) {
      const other = lower[j] as number[];
      let value = row[j] as number;
      for (let k = 0; k < j; k += 1) value -= (made[k] as number) * (other[k] as number);
      made.push(value / (other[j] as number));
    }
    const pivot = made.reduce((left, value) => left - value * value, row[i] as number);
    if (!(pivot > tolerance * Math.abs(row[i] as number)) || pivot <= 0) return null;
    made.push(Math.sqrt(pivot));
    lower.push(made);
  }
  return lower;
}

/** x of LL′x = b. */
export function solveCholesky(lower: Matrix, right: Vector): number[] {
  const x: number[] = [...right];
  const n = x.length;
  const at = (i: number, j: number): number => (lower[i] as Vector)[j] as number;
  for (let i = 0; i < n; i += 1) {
    for (let k = 0; k < i; k += 1) x[i] = (x[i] as number) - at(i, k) * (x[k] as number);
    x[i] = (x[i] as number) / at(i, i);
  }
  for (let i = n - 1; i >= 0; i -= 1) {
    for (let k = i + 1; k < n; k += 1) x[i] = (x[i] as number) - at(k, i) * (x[k] as number);
    x[i] = (x[i] as number) / at(i, i);
  }
  return x;
}
