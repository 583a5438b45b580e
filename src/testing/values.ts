/** Comparing and writing the values of a test. */
import { canonicalJson } from '../canonical';

/** Whether two JSON values are equal; `undefined` is equal to itself alone. */
export function same(a: unknown, b: unknown): boolean {
  if (a === undefined || b === undefined) return a === b;
  return canonicalJson(a) === canonicalJson(b);
}

/** Milliseconds as an ISO 8601 duration. */
export function toDuration(milliseconds: number): string {
  const hours = Math.floor(milliseconds / 3_600_000);
  const minutes = Math.floor((milliseconds % 3_600_000) / 60_000);
  const seconds = (milliseconds % 60_000) / 1000;
  const parts = [
    hours > 0 ? `${String(hours)}H` : '',
    minutes > 0 ? `${String(minutes)}M` : '',
    seconds > 0 || milliseconds < 1 ? `${String(seconds)}S` : '',
  ];
  return `PT${parts.join('')}`;
}

/** JSON to read: indented, members in the order of their names. */
export function sortedJson(value: unknown): string {
  return JSON.stringify(JSON.parse(canonicalJson(value ?? null)), null, 2);
}
