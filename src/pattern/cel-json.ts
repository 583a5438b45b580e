/** What an expression gave, as JSON: decimals as text, nothing that JSON cannot hold, nothing shared with the scope. */
import { EngineError } from '../contract/errors';
import { CelFailure } from './cel-failure';
import { decimalText, isDecimal } from './decimal-exact';

const maximumLength = 2 * 1024 * 1024;

/** @throws CelFailure for what JSON cannot hold, EngineError LIMIT_EXCEEDED */
export function toJson(value: unknown): unknown {
  let length = 0;
  const convert = (part: unknown): unknown => {
    length += typeof part === 'string' ? part.length + 2 : 1;
    // A short expression can name a long text a thousand times.
    if (length > maximumLength)
      throw new EngineError('LIMIT_EXCEEDED', 'the value of an expression may have 2 MiB');
    if (typeof part === 'number') return finite(part);
    if (part === null || typeof part === 'string' || typeof part === 'boolean') return part;
    if (isDecimal(part)) return decimalText(part);
    if (Array.isArray(part)) return part.map(convert);
    if (typeof part === 'object')
      return Object.fromEntries(Object.entries(part).map(([key, member]) => [name(key), convert(member)]));
    throw new CelFailure(`a ${typeof part} is not JSON`);
  };
  return convert(value);
}

function finite(value: number): number {
  if (!Number.isFinite(value)) throw new CelFailure(`it gives ${String(value)}, which JSON cannot hold`);
  return value === 0 ? 0 : value;
}

function name(key: string): string {
  if (key === '__proto__') throw new CelFailure('a member "__proto__" is refused');
  return key;
}
