/** Arguments of the calculator may be numbers or decimal texts. */

export function numberOf(value: number | string): number;
export function numberOf(value: number | string | undefined): number | undefined;
export function numberOf(value: number | string | undefined): number | undefined {
  return value === undefined ? undefined : Number(value);
}

/** All of a row's numbers, by their names. */
export function numbersOf<T extends Record<string, number | string | undefined>>(
  row: T,
): { [K in keyof T]: Exclude<T[K], string> } {
  const entries = Object.entries(row).map(([name, value]) => [name, numberOf(value)]);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], string> };
}
