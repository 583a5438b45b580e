/**
 * Exact decimals as scaled integers, for the loops over thousands of days where decimal.js takes twenty times as long.
 * A value with `n` places is the integer value × 10ⁿ; a product has the places of both factors together.
 */

/** Places of quantities, prices and cash as they are read. */
export const amountPlaces = 18;

/** 10ⁿ. */
export function powerOfTen(places: number): bigint {
  return (powers[places] ??= 10n ** BigInt(places));
}
const powers: bigint[] = [];

/** Reads a decimal text to 18 places; what is finer is rounded, ties to even. */
export function parseFixed(text: string): bigint {
  const point = text.indexOf('.');
  if (point < 0) return BigInt(text) * powerOfTen(amountPlaces);
  const decimals = text.length - point - 1;
  const digits = BigInt(text.slice(0, point) + text.slice(point + 1));
  return decimals <= amountPlaces
    ? digits * powerOfTen(amountPlaces - decimals)
    : divideFixed(digits, powerOfTen(decimals - amountPlaces));
}

/** The nearest integer to a quotient, ties to even; `divisor` is positive. */
export function divideFixed(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  const rest = dividend % divisor;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  if (twice < divisor || (twice === divisor && quotient % 2n === 0n)) return quotient;
  return dividend < 0n ? quotient - 1n : quotient + 1n;
}

/** The canonical decimal text. */
export function fixedText(value: bigint, places: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const fraction = digits.slice(digits.length - places).replace(/0+$/, '');
  return `${value < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** The nearest double, but for a relative error of 2⁻⁵². */
export function fixedNumber(value: bigint, places: number): number {
  return Number(value) / 10 ** places;
}
