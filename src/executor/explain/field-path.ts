/** The path of a figure in an execution's data: `a.b.0.c`, `a.b[0].c`, `a["B.C"]` or a JSON Pointer `/a/b/0/c`. */
import { EngineError } from '../../contract/errors';

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

function noPath(field: string, at: number): EngineError {
  const where = field.slice(0, 128);
  return new EngineError(
    'FIELD_UNKNOWN',
    `"${where}" is no path: it stops making sense at character ${String(at + 1)}. Write it like perf_metrics.value, positions[0].value or /positions/0/value.`,
    { field: where, nearest: null, suggestions: [] },
  );
}
