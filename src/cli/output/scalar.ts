/** JSON values as short text, in one line. */

export type Json = Record<string, unknown>;

/** Numbers are rounded for reading; outside of tables decimals, which are text, keep every digit. */
export function scalar(value: unknown): string {
  if (value === undefined) return '';
  if (value === null) return '–';
  if (typeof value === 'number' && !Number.isInteger(value)) return rounded(value);
  if (isObject(value) && typeof value['$schema'] === 'string') return 'a chart';
  return typeof value === 'string' ? value.replaceAll(/\s+/g, ' ') : JSON.stringify(value);
}

export function rounded(value: number): string {
  const size = Math.abs(value);
  return size >= 1e-4 && size < 1e15 ? String(Number(value.toFixed(6))) : value.toPrecision(4);
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isEmpty(value: unknown): boolean {
  return value === undefined || (isObject(value) && Object.keys(value).length === 0);
}
