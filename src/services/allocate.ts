/**
 * Amounts for unknowns (funds, shares) so that target classes get their amounts: exposures · x = targets.
 * Least squares where not all can be met, least norm where several x are as good. A total is kept exactly: where the
 * classes leave room, the room is used; else only unknowns of classes that cannot all be met anyway take up the
 * difference, so what fits stays. The convention is that of Portfolio Performance's Rebalancer.
 */
import type { Exactness } from '../contract/decision-names';
import { Decimal, decimalText, type Numeric, roundMoney, sum } from './decimal';
import { dot, type Matrix, type Vector } from './matrix';
import { kernelOf, leastSquares } from './svd';
import { refuseArgument } from './invalid-argument';

export interface Allocation {
  /** Money, in the order of the unknowns. */
  amounts: string[];
  /** `inexact` where a class misses its amount, else `ambiguous` where other amounts do as well, else `exact`. */
  exactness: Exactness;
  by_unknown: Exactness[];
  /** exposures · x − targets: how far each class is off. */
  residuals: number[];
}

/** @throws EngineError ARGS_INVALID */
export function allocate(exposures: Matrix, targets: Vector, unknowns: number, total?: Numeric): Allocation {
  check(exposures, targets, unknowns);
  if (unknowns === 0 && total !== undefined && !new Decimal(total).isZero())
    refuseArgument('/total', 'there are no unknowns that could add up to it');
  const free = leastSquares(exposures, targets, unknowns);
  const wanted = total === undefined ? undefined : Number(total);
  const x = wanted === undefined ? free.x : keepTotal(exposures, targets, free.x, wanted);
  const scale = Math.max(1e-9, ...targets.map(Math.abs), ...x.map(Math.abs), Math.abs(wanted ?? 0));
  const residuals = exposures.map((row, i) => dot(row, x) - (targets[i] as number));
  const missed = residuals.map((value) => Math.abs(value) > 1e-9 * scale);
  const ones = new Array<number>(unknowns).fill(1);
  const kernel = kernelOf(wanted === undefined ? exposures : [...exposures, ones], unknowns);
  const by_unknown = x.map((_, j): Exactness => {
    if (exposures.some((row, i) => missed[i] && row[j] !== 0)) return 'inexact';
    return kernel.some((direction) => Math.abs(direction[j] as number) > 1e-9) ? 'ambiguous' : 'exact';
  });
  const exactness = missed.includes(true) ? 'inexact' : kernel.length > 0 ? 'ambiguous' : 'exact';
  return {
    amounts: toMoney(x, total),
    exactness,
    by_unknown,
    residuals: residuals.map((value, i) => (missed[i] ? value : 0)),
  };
}

function keepTotal(exposures: Matrix, targets: Vector, free: Vector, total: number): number[] {
  const everything = free.map((_, j) => j);
  const whole = constrained(exposures, targets, everything, free, total);
  const [before, after] = [free, whole].map((x) =>
    exposures.map((row, i) => dot(row, x) - (targets[i] as number)),
  );
  const scale = Math.max(1e-9, Math.abs(total), ...free.map(Math.abs), ...targets.map(Math.abs));
  const off = (values: Vector | undefined): boolean[] =>
    (values ?? []).map((value) => Math.abs(value) > 1e-9 * scale);
  const change = after?.some((value, i) => Math.abs(value - (before?.[i] as number)) > 1e-9 * scale);
  if (!change) return whole;
  const missed = off(before);
  const involved = everything.filter((j) => exposures.some((row, i) => missed[i] && row[j] !== 0));
  return involved.length === 0 ? whole : constrained(exposures, targets, involved, free, total);
}

/** Least squares in the unknowns `chosen`, the others as they are, all adding up to the total. */
function constrained(
  exposures: Matrix,
  targets: Vector,
  chosen: readonly number[],
  free: Vector,
  total: number,
): number[] {
  const isChosen = new Set(chosen);
  const rest = free.map((value, j) => (isChosen.has(j) ? 0 : value));
  const share = (total - rest.reduce((all, value) => all + value, 0)) / chosen.length;
  // x = share + z with Σz = 0: the mean taken off each row leaves what a z of that kind can do.
  const rows = exposures.map((row) => {
    const picked = chosen.map((j) => row[j] as number);
    const mean = picked.reduce((all, value) => all + value, 0) / chosen.length;
    return picked.map((value) => value - mean);
  });
  const start = free.map((_, j) => (isChosen.has(j) ? share : (rest[j] as number)));
  const right = exposures.map((row, i) => (targets[i] as number) - dot(row, start));
  const z = leastSquares(rows, right, chosen.length).x;
  chosen.forEach((j, k) => {
    start[j] = share + (z[k] as number);
  });
  return start;
}

/** Rounding's remainder goes to the largest amount, so the total is kept to the last digit. */
function toMoney(x: Vector, total: Numeric | undefined): string[] {
  const amounts = x.map((value) => roundMoney(new Decimal(value)));
  if (total !== undefined && amounts.length > 0) {
    const largest = amounts.reduce(
      (best, value, j) => (value.abs().gt((amounts[best] as Decimal).abs()) ? j : best),
      0,
    );
    amounts[largest] = (amounts[largest] as Decimal).plus(new Decimal(total).minus(sum(amounts)));
  }
  return amounts.map(decimalText);
}

function check(exposures: Matrix, targets: Vector, unknowns: number): void {
  if (exposures.length !== targets.length)
    refuseArgument(
      '/targets',
      `has ${String(targets.length)} amounts for ${String(exposures.length)} rows of exposures`,
    );
  exposures.forEach((row, i) => {
    if (row.length !== unknowns)
      refuseArgument(
        `/exposures/${String(i)}`,
        `has ${String(row.length)} shares for ${String(unknowns)} unknowns`,
      );
    if (!row.every(Number.isFinite))
      refuseArgument(`/exposures/${String(i)}`, 'holds a number that is too large');
  });
  if (!targets.every(Number.isFinite)) refuseArgument('/targets', 'holds a number that is too large');
}
