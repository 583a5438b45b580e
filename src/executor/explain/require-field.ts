/** The member of a result at a path, or which one was probably meant. */
import { EngineError } from '../../contract/errors';
import { didYouMean, meant } from '../meant';
import { formatFieldPath, valueAt } from './field-path';
import { reasonOfNone } from './surroundings';

const mostSuggestions = 5;

/** @throws EngineError FIELD_UNKNOWN, with the names that were probably meant */
export function requireField(data: Readonly<Record<string, unknown>>, segments: readonly string[]): unknown {
  let at: unknown = data;
  for (const [index, segment] of segments.entries()) {
    if (at === null || typeof at !== 'object' || !Object.hasOwn(at, segment)) {
      throw unknownField(data, segments, index, at);
    }
    at = (at as Record<string, unknown>)[segment];
  }
  return at;
}

function unknownField(
  data: Readonly<Record<string, unknown>>,
  segments: readonly string[],
  index: number,
  at: unknown,
): EngineError {
  const segment = (segments[index] ?? '').slice(0, 128);
  const found = segments.slice(0, index);
  const members = at !== null && typeof at === 'object' && !Array.isArray(at) ? Object.keys(at) : [];
  const place = index === 0 ? 'The result' : `"${formatFieldPath(found)}"`;
  const reason = Array.isArray(at) && at.length === 0 ? reasonOfNone(data, found) : null;
  const has = Array.isArray(at)
    ? at.length === 0
      ? `no items${reason === null ? '' : `, for ${reason}`}`
      : `${String(at.length)} items, counted from 0`
    : members.slice(0, 20).join(', ') || 'nothing below it';
  const name = meant(segment, members);
  const near =
    name === null
      ? []
      : corrected(at, name, segments.slice(index + 1)).map((path) => formatFieldPath([...found, ...path]));
  const suggestions = [...near, ...sameEnding(data, segments, index)];
  const [best = null] = suggestions;
  return new EngineError('FIELD_UNKNOWN', `${place} has no "${segment}"; it has ${has}.${didYouMean(best)}`, {
    field: formatFieldPath(segments),
    nearest: best,
    suggestions: [...new Set(suggestions)].slice(0, mostSuggestions),
  });
}

/** With the rest of what was asked for where that is there, else the member alone. */
function corrected(parent: unknown, name: string, rest: readonly string[]): string[][] {
  const whole = [name, ...rest];
  return rest.length > 0 && valueAt(parent, whole) !== undefined ? [whole] : [[name]];
}

/** Fields that end as the one that was asked for does: those that share most of its path first, then the least deep. */
function sameEnding(data: unknown, wanted: readonly string[], index: number): string[] {
  const last = wanted.at(-1);
  if (last === undefined || /^\d+$/.test(last)) return [];
  const found: string[][] = [];
  let level: { value: unknown; path: string[] }[] = [{ value: data, path: [] }];
  while (level.length > 0) {
    const below = level.flatMap(({ value, path }) => membersOf(value).map(([name, member]) => ({ value: member, path: [...path, name] })));
    found.push(...below.map(({ path }) => path).filter((path) => path.at(-1) === last));
    level = below;
  }
  const shared = (path: readonly string[]): number => {
    const apart = path.findIndex((segment, at) => at >= index || segment !== wanted[at]);
    return apart < 0 ? path.length : apart;
  };
  return found.sort((a, b) => shared(b) - shared(a)).slice(0, mostSuggestions).map(formatFieldPath);
} // prettier-ignore

/** All items of a list have the same members: the first stands for them. */
function membersOf(value: unknown): [string, unknown][] {
  if (value === null || typeof value !== 'object') return [];
  return Array.isArray(value) ? Object.entries(value as unknown[]).slice(0, 1) : Object.entries(value);
}
