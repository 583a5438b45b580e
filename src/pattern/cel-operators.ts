/** The operators of expressions on JSON values and decimals, as CEL has them, with one kind of number. */
import type { Arithmetic, Comparison } from './cel-ast';
import { CelFailure, kindInWords } from './cel-failure';
import { calculate as calculateDecimal, isDecimal } from './decimal-exact';

/** What a long text, list or comparison costs is asked for before it is done. */
export type Spend = (steps: number) => void;

/** @throws CelFailure */
export function calculate(operator: Arithmetic, a: unknown, b: unknown, spend: Spend): unknown {
  if (typeof a === 'number' && typeof b === 'number') return calculateNumber(operator, a, b);
  if (isDecimal(a) && isDecimal(b) && operator !== '%') {
    spend(10);
    const result = calculateDecimal(operator, a, b);
    if (result === null) throw new CelFailure('division by zero');
    return result;
  }
  if (operator === '+' && typeof a === 'string' && typeof b === 'string') {
    spend((a.length + b.length) / 100);
    return a + b;
  }
  if (operator === '+' && Array.isArray(a) && Array.isArray(b)) {
    spend(a.length + b.length);
    return [...(a as unknown[]), ...(b as unknown[])];
  }
  throw unfit(operator, a, b);
}

function calculateNumber(operator: Arithmetic, a: number, b: number): number {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '%':
      // CEL has it of integers alone.
      if (!Number.isSafeInteger(a) || !Number.isSafeInteger(b))
        throw new CelFailure(`${String(a)} % ${String(b)}: the remainder is defined of whole numbers`);
      if (b === 0) throw new CelFailure('division by zero');
      return a % b;
  }
}

/** @throws CelFailure */
export function compare(operator: Exclude<Comparison, '==' | '!='>, a: unknown, b: unknown): boolean {
  let [left, right] = [a, b];
  if (isDecimal(a) && isDecimal(b)) [left, right] = [a.comparedTo(b), 0];
  else if (typeof a !== typeof b || !['number', 'string', 'boolean'].includes(typeof a))
    throw unfit(operator, a, b);
  switch (operator) {
    case '<':
      return (left as number) < (right as number);
    case '<=':
      return (left as number) <= (right as number);
    case '>':
      return (left as number) > (right as number);
    case '>=':
      return (left as number) >= (right as number);
  }
}

/** Values of different kinds are not equal; a decimal is equal to decimals alone, and asking it of others is a mistake. */
export function isEqual(a: unknown, b: unknown, spend: Spend): boolean {
  if (isDecimal(a) || isDecimal(b)) {
    if (isDecimal(a) && isDecimal(b)) return a.equals(b);
    if (a === null || b === null) return false;
    throw unfit('==', a, b);
  }
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  spend(keys.length);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && isEqual(member(a, key), member(b, key), spend));
}

/** @throws CelFailure */
export function isIn(value: unknown, container: unknown, spend: Spend): boolean {
  if (Array.isArray(container)) {
    spend(container.length);
    return container.some((item) => isEqual(item, value, spend));
  }
  if (typeof container === 'object' && container !== null && !isDecimal(container))
    return typeof value === 'string' && Object.hasOwn(container, value);
  throw unfit('in', value, container);
}

function member(of: object, key: string): unknown {
  return (of as Record<string, unknown>)[key];
}

function unfit(operator: string, a: unknown, b: unknown): CelFailure {
  const kinds = `${kindInWords(a)} ${operator} ${kindInWords(b)}`;
  if (isDecimal(a) === isDecimal(b)) return new CelFailure(`${kinds} is not defined`);
  return new CelFailure(`${kinds} is not defined: wrap the other side too, decimal(...)`);
}
