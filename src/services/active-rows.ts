/**
 * A quadratic program again, with another linear term: where the same rows bind as before, its minimum is the answer of a
 * few linear equations. Whether they still bind is checked by the conditions of Karush, Kuhn and Tucker.
 */
import { cholesky, dot, type Matrix, solveCholesky, times, type Vector } from './matrix';
import type { Row } from './quadratic-program';

/** So near to its bound a row binds. */
const near = 1e-10;
const wrongSign = 1e-9;
const missed = 1e-12;

interface Rows {
  equal: readonly Row[];
  atLeast: readonly Row[];
}

/** The minimum of ½x′Mx − c′x for a c, or `null` where other rows bind there, or rows that depend on each other. */
export type Resolve = (linear: Vector) => number[] | null;

/** @param matrix M, positive definite @param x where the rows that bind are read */
export function withRowsOf(matrix: Matrix, { equal, atLeast }: Rows, x: Vector): Resolve {
  const binding = atLeast.filter(({ a, b }) => dot(a, x) - b <= near * (1 + Math.abs(b)));
  const fixed = new Map<number, number>();
  const general: Row[] = [];
  for (const row of [...equal, ...binding]) {
    const at = onlyPlace(row.a);
    if (at === null) general.push(row);
    else fixed.set(at, row.b / (row.a[at] as number));
  }
  const free = x.flatMap((_, i) => (fixed.has(i) ? [] : [i]));
  const pick = (vector: Vector): number[] => free.map((i) => vector[i] as number);
  const inner = cholesky(free.map((i) => pick(matrix[i] as Vector)));
  const sides = general.map(({ a }) => pick(a));
  const solved = inner && sides.map((side) => solveCholesky(inner, side));
  const outer =
    solved &&
    cholesky(
      sides.map((side) => solved.map((one) => dot(side, one))),
      1e-9,
    );
  if (!inner || !outer) return () => null;
  const start = x.map((_, i) => fixed.get(i) ?? 0);
  const ofFixed = times(matrix, start);

  return (linear) => {
    const right = free.map((i) => (linear[i] as number) - (ofFixed[i] as number));
    const without = solveCholesky(inner, right);
    const short = general.map(({ a, b }, k) => b - dot(a, start) - dot(sides[k] as Vector, without));
    const pulls = solveCholesky(outer, short);
    const found = [...start];
    free.forEach((i, at) => {
      found[i] = solved.reduce(
        (sum, one, k) => sum + (pulls[k] as number) * (one[at] as number),
        without[at] as number,
      );
    });
    const gradient = times(matrix, found).map(
      (value, i) =>
        value -
        (linear[i] as number) -
        general.reduce((sum, { a }, k) => sum + (pulls[k] as number) * (a[i] as number), 0),
    );
    const pullOf = (row: Row): number => {
      const at = onlyPlace(row.a);
      return at === null
        ? (pulls[general.indexOf(row)] as number)
        : (gradient[at] as number) / (row.a[at] as number);
    };
    const holds = atLeast.every(({ a, b }) => dot(a, found) - b >= -missed * (1 + Math.abs(b)));
    const isMet = equal.every(({ a, b }) => Math.abs(dot(a, found) - b) <= near * (1 + Math.abs(b)));
    return holds && isMet && binding.every((row) => pullOf(row) >= -wrongSign) ? found : null;
  };
}

/** Where a row's only coefficient stands; `null`: it has several, or none. */
function onlyPlace(a: Vector): number | null {
  const first = a.findIndex((value) => value !== 0);
  return first >= 0 && a.every((value, i) => value === 0 || i === first) ? first : null;
}
