/**
 * Money in code. 40 significant digits, ties to even.
 * Amounts leave a service at 10 decimal places and exchange rates at 20: both far below a cent, so rounding to cents is
 * left to the display, and whoever multiplies the published figures arrives at the published value.
 */
import { Decimal as DecimalJs } from 'decimal.js';

export const Decimal = DecimalJs.clone({ precision: 40, rounding: DecimalJs.ROUND_HALF_EVEN });
export type Decimal = DecimalJs;
/** What a decimal can be made of. */
export type Numeric = DecimalJs.Value;

export const moneyPlaces = 10;
export const ratePlaces = 20;

/** Plain notation without exponent, trailing zeros or a negative zero: the wire's `DecimalString`. */
export function decimalText(value: Decimal): string {
  return value.isZero() ? '0' : value.toFixed();
}

/** An amount of money as it is published; the result is exact to the places it shows. */
export function roundMoney(value: Decimal): Decimal {
  return value.toDecimalPlaces(moneyPlaces);
}

export function sum(values: readonly Decimal[]): Decimal {
  return values.reduce((total, value) => total.plus(value), new Decimal(0));
}
