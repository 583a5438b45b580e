/** Expected values against actual ones, within a case's tolerance. */
import type { GoldenCase } from './map';

/** What differs, a line each; empty when all that is expected is there. */
export function differences(
  actual: unknown,
  expected: unknown,
  tolerance: GoldenCase['tolerance'],
  place = '',
): string[] {
  const at = (name: string | number): string => (place === '' ? String(name) : `${place}.${String(name)}`);
  if (Array.isArray(expected)) {
    const values = Array.isArray(actual) ? (actual as unknown[]) : null;
    if (values?.length !== expected.length) return [told(place, actual, expected)];
    return expected.flatMap((value, i) => differences(values[i], value, tolerance, at(i)));
  }
  if (typeof expected === 'object' && expected !== null) {
    if (typeof actual !== 'object' || actual === null) return [told(place, actual, expected)];
    return Object.entries(expected).flatMap(([name, value]) =>
      differences((actual as Record<string, unknown>)[name], value, tolerance, at(name)),
    );
  }
  if (typeof expected === 'number') {
    const allowed = (tolerance.abs ?? 0) + (tolerance.rel ?? 0) * Math.abs(expected);
    // Money is a decimal text on the wire.
    const value = typeof actual === 'string' && actual !== '' ? Number(actual) : actual;
    const isNear = typeof value === 'number' && Math.abs(value - expected) <= allowed;
    return isNear ? [] : [`${told(place, actual, expected)} ± ${String(allowed)}`];
  }
  return actual === expected ? [] : [told(place, actual, expected)];
}

function told(place: string, actual: unknown, expected: unknown): string {
  return `${place} is ${JSON.stringify(actual) ?? 'missing'}, expected ${JSON.stringify(expected)}`;
}
