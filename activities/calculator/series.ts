/** Series of numbers or decimal texts, and numbers that must lie in a range, as the services take them. */
import { EngineError } from '../../src/contract/errors';
import { numberOf } from './numbers';

type Given = number | string;

export function seriesOf(values: readonly (Given | null)[]): (number | null)[];
export function seriesOf(values: readonly (Given | null)[] | undefined): (number | null)[] | undefined;
export function seriesOf(values: readonly (Given | null)[] | undefined): (number | null)[] | undefined {
  return values?.map((value) => (value === null ? null : Number(value)));
}

/** One number for all periods, or a series. */
export function perPeriod(
  value: Given | readonly (Given | null)[] | undefined,
): number | (number | null)[] | undefined {
  return typeof value === 'object' ? seriesOf(value) : numberOf(value);
}

export function byName<T, R>(values: Readonly<Record<string, T>>, of: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, of(value)]));
}

/** A share, also when it came as text. @throws EngineError ARGS_INVALID */
export function shareOf(value: Given | undefined, name: string): number | undefined {
  const share = numberOf(value);
  if (share === undefined || (share >= 0 && share <= 1)) return share;
  throw new EngineError('ARGS_INVALID', `/${name} is ${String(value)}: give a share from 0 to 1, e.g. 0.95.`);
}

/** @throws EngineError ARGS_INVALID */
export function yearOf(value: Given | undefined): number | undefined {
  const periods = numberOf(value);
  if (periods === undefined || periods > 0) return periods;
  throw new EngineError('ARGS_INVALID', `/periods_per_year is ${String(value)}: give more than 0, e.g. 252.`);
}
