/** RFC 8785 (JCS) canonical JSON and SHA-256: the one way anything in the project is hashed. Runs in the sandbox too. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/**
 * The canonical text of a JSON value: keys sorted by UTF-16 code units, numbers as ECMAScript writes them.
 * Members that are `undefined` are left out, as `JSON.stringify` does.
 * @throws TypeError on what JSON cannot hold: NaN, infinities, functions, bigint, lone surrogates.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`${String(value)} is not a JSON number`);
    return JSON.stringify(value);
  }
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new TypeError('a text with a lone surrogate is not JSON');
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (typeof value !== 'object') throw new TypeError(`a ${typeof value} is not JSON`);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}

/** How many bytes a text has in UTF-8. */
export function utf8Length(text: string): number {
  return utf8ToBytes(text).length;
}

/** SHA-256 of a text in UTF-8, as 64 lower-case hexadecimal digits. */
export function sha256Hex(text: string): string {
  return native === undefined ? bytesToHex(sha256(utf8ToBytes(text))) : native.hash('sha256', text);
}

/** Ten times as fast, with the same answer; the sandbox has no `process`, and is not to have one. */
const native = (globalThis as { process?: NodeJS.Process }).process?.getBuiltinModule('node:crypto');

/** `sha256:` and the hash of the canonical JSON of a value. */
export function digest(value: unknown): string {
  return `sha256:${sha256Hex(canonicalJson(value))}`;
}
