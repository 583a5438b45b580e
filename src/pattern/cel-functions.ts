/** The functions of expressions. Nothing else can be called: no clock, no chance, no regular expressions. */
import { CelFailure, kindInWords, show } from './cel-failure';
import { compare } from './cel-operators';
import { type Decimal, decimalText, isDecimal, roundDecimal, toDecimal } from './decimal-exact';

interface CelFunction {
  /** How it is written: `f(x)`, `x.f()`, or both. */
  form: 'function' | 'method' | 'both';
  /** How many arguments, the receiver included. */
  arity: [least: number, most: number];
  run: (...args: unknown[]) => unknown;
}

const functions: Record<string, CelFunction> = {
  size: { form: 'both', arity: [1, 1], run: sizeOf },
  dyn: { form: 'function', arity: [1, 1], run: (value) => value },
  string: { form: 'function', arity: [1, 1], run: toText },
  double: { form: 'function', arity: [1, 1], run: toNumber },
  int: { form: 'function', arity: [1, 1], run: (value) => whole(Math.trunc(toNumber(value)), value) },
  bool: { form: 'function', arity: [1, 1], run: toBool },
  decimal: { form: 'function', arity: [1, 1], run: decimalOf },
  abs: { form: 'function', arity: [1, 1], run: (value) => (isDecimal(value) ? value.abs() : Math.abs(number(value))) },
  round: { form: 'function', arity: [1, 2], run: round },
  min: { form: 'function', arity: [1, 32], run: (...values) => extreme(values, '<') },
  max: { form: 'function', arity: [1, 32], run: (...values) => extreme(values, '>') },
  contains: { form: 'method', arity: [2, 2], run: (a, b) => text(a).includes(text(b)) },
  startsWith: { form: 'method', arity: [2, 2], run: (a, b) => text(a).startsWith(text(b)) },
  endsWith: { form: 'method', arity: [2, 2], run: (a, b) => text(a).endsWith(text(b)) },
  lowerAscii: { form: 'method', arity: [1, 1], run: (a) => text(a).replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase()) },
  upperAscii: { form: 'method', arity: [1, 1], run: (a) => text(a).replaceAll(/[a-z]+/g, (letters) => letters.toUpperCase()) },
  trim: { form: 'method', arity: [1, 1], run: (a) => text(a).trim() },
  split: { form: 'method', arity: [2, 2], run: (a, by) => text(a).split(text(by)) },
  join: { form: 'method', arity: [1, 2], run: (list, by = '') => texts(list).join(text(by)) },
}; // prettier-ignore

const absent: Record<string, string> = {
  matches: 'regular expressions are not allowed; use contains(), startsWith() or endsWith()',
  timestamp: 'there are no timestamps here; dates and UTC moments of one form compare as texts',
  duration: 'there are no durations here',
  bytes: 'there are no bytes here',
  uint: 'there are no unsigned integers here; use int()',
  type: 'there are no types as values here',
};

/** What is wrong with calling it so, or `null`. The receiver counts as an argument. */
export function checkCall(name: string, method: boolean, count: number): string | null {
  const found = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (!found) {
    if (Object.hasOwn(absent, name)) return absent[name] ?? null;
    return `there is no ${name}(); there are ${Object.keys(functions).join(', ')}, has, all, exists, exists_one, filter, map`;
  }
  const { form, arity } = found;
  if (form !== 'both' && (form === 'method') !== method)
    return method ? `${name}() is written ${name}(x)` : `${name}() is written x.${name}()`;
  const taken = method ? arity.map((n) => n - 1) : arity;
  if (count < arity[0] || count > arity[1])
    return `${name}() takes ${[...new Set(taken)].join(' to ')} argument${taken[1] === 1 ? '' : 's'}`;
  return null;
}

/** @throws CelFailure when the arguments are not what it takes, EngineError LIMIT_EXCEEDED */
export function callFunction(name: string, args: unknown[]): unknown {
  const found = functions[name];
  if (!found) throw new CelFailure(`there is no ${name}()`);
  return found.run(...args);
}

/** A text's size is its number of characters, not of UTF-16 units. */
function sizeOf(value: unknown): number {
  if (typeof value === 'string') return [...value].length;
  if (Array.isArray(value)) return value.length;
  if (typeof value === 'object' && value !== null && !isDecimal(value)) return Object.keys(value).length;
  throw new CelFailure(`size() of ${kindInWords(value)} is not defined`);
}

function toText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (isDecimal(value)) return decimalText(value);
  throw new CelFailure(`string() of ${kindInWords(value)} is not defined`);
}

function toNumber(value: unknown): number {
  if (typeof value === 'number') return value;
  if (isDecimal(value)) return value.toNumber();
  if (typeof value === 'string' && /^[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$/.test(value))
    return Number(value);
  throw new CelFailure(`${show(value)} is no number`);
}

function whole(value: number, from: unknown): number {
  if (Number.isSafeInteger(value)) return value === 0 ? 0 : value;
  throw new CelFailure(`int(${show(from)}) is out of range`);
}

function toBool(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  if (['1', 't', 'true', 'TRUE', 'True'].includes(value as string)) return true;
  if (['0', 'f', 'false', 'FALSE', 'False'].includes(value as string)) return false;
  throw new CelFailure(`${show(value)} is neither true nor false`);
}

function decimalOf(value: unknown): Decimal {
  const found = toDecimal(value);
  if (found) return found;
  throw new CelFailure(`decimal(${show(value)}): that is no decimal such as "1234.50"`);
}

function round(value: unknown, places: unknown = 0): unknown {
  const count = number(places);
  if (!Number.isInteger(count) || count < 0 || count > 100)
    throw new CelFailure(`round() to ${show(places)} places: give a whole number from 0 to 100`);
  if (isDecimal(value)) return roundDecimal(value, count);
  const exact = toDecimal(number(value));
  return exact ? roundDecimal(exact, count).toNumber() : value;
}

/** Of several values, or of the members of one list. */
function extreme(values: unknown[], operator: '<' | '>'): unknown {
  const [first] = values;
  const candidates = values.length === 1 && Array.isArray(first) ? (first as unknown[]) : values;
  if (candidates.length === 0)
    throw new CelFailure(`${operator === '<' ? 'min' : 'max'}() of an empty list is not defined`);
  return candidates.reduce((best, value) => (compare(operator, value, best) ? value : best));
}

function number(value: unknown): number {
  if (typeof value === 'number') return value;
  throw new CelFailure(`${kindInWords(value)} stands where a number must`);
}

function text(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new CelFailure(`${kindInWords(value)} stands where a text must`);
}

function texts(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(text);
  throw new CelFailure(`${kindInWords(value)} stands where a list of texts must`);
}
