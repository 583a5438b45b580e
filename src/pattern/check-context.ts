/** What a check needs to know beside the pattern: the capabilities, and the other patterns that a step may run. */
import type { Pattern } from './schema';
import type { Signatures } from './signatures';

/** The patterns that a `pattern` step may name. */
export interface PatternLookup {
  /** A pattern whose shape was checked; without a version the newest of this id; `null` when there is none. */
  find(id: string, version: string | null): Pattern | null;
  ids(): Iterable<string>;
}

export interface CheckContext {
  signatures: Signatures;
  /** Left out: there are no other patterns. */
  patterns?: PatternLookup;
}

export const defaultVersion = '1.0.0';

/** `id@1.2.0` as id and version; without a version `null`. */
export function splitPatternName(name: string): { id: string; version: string | null } {
  const [id = '', version] = name.split('@');
  return { id, version: version ?? null };
}

/** The pattern that a `pattern` step runs, or `null`. */
export function findPattern(name: string, context: CheckContext): Pattern | null {
  const { id, version } = splitPatternName(name);
  return context.patterns?.find(id, version) ?? null;
}

/** A lookup over patterns at hand, several versions of one id included. */
export function lookupOf(patterns: Iterable<Pattern>): PatternLookup {
  const byId = new Map<string, Pattern[]>();
  for (const pattern of patterns) byId.set(pattern.id, [...(byId.get(pattern.id) ?? []), pattern]);
  const versionOf = (pattern: Pattern): string => pattern.version ?? defaultVersion;
  return {
    ids: () => byId.keys(),
    find: (id, version) => {
      const all = byId.get(id) ?? [];
      if (version !== null) return all.find((pattern) => versionOf(pattern) === version) ?? null;
      return all.toSorted((a, b) => compareVersions(versionOf(b), versionOf(a)))[0] ?? null;
    },
  };
}

/** Negative when `a` is older than `b`. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number));
  const differences = (left ?? []).map((part, i) => part - (right?.[i] ?? 0));
  return differences.find((difference) => difference !== 0) ?? 0;
}
