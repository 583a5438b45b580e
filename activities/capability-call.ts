/**
 * The path of every capability call, whatever carries it: arguments validated, memory asked, breaker asked, handler run
 * against its time limit, result validated, remembered, wrapped in an envelope.
 */
import { trace } from '@opentelemetry/api';
import { type Capability, memoKey } from '../src/capabilities';
import { canonicalJson, sha256Hex } from '../src/canonical';
import type { BreakerStore } from '../src/contract/breaker';
import type { CallOptions } from '../src/contract/call-options';
import { EngineError, type Problem } from '../src/contract/errors';
import { valueBytes } from '../src/contract/limits';
import type { Remembered } from '../src/contract/memo';
import type { RequestContext } from '../src/contract/request-context';
import type { Envelope } from '../src/contract/trace';
import { compileSchema } from '../src/validate';
import type { UntypedHandler } from './agent';
import { openCallTime } from './call-time';
import { guard } from './circuit-breaker';
import type { Memo, Recalled } from './memo';
import { visibleContext } from './visible-context';

export interface CallDependencies {
  breakers: BreakerStore;
  memo: Memo;
}

/** What the carrier of a call says of this attempt. */
export interface Attempt {
  /** 1 for the first. */
  attempt: number;
  /** How long the call may take. */
  limitMs: number;
  /** Aborted when the call is cancelled. */
  signal: AbortSignal;
}

export type CapabilityCall = (
  args: unknown,
  ctx: RequestContext,
  options: CallOptions,
  attempt: Attempt,
) => Promise<Envelope>;

/**
 * Returns the function that calls a capability. It throws EngineErrors, an AbortError when it is cancelled, and whatever
 * else a handler throws.
 * @throws Error when a schema of the capability does not compile
 */
export function capabilityCall(
  capability: Capability,
  handler: UntypedHandler,
  { breakers, memo }: CallDependencies,
): CapabilityCall {
  const { name, agent, displayTtlSeconds } = capability;
  const argumentProblems = compileSchema(capability.args);
  const resultProblems = compileSchema(capability.result);

  return async (args, ctx, { execution_id, effect_key, cache }, { attempt, limitMs, signal }) => {
    const argsDigest = checkArguments(capability, args, effect_key, argumentProblems);
    const time = openCallTime(name, limitMs, signal);
    const call = { ctx: visibleContext(capability, ctx), effect_key, attempt, signal: time.signal };
    const compute = async (): Promise<Remembered> => {
      const answer = await guard(breakers, agent, () => time.race(handler(args, call)));
      const { result, source = null, asof_date = null, confidence = null } = answer;
      const result_digest = checkResult(capability, result, resultProblems);
      return {
        result,
        meta: { source, asof_date, confidence, result_digest, source_execution_id: execution_id },
      };
    };
    try {
      const answer: Recalled | (Remembered & { cache: 'off' }) =
        capability.pure && cache
          ? await memo.recall(
              {
                key: memoKey(capability, argsDigest, ctx),
                fits: (result) => resultProblems(result).length === 0,
                race: time.race,
              },
              compute,
            )
          : { ...(await compute()), cache: 'off' };
      annotateSpan(capability, ctx, answer.cache);
      return toEnvelope(answer, { agent, ttl: displayTtlSeconds, attempt, args_digest: argsDigest });
    } finally {
      time.close();
    }
  };
}

function toEnvelope(
  { result, meta, cache }: Remembered & { cache: Envelope['meta']['cache'] },
  own: Pick<Envelope['meta'], 'agent' | 'ttl' | 'attempt' | 'args_digest'>,
): Envelope {
  const source_execution_id = cache === 'hit' ? meta.source_execution_id : null;
  return { result, meta: { ...own, ...meta, cache, source_execution_id } };
}

/** @returns the digest of the arguments */
function checkArguments(
  { name, effect }: Capability,
  args: unknown,
  effectKey: string | null,
  problemsOf: (args: unknown) => Problem[],
): string {
  const text = jsonOf('ARGS_INVALID', `the arguments of ${name} hold`, args);
  refuseSize(`the arguments of ${name} have`, text, name);
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
function checkResult(
  { name, effect }: Capability,
  result: unknown,
  problemsOf: (result: unknown) => Problem[],
): string {
  try {
    if (result === null || result === undefined) {
      throw new EngineError('RESULT_INVALID', `${name} answered nothing`);
    }
    refuse('RESULT_INVALID', name, problemsOf(result));
    const text = jsonOf('RESULT_INVALID', `${name} answered`, result);
    refuseSize(`${name} answered`, text, name);
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

function refuseSize(what: string, text: string, capability: string): void {
  const size = Buffer.byteLength(text);
  if (size <= valueBytes) return;
  throw new EngineError(
    'LIMIT_EXCEEDED',
    `${what} ${String(size)} bytes as JSON, at most ${String(valueBytes)} (2 MiB) are carried; pass less on, or a reference`,
    { capability, size, limit: valueBytes },
  );
}

function annotateSpan(
  { name, agent }: Capability,
  ctx: RequestContext,
  cache: Envelope['meta']['cache'],
): void {
  trace.getActiveSpan()?.setAttributes({
    'dawsos.capability': name,
    'dawsos.agent': agent,
    'dawsos.pricing_pack_id': ctx.pricing_pack_id,
    'dawsos.cache': cache,
  });
}
