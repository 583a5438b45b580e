/** Arguments of the calculator may be numbers or decimal texts. */

export function numberOf(value: number | string): number;
export function numberOf(value: number | string | undefined): number | undefined;
export function numberOf(value: number | string | undefined): number | undefined {
  return value === undefined ? undefined : Number(value);
}
