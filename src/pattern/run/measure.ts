/** A value's digest, and the limit on its size. */
import { canonicalJson, sha256Hex } from '../../canonical';
import { EngineError } from '../../contract/errors';

/** The largest value of one step, as canonical JSON in characters; above 256 KiB it travels by claim check. */
export const maximumValueSize = 2 * 1024 * 1024;

/** @returns `sha256:…` of the canonical JSON. @throws EngineError LIMIT_EXCEEDED */
export function measure(value: unknown): string {
  const text = canonicalJson(value);
  if (text.length > maximumValueSize) {
    throw new EngineError(
      'LIMIT_EXCEEDED',
      `the value has ${String(text.length)} characters as JSON, at most ${String(maximumValueSize)} are carried; pass less on`,
    );
  }
  return `sha256:${sha256Hex(text)}`;
}
