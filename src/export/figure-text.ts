/** Figures as a reader wants them: grouped thousands, percent, the reason where there is none. The same in every language of a machine. */
import { Decimal } from 'decimal.js';

type Reasons = Readonly<Record<string, string>>;

/** `n/a`, and why: `n/a (no quote)`. */
export function missingText(reasons: Reasons = {}, ...names: string[]): string {
  const code = names.map((name) => reasons[name]).find((found) => found !== undefined);
  return code === undefined ? 'n/a' : `n/a (${code.toLowerCase().replaceAll('_', ' ')})`;
}

/** A decimal text or a number with so many places and grouped thousands; `null` stays `null`. */
export function grouped(value: string | number | null | undefined, places = 2): string | null {
  if (value === null || value === undefined) return null;
  const [whole = '', part] = new Decimal(value).toFixed(places).split('.');
  const text = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const shown = part === undefined ? text : `${text}.${part}`;
  return /^-[0,.]+$/.test(shown) ? shown.slice(1) : shown;
}

/** A quantity: as many places as it has, at most six. */
export function quantityText(value: string | null): string | null {
  if (value === null) return null;
  return grouped(value, Math.min(6, new Decimal(value).decimalPlaces()));
}

/** A fraction as percent. */
export function percentText(fraction: number | null | undefined, places = 2): string | null {
  const text = grouped(fraction === null || fraction === undefined ? null : fraction * 100, places);
  return text === null ? null : `${text} %`;
}
