/**
 * min ½ x′Px − c′x under linear equalities and inequalities: Goldfarb and Idnani (1983) as `quadprog` has it.
 * That method needs P positive definite. Where P is singular we take proximal steps, each a definite program:
 * x ← argmin ½ x′Px − c′x + ½ε|x − x_before|² (Rockafellar 1976), which end at an exact minimum.
 */
import { solveQP } from 'quadprog';
import { type Resolve, withRowsOf } from './active-rows';
import { cholesky, dot, type Matrix, plusDiagonal, type Vector } from './matrix';

/** a′x = b, or a′x ≥ b. */
export interface Row {
  a: Vector;
  b: number;
}

export interface Program {
  /** Symmetric, positive semidefinite, its elements around 1. */
  matrix: Matrix;
  linear?: Vector;
  equal: readonly Row[];
  atLeast: readonly Row[];
}

/** `isUnique` says whether no other x is as good; it is found out when it is asked, for that is as much work again. */
export type Minimum = { x: number[]; isUnique: () => boolean } | { reason: 'INFEASIBLE' };

const singularBelow = 1e-12;
const proximal = 1e-6;
const maxSteps = 100;
const noise = 1e-9;
const hair = 5e-11;

export function minimise(program: Program): Minimum {
  const n = program.matrix.length;
  const linear = program.linear ?? new Array<number>(n).fill(0);
  if (cholesky(program.matrix, singularBelow)) {
    const x = definite(program.matrix, linear, program);
    return x ? { x, isUnique: () => true } : { reason: 'INFEASIBLE' };
  }
  const first = proximalMinimum(program, linear, new Array<number>(n).fill(0));
  if (!first) return { reason: 'INFEASIBLE' };
  const isUnique = (): boolean => {
    // Where many x are best, another start ends at another of them.
    const second = proximalMinimum(program, linear, uneven(n));
    return first.every((value, i) => Math.abs(value - (second?.[i] ?? NaN)) <= 1e-6 * (1 + Math.abs(value)));
  };
  return { x: first, isUnique };
}

function proximalMinimum(program: Program, linear: Vector, start: Vector): number[] | null {
  const matrix = plusDiagonal(program.matrix, proximal);
  let x: Vector = start;
  let gap = Infinity;
  // The same rows bind in most steps as in the one before, which spares the search for them.
  let again: Resolve = () => null;
  for (let step = 0; step < maxSteps; step += 1) {
    const before = x;
    const pulled = linear.map((value, i) => value + proximal * (before[i] as number));
    let next = again(pulled);
    if (!next) {
      next = definite(matrix, pulled, program);
      if (!next) return null;
      again = withRowsOf(matrix, program, next);
    }
    x = next;
    const last = gap;
    gap = next.reduce(
      (most, value, i) => Math.max(most, Math.abs(value - (before[i] as number)) / (1 + Math.abs(value))),
      0,
    );
    // Below `noise` a step that is no smaller than the one before is rounding, and a hundred more would be as well.
    if (gap <= 1e-13 || (gap < noise && gap > last / 2)) break;
  }
  return [...x];
}

/** `null`: no x meets the constraints. Rounding may make a corner look empty, so that is tried again a hair wider. */
function definite(matrix: Matrix, linear: Vector, { equal, atLeast }: Program): number[] | null {
  const wider = atLeast.map(({ a, b }) => ({ a, b: b - hair * (1 + Math.abs(b)) }));
  return solved(matrix, linear, equal, atLeast) ?? solved(matrix, linear, equal, wider);
}

function solved(
  matrix: Matrix,
  linear: Vector,
  equal: readonly Row[],
  atLeast: readonly Row[],
): number[] | null {
  const answer = ask(matrix, linear, [...equal, ...atLeast], equal.length);
  const x = answer?.every(Number.isFinite) === false ? mirrored(matrix, linear, equal, atLeast) : answer;
  return x?.every(Number.isFinite) === true && isMet(x, equal, atLeast) ? x : null;
}

/** `null`: the solver says that nothing meets the constraints. */
function ask(matrix: Matrix, linear: Vector, rows: readonly Row[], equalities: number): number[] | null {
  const columns = linear.map((_, i) => fromOne(rows.map(({ a }) => a[i] as number)));
  const { solution, message } = solveQP(
    fromOne(matrix.map(fromOne)),
    fromOne(linear),
    fromOne(columns),
    fromOne(rows.map(({ b }) => b)),
    equalities,
  );
  return message === '' ? solution.slice(1) : null;
}

/**
 * The same program in other coordinates. Where many assets are alike (one correlation for all), what should be 0 in the
 * solver becomes a number so small that its square is 0, and 0/0 is no answer; seen in a mirror that stands askew to all
 * axes, nothing is that small.
 */
function mirrored(
  matrix: Matrix,
  linear: Vector,
  equal: readonly Row[],
  atLeast: readonly Row[],
): number[] | null {
  const normal = uneven(linear.length);
  const square = dot(normal, normal);
  const mirror = (x: Vector): number[] => {
    const share = (2 * dot(x, normal)) / square;
    return x.map((value, i) => value - share * (normal[i] as number));
  };
  const half = matrix.map(mirror);
  const turned = half.map((_, j) => mirror(half.map((row) => row[j] as number)));
  const rows = [...equal, ...atLeast].map(({ a, b }) => ({ a: mirror(a), b }));
  const found = ask(turned, mirror(linear), rows, equal.length);
  return found && mirror(found);
}

/** Numbers of which no two are alike. */
function uneven(n: number): number[] {
  return Array.from({ length: n }, (_, i) => ((i * 0.618034 + 0.3) % 1) - 0.5);
}

function isMet(x: Vector, equal: readonly Row[], atLeast: readonly Row[]): boolean {
  const gap = ({ a, b }: Row): number => (dot(a, x) - b) / (1 + Math.abs(b));
  return equal.every((row) => Math.abs(gap(row)) < 1e-7) && atLeast.every((row) => gap(row) > -1e-7);
}

/** `quadprog` counts from 1. */
function fromOne<T>(values: readonly T[]): T[] {
  return [undefined as T, ...values];
}
