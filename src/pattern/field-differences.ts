/** Where two JSON values differ, field by field. */
import type { FieldDifference } from '../contract/diff';
import { calculate, decimalText, toDecimal } from './decimal-exact';

const shownCharacters = 4096;

/** In the order of the names; lists are compared place by place. */
export function fieldDifferences(left: unknown, right: unknown, pointer = ''): FieldDifference[] {
  if (left === right) return [];
  const [a, b] = [membersOf(left), membersOf(right)];
  // A list against an object, or anything against a plain value, is one difference and not many.
  if (!a || !b || Array.isArray(left) !== Array.isArray(right)) return [changed(left, right, pointer)];
  const names = [...new Set([...a.keys(), ...b.keys()])];
  return (Array.isArray(left) ? names : names.sort()).flatMap((name) => {
    const at = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (!b.has(name)) return [{ pointer: at, change: 'only_left', left: shown(a.get(name)) }];
    if (!a.has(name)) return [{ pointer: at, change: 'only_right', right: shown(b.get(name)) }];
    return fieldDifferences(a.get(name), b.get(name), at);
  });
}

function membersOf(value: unknown): Map<string, unknown> | null {
  return value === null || typeof value !== 'object' ? null : new Map(Object.entries(value));
}

function changed(left: unknown, right: unknown, pointer: string): FieldDifference {
  const difference = differenceOf(left, right);
  return {
    pointer,
    change: 'changed',
    left: shown(left),
    right: shown(right),
    ...(difference !== null && { difference }),
  };
}

/** Exact, when both are decimals or both numbers. */
function differenceOf(left: unknown, right: unknown): string | null {
  if (typeof left !== typeof right) return null;
  try {
    const [a, b] = [toDecimal(left), toDecimal(right)];
    const result = a && b && calculate('-', b, a);
    return result && decimalText(result);
  } catch {
    // A number of more digits than any amount has: that it differs is all there is to say.
    return null;
  }
}

function shown(value: unknown): unknown {
  const size = JSON.stringify(value).length;
  return size <= shownCharacters ? value : `(${String(size)} characters)`;
}
