/** Whether a figure that was computed again is the stored one. */
import type { Unit } from '../../contract/explanation';
import { Decimal } from '../../services/decimal';

/** Decimals to the last digit; numbers within a relative 1e-9, as two ways to one figure round differently. */
export function isSameFigure(left: unknown, right: unknown, unit: Unit): boolean {
  if (typeof left === 'number' && typeof right === 'number') {
    const least = unit === 'basis_points' ? 1e-8 : 1e-12;
    return Math.abs(left - right) <= Math.max(least, 1e-9 * Math.max(Math.abs(left), Math.abs(right)));
  }
  const decimal = /^-?\d+(\.\d+)?$/;
  if (typeof left === 'string' && typeof right === 'string' && decimal.test(left) && decimal.test(right)) {
    return new Decimal(left).equals(right);
  }
  return JSON.stringify(left) === JSON.stringify(right);
}
