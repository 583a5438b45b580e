/** The rules by which a test's mocked capabilities answer: the first that fits and is not used up. */
import type { MockRule, PatternTest } from '../pattern/tests-schema';

export interface Mock {
  /** As the test names it, aliases and all. */
  name: string;
  /** The rule that answers this call, used up by one; `null` when there is none. */
  take(args: Record<string, unknown>): MockRule | null;
}

/** @param canonical the catalogue's own name of a capability, which is also what calls go by */
export function openMocks(
  mocks: PatternTest['mocks'] = {},
  canonical: (name: string) => string,
): ReadonlyMap<string, Mock> {
  return new Map(
    Object.entries(mocks).map(([name, rules]) => [
      canonical(name),
      openMock(name, Array.isArray(rules) ? rules : [rules]),
    ]),
  );
}

function openMock(name: string, rules: readonly MockRule[]): Mock {
  const left = rules.map(({ times }) => times ?? Number.POSITIVE_INFINITY);
  return {
    name,
    take: (args) => {
      const at = rules.findIndex((rule, i) => (left[i] ?? 0) > 0 && contains(args, rule.args ?? {}));
      if (at < 0) return null;
      left[at] = (left[at] ?? 0) - 1;
      return rules[at] ?? null;
    },
  };
}

/** Whether `part` is contained in `whole`: an object may have further members, a list has the same length. */
export function contains(whole: unknown, part: unknown): boolean {
  if (Array.isArray(part)) {
    return (
      Array.isArray(whole) &&
      whole.length === part.length &&
      part.every((item, i) => contains(whole[i], item))
    );
  }
  if (!isObject(part)) return whole === part;
  return (
    isObject(whole) &&
    Object.entries(part).every(([key, member]) => Object.hasOwn(whole, key) && contains(whole[key], member))
  );
}

/** What of `whole` a part speaks of, so that a difference shows nothing else. */
export function projection(whole: unknown, part: unknown): unknown {
  if (Array.isArray(part) && Array.isArray(whole)) {
    return whole.map((item, i) => (i < part.length ? projection(item, part[i]) : (item as unknown)));
  }
  if (!isObject(part) || !isObject(whole)) return whole;
  const named = Object.keys(part).filter((key) => Object.hasOwn(whole, key));
  return Object.fromEntries(named.map((key) => [key, projection(whole[key], part[key])]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
