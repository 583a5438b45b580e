/** Whether a source is small and flat enough to be looked at: after this nothing that walks it can hang or overflow. */
import type { Problem } from '../contract/errors';
import { escapePointer } from '../validate';

export const sizeLimits = { bytes: 2 * 1024 * 1024, depth: 128 } as const;

/** At most one problem for size, at the smallest part that is too large, and one for nesting. */
export function checkSize(source: unknown): Problem[] {
  const found: Found = { problems: [], path: [], tooLarge: false };
  measure(source, found);
  return found.problems;
}

interface Found {
  problems: Problem[];
  path: string[];
  /** Said once, at the innermost part: what contains it is too large because of it. */
  tooLarge: boolean;
}

/** Bytes as canonical JSON, give or take the escapes in texts. */
function measure(value: unknown, found: Found): number {
  const bytes = bytesOf(value, found);
  if (bytes > sizeLimits.bytes && !found.tooLarge) {
    found.tooLarge = true;
    limit(
      found,
      `a pattern and each value in it may have 2 MiB, this has ${(bytes / 2 ** 20).toFixed(1)} MiB`,
    );
  }
  return bytes;
}

function bytesOf(value: unknown, found: Found): number {
  if (typeof value === 'string') return utf8Length(value) + 2;
  if (value === null || typeof value !== 'object') return String(value).length;
  if (found.path.length >= sizeLimits.depth) {
    if (!found.problems.some(({ message }) => message.startsWith('values nest')))
      limit(found, `values nest at most ${String(sizeLimits.depth)} deep`);
    return 2;
  }
  let bytes = 2;
  for (const [key, member] of Object.entries(value)) {
    found.path.push(key);
    if (key === '__proto__')
      found.problems.push(problem(found, 'PATTERN_INVALID', 'no member may be named "__proto__"'));
    bytes += (Array.isArray(value) ? 1 : utf8Length(key) + 4) + measure(member, found);
    found.path.pop();
  }
  return bytes;
}

function limit(found: Found, message: string): void {
  found.problems.push(problem(found, 'LIMIT_EXCEEDED', message));
}

function problem(found: Found, code: string, message: string): Problem {
  return { code, pointer: found.path.map((segment) => `/${escapePointer(segment)}`).join(''), message };
}

function utf8Length(text: string): number {
  // A text longer than the limit in characters is too large whatever its bytes.
  return text.length > sizeLimits.bytes ? text.length : new TextEncoder().encode(text).length;
}
