/** A value's digest, and the limit on its size. */
import { canonicalJson, sha256Hex, utf8Length } from '../../canonical';
import { EngineError } from '../../contract/errors';
import { valueBytes } from '../../contract/limits';
import type { Effort } from './effort';

/** @returns `sha256:…` of the canonical JSON. @throws EngineError LIMIT_EXCEEDED */
export function measure(value: unknown, effort: Pick<Effort, 'spend'>): string {
  const text = canonicalJson(value);
  effort.spend({ characters: text.length });
  const bytes = utf8Length(text);
  if (bytes > valueBytes) {
    throw new EngineError(
      'LIMIT_EXCEEDED',
      `the value has ${String(bytes)} bytes as JSON, at most ${String(valueBytes)} are carried; pass less on`,
    );
  }
  return `sha256:${sha256Hex(text)}`;
}
