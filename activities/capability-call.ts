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
import type { RecordedAnswers } from '../src/contract/recorded-answers';
import type { RequestContext } from '../src/contract/request-context';
import type { Envelope } from '../src/contract/trace';
import { compileSchema } from '../src/validate';
import type { UntypedHandler } from './agent';
import { openCallTime } from './call-time';
import { checkArguments, checkResult, type SizeLimit } from './check-values';
import { guard } from './circuit-breaker';
import { answerOnce, placeOf, type Used } from './answer-once';
import type { Memo } from './memo';
import { visibleContext } from './visible-context';

export interface CallDependencies {
  breakers: BreakerStore;
  memo: Memo;
  /** Where answers of capabilities that are not pure are kept; left out: nowhere. */
  recorded?: RecordedAnswers;
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
  { breakers, memo, recorded }: CallDependencies,
): CapabilityCall {
  const { name, agent, displayTtlSeconds } = capability;
  const argumentProblems = compileSchema(capability.args);
  const resultProblems = compileSchema(capability.result);

  return async (args, ctx, options, { attempt, limitMs, signal }) => {
    const { execution_id, effect_key, cache } = options;
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
      const fits = (result: unknown): boolean => resultProblems(result).length === 0;
      const place = placeOf(capability, ctx, options, argsDigest);
      const answer: Used =
        capability.pure && cache
          ? await memo.recall({ key: memoKey(capability, argsDigest, ctx), fits, race: time.race }, compute)
          : place && recorded
            ? await answerOnce(recorded, { place, from: options.recorded_from, fits }, compute)
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
  { result, meta, cache }: Used,
  own: Pick<Envelope['meta'], 'agent' | 'ttl' | 'attempt' | 'args_digest'>,
): Envelope {
  const isEarlier = cache === 'hit' || cache === 'recorded';
  const source_execution_id = isEarlier ? meta.source_execution_id : null;
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
