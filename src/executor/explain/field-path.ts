/** The path of a figure in an execution's data: `a.b.0.c`, `a.b[0].c`, `a["B.C"]` or a JSON Pointer `/a/b/0/c`. */
import { EngineError } from '../../contract/errors';
import { didYouMean, meant } from '../meant';

const mostSuggestions = 5;

/** @throws EngineError FIELD_UNKNOWN for a text that is no path */
export function parseFieldPath(field: string): string[] {
  if (field.startsWith('/')) {
    return field
      .slice(1)
      .split('/')
      .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
  }
  const segments: string[] = [];
  let at = 0;
  while (at < field.length) {
    const found = /^(?:\.?([^.[\]]+)|\.?\[(\d+)\]|\.?\["((?:[^"\\]|\\.)*)"\])/.exec(field.slice(at));
    const isStart = at === 0 && field.startsWith('.');
    const needsDot = at > 0 && !'.['.includes(field.charAt(at));
    if (!found || isStart || needsDot) throw noPath(field, at);
    segments.push(found[1] ?? found[2] ?? (found[3] ?? '').replace(/\\(.)/g, '$1'));
    at += found[0].length;
  }
  if (segments.length === 0) throw noPath(field, 0);
  return segments;
}

/** The one form that answers use: dots and `[index]`, names with other marks in quotes. */
export function formatFieldPath(segments: readonly string[]): string {
  return segments
    .map((segment, index) => {
      if (/^(0|[1-9]\d*)$/.test(segment)) return index === 0 ? segment : `[${segment}]`;
      if (!/^[^.[\]"\\/]+$/.test(segment)) return `["${segment.replace(/["\\]/g, '\\$&')}"]`;
      return index === 0 ? segment : `.${segment}`;
    })
    .join('');
}

/** The member at a path; `undefined` where there is none. */
export function valueAt(value: unknown, segments: readonly string[]): unknown {
  let at = value;
  for (const segment of segments) {
    if (at === null || typeof at !== 'object' || !Object.hasOwn(at, segment)) return undefined;
    at = (at as Record<string, unknown>)[segment];
  }
  return at;
}

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
  const has = Array.isArray(at)
    ? `${String(at.length)} items, counted from 0`
    : members.slice(0, 20).join(', ') || 'nothing below it';
  const name = meant(segment, members);
  const near = name === null ? null : formatFieldPath([...found, name]);
  const suggestions = [...(near === null ? [] : [near]), ...sameEnding(data, segments.slice(index))];
  const [best = null] = suggestions;
  return new EngineError('FIELD_UNKNOWN', `${place} has no "${segment}"; it has ${has}.${didYouMean(best)}`, {
    field: formatFieldPath(segments),
    nearest: best,
    suggestions: [...new Set(suggestions)].slice(0, mostSuggestions),
  });
}

/** Fields elsewhere in the result that end as the one that was asked for does, the least deep first. */
function sameEnding(data: unknown, wanted: readonly string[]): string[] {
  const last = wanted.at(-1);
  if (last === undefined || /^\d+$/.test(last)) return [];
  const found: string[] = [];
  let level: { value: unknown; path: string[] }[] = [{ value: data, path: [] }];
  while (level.length > 0 && found.length < mostSuggestions) {
    const below = level.flatMap(({ value, path }) => membersOf(value).map(([name, member]) => ({ value: member, path: [...path, name] })));
    found.push(...below.filter(({ path }) => path.at(-1) === last).map(({ path }) => formatFieldPath(path)));
    level = below;
  }
  return found.slice(0, mostSuggestions);
} // prettier-ignore

/** All items of a list have the same members: the first stands for them. */
function membersOf(value: unknown): [string, unknown][] {
  if (value === null || typeof value !== 'object') return [];
  return Array.isArray(value) ? Object.entries(value as unknown[]).slice(0, 1) : Object.entries(value);
}

function noPath(field: string, at: number): EngineError {
  const where = field.slice(0, 128);
  return new EngineError(
    'FIELD_UNKNOWN',
    `"${where}" is no path: it stops making sense at character ${String(at + 1)}. Write it like perf_metrics.value, positions[0].value or /positions/0/value.`,
    { field: where, nearest: null, suggestions: [] },
  );
}
