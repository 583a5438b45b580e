/** Series that belong together, place by place; `null` is a gap, where there was no observation. */
import { EngineError } from '../contract/errors';

export type Series = readonly (number | null)[];

/** One value for each of `length` places. @throws EngineError ARGS_INVALID for a series of another length */
export function spread(value: number | Series, length: number, name: string): Series {
  if (typeof value === 'number') return new Array<number>(length).fill(value);
  return sameLength(value, length, name);
}

/** @throws EngineError ARGS_INVALID */
export function sameLength(values: Series, length: number, name: string): Series {
  if (values.length === length) return values;
  const has = `/${name} has ${String(values.length)} values, /returns has ${String(length)}`;
  throw new EngineError('ARGS_INVALID', `${has}: give one for each return, null where there is none.`);
}

/** The values that are there. */
export function present(values: Series): number[] {
  return values.filter((value) => value !== null);
}

/** The places at which every series has a value: a list for each series, all of one length. */
export function paired<const S extends readonly Series[]>(...series: S): { [K in keyof S]: number[] } {
  const lists = series.map((): number[] => []);
  for (let i = 0; i < (series[0]?.length ?? 0); i += 1) {
    const row = series.map((values) => values[i] ?? null);
    if (row.every((value) => value !== null)) row.forEach((value, k) => lists[k]?.push(value));
  }
  return lists as { [K in keyof S]: number[] };
}
