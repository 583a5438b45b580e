/** The optimiser's feasible set as rows of a quadratic program: budget, bounds, linear constraints. */
import { cholesky, dot, type Matrix, plusDiagonal, type Vector } from './matrix';
import type { Row } from './quadratic-program';
import { refuseArgument } from './invalid-argument';

/** `null`: no bound on that side. */
export type Pair = readonly [lower: number | null, upper: number | null];

/** Σ weights_i · w_i within limits. */
export interface LinearConstraint {
  weights: Vector;
  at_least?: number | undefined;
  at_most?: number | undefined;
  equals?: number | undefined;
}

export interface Problem {
  covariance: Matrix;
  /** Covariance with a mean variance of 1: tolerances then hold for daily and yearly figures alike. */
  scaled: Matrix;
  /** The budget Σw = 1 is the first. */
  equal: readonly Row[];
  atLeast: readonly Row[];
  isMet(weights: Vector): boolean;
  /** Rounding of the solver taken away: on the bounds, not a hair beside. */
  tidy(weights: Vector): number[];
}

/** Weights that near a bound are on it. */
const rounding = 1e-10;

interface Source {
  covariance: Matrix;
  expected_returns?: Vector | undefined;
  bounds: readonly Pair[];
  constraints: readonly LinearConstraint[];
}

export function problemOf({ covariance, bounds, constraints }: Source): Problem {
  const n = covariance.length;
  const mean = covariance.reduce((total, row, i) => total + (row[i] as number), 0) / n;
  const unit = (i: number, size: number): number[] =>
    Array.from({ length: n }, (_, j) => (i === j ? size : 0));
  const equal: Row[] = [{ a: new Array<number>(n).fill(1), b: 1 }];
  const atLeast: Row[] = [];
  // Without short positions no weight can pass 1, so such a row would only slow the solver.
  const longOnly = bounds.every(([lower]) => lower !== null && lower >= 0);
  bounds.forEach(([lower, upper], i) => {
    if (lower !== null && lower === upper) {
      equal.push({ a: unit(i, 1), b: lower });
      return;
    }
    if (lower !== null) atLeast.push({ a: unit(i, 1), b: lower });
    if (upper !== null && !(longOnly && upper >= 1)) atLeast.push({ a: unit(i, -1), b: -upper });
  });
  for (const { weights, at_least, at_most, equals } of constraints) {
    if (equals !== undefined) equal.push({ a: weights, b: equals });
    if (at_least !== undefined) atLeast.push({ a: weights, b: at_least });
    if (at_most !== undefined) atLeast.push({ a: weights.map((value) => -value), b: -at_most });
  }
  return {
    covariance,
    scaled: covariance.map((row) => row.map((value) => value / (mean || 1))),
    equal,
    atLeast,
    isMet: (weights) =>
      equal.every(({ a, b }) => Math.abs(dot(a, weights) - b) <= 1e-9) &&
      atLeast.every(({ a, b }) => dot(a, weights) - b >= -1e-9),
    tidy: (weights) => addingUp(weights.map((value, i) => onBound(value, bounds[i] as Pair))),
  };
}

function onBound(value: number, [lower, upper]: Pair): number {
  if (lower !== null && value < lower + rounding) return lower;
  if (upper !== null && value > upper - rounding) return upper;
  return Math.abs(value) < 1e-15 ? 0 : value;
}

/** What rounding left goes to the largest weight. */
function addingUp(weights: number[]): number[] {
  const rest = weights.reduce((left, value) => left - value, 1);
  const largest = weights.reduce((best, value, i) => (value > (weights[best] as number) ? i : best), 0);
  return weights.map((value, i) => (i === largest ? value + rest : value));
}

/** @throws EngineError ARGS_INVALID naming the place */
export function checkProblem({ covariance, expected_returns, bounds, constraints }: Source): void {
  const n = covariance.length;
  const check = (place: string, values: Vector): void => {
    if (values.length !== n)
      refuseArgument(place, `has ${String(values.length)} numbers, the covariance has ${String(n)} rows`);
    if (!values.every(Number.isFinite)) refuseArgument(place, 'holds a number that is too large');
  };
  covariance.forEach((row, i) => {
    check(`/covariance/${String(i)}`, row);
  });
  if (expected_returns) check('/expected_returns', expected_returns);
  if (bounds.length !== n)
    refuseArgument('/bounds', `has ${String(bounds.length)} pairs, the covariance has ${String(n)} rows`);
  bounds.forEach(([lower, upper], i) => {
    if (lower !== null && upper !== null && lower > upper)
      refuseArgument(`/bounds/${String(i)}`, 'has its lower bound above its upper');
  });
  constraints.forEach(({ weights, at_least, at_most, equals }, i) => {
    check(`/constraints/${String(i)}/weights`, weights);
    if (at_least === undefined && at_most === undefined && equals === undefined)
      refuseArgument(`/constraints/${String(i)}`, 'says neither at_least, at_most nor equals');
  });
  const largest = Math.max(...covariance.flatMap((row) => row.map(Math.abs)), 0);
  covariance.forEach((row, i) => {
    row.forEach((value, j) => {
      if (Math.abs(value - ((covariance[j] as Vector)[i] as number)) > 1e-9 * largest)
        refuseArgument(`/covariance/${String(i)}/${String(j)}`, 'is not symmetric');
    });
  });
  if (largest > 0 && !cholesky(plusDiagonal(covariance, 1e-8 * largest)))
    refuseArgument(
      '/covariance',
      'is not positive semidefinite: some portfolio would have a negative variance',
    );
}
