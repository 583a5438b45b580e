/**
 * Singular values by one-sided Jacobi rotations (Hestenes 1958), and the least-squares solution of minimum norm from
 * them. Meant for some hundred columns.
 */
import { dot, type Matrix, type Vector } from './matrix';

interface Singular {
  /** u_k σ_k as rows. */
  left: number[][];
  /** v_k as rows. */
  right: number[][];
  /** σ_k, in no order. */
  values: number[];
}

export interface LeastSquares {
  /** Of all x with the least |Ax − b|, the one with the least |x|. */
  x: number[];
  /** Directions in which x may move without changing Ax: an orthonormal basis. */
  kernel: number[][];
}

export function leastSquares(matrix: Matrix, right: Vector, columns: number): LeastSquares {
  const { left, right: basis, values } = decompose(matrix, columns);
  const floor = Math.max(0, ...values) * Math.max(matrix.length, columns) * 2 ** -46;
  const x = new Array<number>(columns).fill(0);
  const kernel: number[][] = [];
  values.forEach((value, k) => {
    const direction = basis[k] as number[];
    if (value <= floor) {
      kernel.push(direction);
      return;
    }
    const part = dot(left[k] as number[], right) / (value * value);
    for (let j = 0; j < columns; j += 1) x[j] = (x[j] as number) + part * (direction[j] as number);
  });
  return { x, kernel };
}

export function kernelOf(matrix: Matrix, columns: number): number[][] {
  const zeros = new Array<number>(matrix.length).fill(0);
  return leastSquares(matrix, zeros, columns).kernel;
}

function decompose(matrix: Matrix, columns: number): Singular {
  const left = Array.from({ length: columns }, (_, j) => matrix.map((row) => row[j] as number));
  const right = Array.from({ length: columns }, (_, j) =>
    Array.from({ length: columns }, (_unused, k) => (j === k ? 1 : 0)),
  );
  return { left, right, values: orthogonaliseAll(left, right) };
}

/** Of a square or tall matrix, by its columns; of a square one its rows do as well. In no order. */
export function singularValues(columns: readonly Vector[]): number[] {
  return orthogonaliseAll(
    columns.map((column) => [...column]),
    columns.map(() => []),
  );
}

/** Turns all columns until they are orthogonal. @returns their sizes, which are the singular values */
function orthogonaliseAll(left: number[][], right: number[][]): number[] {
  for (let sweep = 0; sweep < 60; sweep += 1) {
    let turned = false;
    for (let p = 0; p < left.length; p += 1) {
      for (let q = p + 1; q < left.length; q += 1) {
        turned = orthogonalise(left, right, p, q) || turned;
      }
    }
    if (!turned) break;
  }
  return left.map((column) => Math.sqrt(dot(column, column)));
}

/** Turns two columns until they are orthogonal. @returns whether they were not */
function orthogonalise(left: number[][], right: number[][], p: number, q: number): boolean {
  const [a, b] = [left[p] as number[], left[q] as number[]];
  const [alpha, beta, gamma] = [dot(a, a), dot(b, b), dot(a, b)];
  if (Math.abs(gamma) <= 1e-15 * Math.sqrt(alpha * beta) || gamma === 0) return false;
  const zeta = (beta - alpha) / (2 * gamma);
  const t = (zeta >= 0 ? 1 : -1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
  const cosine = 1 / Math.sqrt(1 + t * t);
  turn(a, b, cosine, cosine * t);
  turn(right[p] as number[], right[q] as number[], cosine, cosine * t);
  return true;
}

function turn(a: number[], b: number[], cosine: number, sine: number): void {
  for (let i = 0; i < a.length; i += 1) {
    const [x, y] = [a[i] as number, b[i] as number];
    a[i] = cosine * x - sine * y;
    b[i] = sine * x + cosine * y;
  }
}
