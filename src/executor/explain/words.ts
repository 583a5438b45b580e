/** Numbers and names as a portfolio manager reads them. Rounded for reading only; what counts stands beside them in full. */
import type { Unit } from '../../contract/explanation';
import { Decimal, type Numeric } from '../../services/decimal';

const minus = '−';

/** `1234567.891` as `1,234,567.89`. */
export function amountText(value: Numeric, places = 2): string {
  const [whole = '0', fraction] = new Decimal(value).abs().toFixed(places, Decimal.ROUND_HALF_UP).split('.');
  const digits = `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${fraction === undefined ? '' : `.${fraction}`}`;
  return new Decimal(value).isNegative() && /[1-9]/.test(digits) ? `${minus}${digits}` : digits;
}

/** With the places it has, thousands apart: quantities, prices. At least `least` places. */
export function exactText(value: Numeric, least = 0): string {
  return amountText(value, Math.min(10, Math.max(least, new Decimal(value).decimalPlaces())));
}

/** At least two places, as prices are read; more only where the price has them. */
export function priceText(value: Numeric): string {
  return exactText(value, 2);
}

/** Six significant digits, as rates are quoted. */
export function rateText(value: Numeric): string {
  return new Decimal(value).toSignificantDigits(6).toFixed();
}

/** A fraction as a percentage: `0.0812` is `8.12 %`. What two places would show as nothing has more. */
export function percentText(fraction: number): string {
  const size = Math.abs(fraction * 100);
  const places = size === 0 || size >= 0.01 ? 2 : Math.min(10, 1 - Math.floor(Math.log10(size)));
  const text = size.toFixed(places);
  return `${fraction < 0 && /[1-9]/.test(text) ? minus : ''}${text} %`;
}

/** `+ 8.12 %` or `− 0.66 %`, to stand inside a product of (1 + r). */
export function signedPercent(fraction: number): string {
  return fraction < 0 ? percentText(fraction).replace(minus, `${minus} `) : `+ ${percentText(fraction)}`;
}

/** `252 daily returns linked: (1 + 0.12 %)(1 − 0.34 %)…(1 + 0.05 %) − 1 = 8.10 %`. */
export function chainWords(returns: readonly number[], result: number): string {
  const factors = returns.map((value) => `(1 ${signedPercent(value)})`);
  const [first = '', second = ''] = factors;
  const shown = factors.length <= 4 ? factors.join('') : `${first}${second}…${factors.at(-1) ?? ''}`;
  return `${countText(returns.length, 'daily return')} linked: ${shown} − 1 = ${percentText(result)}`;
}

export function figureText(value: unknown, unit: Unit, currency: string | null): string {
  if (value === null) return 'not available';
  const unitName = currency === null ? '' : ` ${currency}`;
  if (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)) {
    if (unit === 'money') return `${amountText(value)}${unitName}`;
    if (unit === 'price') return `${priceText(value)}${unitName}`;
    if (unit === 'exchange_rate') return rateText(value);
    return exactText(value);
  }
  if (typeof value !== 'number') return typeof value === 'string' ? value : JSON.stringify(value);
  if (unit === 'fraction') return percentText(value);
  if (unit === 'basis_points') return `${numberText(value)} basis points`;
  if (unit === 'days') return countText(value, 'day');
  return numberText(value);
}

export function countText(count: number, noun: string): string {
  return `${amountText(count, 0)} ${noun}${count === 1 ? '' : 's'}`;
}

/** Up to six significant digits, without an exponent where that is readable. */
function numberText(value: number): string {
  if (Number.isInteger(value)) return amountText(value, 0);
  const rounded = Number(value.toPrecision(6));
  const size = Math.abs(rounded);
  const text =
    size !== 0 && (size < 1e-6 || size >= 1e15) ? rounded.toExponential() : new Decimal(rounded).toFixed();
  return text.replace('-', minus);
}

/** `a`, `a and b`, `a, b and c`. */
export function listText(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;
}

/** A ledger commit or a digest, as much of it as tells it apart. */
export function shortHash(hash: string): string {
  const [, prefix = '', digits = hash] = /^(sha256:)?(.*)$/.exec(hash) ?? [];
  return `${prefix}${digits.slice(0, 12)}`;
}
