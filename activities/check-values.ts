/** Checks what goes to a capability and what comes back: JSON, its size, its schema. */
import { canonicalJson, sha256Hex } from '../src/canonical';
import type { Capability } from '../src/capabilities';
import { EngineError, type Problem } from '../src/contract/errors';

type Checked = Pick<Capability, 'name' | 'effect'>;

/** How large a value may be, and what a reader is told of that. */
export interface SizeLimit {
  bytes: number;
  why: string;
}

/**
 * @returns the digest of the arguments
 * @throws EngineError ARGS_INVALID, LIMIT_EXCEEDED
 */
export function checkArguments(
  { name, effect }: Checked,
  args: unknown,
  effectKey: string | null,
  problemsOf: (args: unknown) => Problem[],
  limit: SizeLimit,
): string {
  const text = jsonOf('ARGS_INVALID', `the arguments of ${name} hold`, args);
  refuseSize(`the arguments of ${name} have`, text, name, limit);
  refuse('ARGS_INVALID', name, problemsOf(args));
  if (effect === 'write' && effectKey === null) {
    throw new EngineError('ARGS_INVALID', `${name} changes something, so its call needs an effect key`);
  }
  return `sha256:${sha256Hex(text)}`;
}

/**
 * @returns the digest of the result
 * @throws EngineError RESULT_INVALID, LIMIT_EXCEEDED; of a capability that writes with `done: true` among the details
 */
export function checkResult(
  { name, effect }: Checked,
  result: unknown,
  problemsOf: (result: unknown) => Problem[],
  limit: SizeLimit,
): string {
  try {
    if (result === null || result === undefined) {
      throw new EngineError('RESULT_INVALID', `${name} answered nothing`);
    }
    refuse('RESULT_INVALID', name, problemsOf(result));
    const text = jsonOf('RESULT_INVALID', `${name} answered`, result);
    refuseSize(`${name} answered`, text, name, limit);
    return `sha256:${sha256Hex(text)}`;
  } catch (error) {
    if (effect === 'none' || !(error instanceof EngineError)) throw error;
    throw new EngineError(error.code, error.message, { ...error.details, done: true }, error);
  }
}

function jsonOf(code: 'ARGS_INVALID' | 'RESULT_INVALID', what: string, value: unknown): string {
  try {
    return canonicalJson(value);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new EngineError(code, `${what} what JSON cannot: ${why}`, {}, error);
  }
}

function refuse(code: 'ARGS_INVALID' | 'RESULT_INVALID', name: string, problems: Problem[]): void {
  const [first] = problems;
  if (!first) return;
  throw new EngineError(code, `${name}: ${first.pointer} ${first.message}`, {
    problems: problems.slice(0, 5),
  });
}

function refuseSize(what: string, text: string, capability: string, { bytes, why }: SizeLimit): void {
  const size = Buffer.byteLength(text);
  if (size <= bytes) return;
  throw new EngineError(
    'LIMIT_EXCEEDED',
    `${what} ${String(size)} bytes as JSON, at most ${String(bytes)} (${why}) are carried; pass less on, or a reference`,
    { capability, size, limit: bytes },
  );
}
