/** What stands around a figure in its result: its period, its convention, its currency and why it is not available. */
import type { Explanation, Unit } from '../../contract/explanation';
import { valueAt } from './field-path';

type Json = Record<string, unknown>;

export interface Surroundings {
  period: Explanation['period'];
  convention: Explanation['convention'];
  /** Of an amount of money or a price. */
  currency: string | null;
  /** The code beside a figure that is null. */
  reason: string | null;
  /** Which row of a list it stands in, by the name that people know it by; `null`: in none. */
  row: string | null;
}

/** What rows are known by, the best name first. */
const rowNames = ['symbol', 'sector', 'name', 'currency', 'period', 'transaction_id', 'date'];

/** @param whole the result of the step, at whose `path` the figure stands */
export function surroundingsOf(
  whole: unknown,
  path: readonly string[],
  { unit, base }: { unit: Unit; base: string | null },
): Surroundings {
  // The nearest object first.
  const around = path
    .map((_, index) => valueAt(whole, path.slice(0, path.length - 1 - index)))
    .filter(isObject);
  const name = path.at(-1) ?? '';
  return {
    period: periodOf(around),
    convention: conventionOf(around),
    currency: unit === 'money' || unit === 'price' ? currencyOf(around, name, unit, base) : null,
    reason: valueAt(whole, path) === null ? reasonOf(around, path) : null,
    row: rowOf(whole, path),
  };
}

function periodOf(around: readonly Json[]): Explanation['period'] {
  const holder = around.find((one) => 'from' in one && ('to' in one || 'observations' in one));
  if (!holder) return null;
  const outer = around.at(-1) ?? holder;
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  const count = (value: unknown): number | null => (typeof value === 'number' ? value : null);
  return {
    from: text(holder['from']),
    // A part of a result may leave out what it shares with the whole.
    to: text(holder['to'] ?? outer['to']),
    days: count(holder['days']),
    observations: count(holder['observations']),
  };
}

function conventionOf(around: readonly Json[]): Explanation['convention'] {
  const found = around.map(({ convention }) => convention).find((one) => one !== undefined);
  if (typeof found === 'string') return { name: found };
  return isObject(found) ? found : null;
}

/** A quantity of cash is money of its currency. */
export function unitInRow(unit: Unit, whole: unknown, path: readonly string[]): Unit {
  const isCash = valueAt(whole, [...path.slice(0, -1), 'asset_class']) === 'cash';
  return unit === 'quantity' && isCash ? 'money' : unit;
}

/** Prices, cash and what is called local are in the row's own currency, all other money in base. */
function currencyOf(around: readonly Json[], name: string, unit: Unit, base: string | null): string | null {
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  const [row = {}] = around;
  if (unit === 'price' || /(^|_)local(_|$)|^quantity$/.test(name)) return text(row['currency']);
  const whole = around.at(-1) ?? {};
  return base ?? text(whole['base_currency']) ?? text(whole['currency']);
}

/** `reasons` beside the figure, else those further out that name what it is part of, else `reason`. */
function reasonOf(around: readonly Json[], path: readonly string[]): string | null {
  for (const [index, one] of around.entries()) {
    const { reasons } = one;
    const below = path.slice(path.length - 1 - index);
    // Members of an object may be named by their path, as `value_at_risk.historical`.
    // Or by one of the objects that it is in, as `taxes` for `lines.taxes.amount`.
    const names = [below.join('.'), ...(below.length > 1 ? below.slice(0, -1) : below)];
    const code = isObject(reasons) ? names.map((name) => reasons[name]).find(isText) : undefined;
    if (code !== undefined) return code;
  }
  const single = around[0]?.['reason'];
  return typeof single === 'string' ? single : null;
}

/** Why a list is empty, or an object without figures: the code that `reasons` around it gives, for itself or what holds it. */
export function reasonOfNone(data: unknown, path: readonly string[]): string | null {
  const around = path.map((_, index) => valueAt(data, path.slice(0, path.length - 1 - index))).filter(isObject);
  return around.length === 0 ? null : reasonOf(around, path);
} // prettier-ignore

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function rowOf(whole: unknown, path: readonly string[]): string | null {
  const at = path.findLastIndex((segment, index) => Array.isArray(valueAt(whole, path.slice(0, index))) && /^\d+$/.test(segment));
  const row = at < 0 ? undefined : valueAt(whole, path.slice(0, at + 1));
  if (!isObject(row)) return null;
  const name = rowNames.map((member) => row[member]).find((value) => typeof value === 'string');
  return typeof name === 'string' ? name : null;
} // prettier-ignore

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
