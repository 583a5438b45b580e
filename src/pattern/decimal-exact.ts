/**
 * Exact decimals of expressions: what `decimal()` gives, and what can be done with it.
 *
 * `+`, `-` and `*` lose no digit; `/` rounds to 34 significant digits, ties to even. Trailing zeros are dropped.
 */
import { Decimal } from 'decimal.js';
import { EngineError } from '../contract/errors';

const maximumDigits = 1000;
const plain = { rounding: Decimal.ROUND_HALF_EVEN, toExpNeg: -9e15, toExpPos: 9e15 } as const;
// Clones: the settings of the global constructor belong to nobody.
const Exact = Decimal.clone({ ...plain, precision: 1e9 });
const Quotient = Decimal.clone({ ...plain, precision: 34 });

export type { Decimal };

export function isDecimal(value: unknown): value is Decimal {
  return typeof value === 'object' && value !== null && Exact.isDecimal(value);
}

/** Of DecimalString text or a JSON number; `null` when it is neither. @throws EngineError LIMIT_EXCEEDED */
export function toDecimal(value: unknown): Decimal | null {
  if (isDecimal(value)) return value;
  if (typeof value === 'number') return Number.isFinite(value) ? new Exact(String(value)) : null;
  if (typeof value !== 'string') return null;
  if (value.length > maximumDigits + 2) throw tooLong();
  return /^-?(0|[1-9][0-9]*)(\.[0-9]+)?$/.test(value) ? bounded(new Exact(value)) : null;
}

/** As DecimalString requires it: no exponent, no "-0". */
export function decimalText(value: Decimal): string {
  return value.isZero() ? '0' : value.toFixed();
}

/** `null` for a division by zero. @throws EngineError LIMIT_EXCEEDED */
export function calculate(operator: '+' | '-' | '*' | '/', a: Decimal, b: Decimal): Decimal | null {
  switch (operator) {
    case '+':
      return bounded(new Exact(a).plus(b));
    case '-':
      return bounded(new Exact(a).minus(b));
    case '*':
      return bounded(new Exact(a).times(b));
    case '/':
      return b.isZero() ? null : bounded(new Exact(new Quotient(a).dividedBy(b)));
  }
}

/** To so many places after the point, ties to even. */
export function roundDecimal(value: Decimal, places: number): Decimal {
  return value.toDecimalPlaces(places, Decimal.ROUND_HALF_EVEN);
}

/** Without a bound a few multiplications of long texts would stop the worker. */
function bounded(value: Decimal): Decimal {
  const digits = Math.max(value.e, 0) + 1 + value.decimalPlaces();
  if (digits > maximumDigits) throw tooLong();
  return value;
}

function tooLong(): EngineError {
  return new EngineError('LIMIT_EXCEEDED', `a decimal may have ${String(maximumDigits)} digits`);
}
