/**
 * The path of every capability call, whatever carries it: arguments validated, memory asked, breaker asked, handler run
 * against its time limit, result validated, remembered, wrapped in an envelope.
 */
import { trace } from '@opentelemetry/api';
import { type Capability, memoKey } from '../src/capabilities';
import type { BreakerStore } from '../src/contract/breaker';
import type { CallOptions } from '../src/contract/call-options';
import { valueBytes } from '../src/contract/limits';
import type { Remembered } from '../src/contract/memo';
import type { RequestContext } from '../src/contract/request-context';
import type { Envelope } from '../src/contract/trace';
import { compileSchema } from '../src/validate';
import type { UntypedHandler } from './agent';
import { openCallTime } from './call-time';
import { checkArguments, checkResult, type SizeLimit } from './check-values';
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

const size: SizeLimit = { bytes: valueBytes, why: '2 MiB' };

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
    const argsDigest = checkArguments(capability, args, effect_key, argumentProblems, size);
    const time = openCallTime(name, limitMs, signal);
    const call = { ctx: visibleContext(capability, ctx), effect_key, attempt, signal: time.signal };
    const compute = async (): Promise<Remembered> => {
      const answer = await guard(breakers, agent, () => time.race(handler(args, call)));
      const { result, source = null, asof_date = null, confidence = null } = answer;
      const result_digest = checkResult(capability, result, resultProblems, size);
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

/** What an activity answers: the result, and what is known of it. */
export function toEnvelope(
  { result, meta, cache }: Remembered & { cache: Envelope['meta']['cache'] },
  own: Pick<Envelope['meta'], 'agent' | 'ttl' | 'attempt' | 'args_digest'>,
): Envelope {
  const source_execution_id = cache === 'hit' ? meta.source_execution_id : null;
  return { result, meta: { ...own, ...meta, cache, source_execution_id } };
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
