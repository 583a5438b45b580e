/**
 * The engine's side of calls that a worker of another project answers. What `capability-call.ts` does around a handler
 * happens here before and after that worker's activity: arguments checked, memory asked, breaker asked; then the result
 * checked and remembered, and the breaker told.
 */
import { Context } from '@temporalio/activity';
import { memoKey } from '../src/capabilities';
import type { ExternalCapability } from '../src/capabilities/external-agents';
import { EngineError, type Problem } from '../src/contract/errors';
import type {
  AnsweredCall,
  ExternalCall,
  FailedExternalCall,
  PreparedCall,
} from '../src/contract/external-call';
import { inlineBytes } from '../src/contract/limits';
import type { Envelope } from '../src/contract/trace';
import { compileSchema } from '../src/validate';
import { answeredBefore, placeOf, type Used } from './answer-once';
import { type CallDependencies, toEnvelope } from './capability-call';
import { checkArguments, checkResult, type SizeLimit } from './check-values';
import { letThrough, reportCode } from './circuit-breaker';
import { engineFailure } from './engine-failure';
import { readAnswer } from './external-answer';

/** Larger values lie in PostgreSQL, where another project's worker cannot get them. */
const size: SizeLimit = { bytes: inlineBytes, why: '256 KiB, for an agent from outside' };

interface Known {
  capability: ExternalCapability;
  argumentProblems(args: unknown): Problem[];
  resultProblems(result: unknown): Problem[];
}

export interface ExternalCallActivities {
  /** Before that worker is asked. An answer from memory needs no worker. */
  'engine.prepare_call': (call: ExternalCall) => Promise<PreparedCall>;
  /** After it has answered. */
  'engine.accept_result': (answered: unknown, call: AnsweredCall) => Promise<Envelope>;
  /** After it has failed, all its attempts together. */
  'engine.report_failure': (call: FailedExternalCall) => Promise<void>;
}

/** @throws Error when a schema does not compile */
export function externalCallActivities(
  capabilities: readonly ExternalCapability[],
  { breakers, memo, recorded }: CallDependencies,
): ExternalCallActivities {
  const known = new Map(capabilities.map((capability) => [capability.name, toKnown(capability)]));
  const find = (name: string): Known => {
    const found = known.get(name);
    if (found) return found;
    throw new EngineError(
      'CAPABILITY_UNKNOWN',
      `no file of agents that this worker has read declares ${name}`,
    );
  };
  return {
    'engine.prepare_call': ({ capability: name, args, ctx, options }) =>
      asActivity(async () => {
        const { capability, argumentProblems, resultProblems } = find(name);
        const args_digest = checkArguments(capability, args, options.effect_key, argumentProblems, size);
        const memo_key = capability.pure && options.cache ? memoKey(capability, args_digest, ctx) : null;
        const place = recorded && placeOf(capability, ctx, options, args_digest);
        const fits = (result: unknown): boolean => resultProblems(result).length === 0;
        let known: Used | null = null;
        if (memo_key !== null) {
          const remembered = await memo.known({ key: memo_key, fits });
          known = remembered && { ...remembered, cache: 'hit' };
        } else if (recorded && place) {
          known = await answeredBefore(recorded, { place, from: options.recorded_from, fits });
        }
        if (known) return { hit: toEnvelope(known, { ...ownOf(capability), attempt: 1, args_digest }) };
        const stamp = await letThrough(breakers, capability.agent);
        return { go: { stamp, args_digest, memo_key, ...(place && { place }) } };
      }),

    'engine.accept_result': (answered, call) =>
      asActivity(async () => {
        const { capability, resultProblems } = find(call.capability);
        const { generation, probe } = call.stamp;
        await breakers.succeeded(capability.agent, generation, probe);
        const answer = readAnswer(call.capability, answered);
        const { result, source = null, asof_date = null, confidence = null, attempt = 1 } = answer;
        const result_digest = checkResult(capability, result, resultProblems, size);
        const { execution_id: source_execution_id, args_digest, memo_key, place } = call;
        const meta = { source, asof_date, confidence, result_digest, source_execution_id };
        const own = { ...ownOf(capability), attempt, args_digest };
        if (memo_key !== null) await memo.keep(memo_key, { result, meta });
        const kept = place && recorded ? await recorded.keep(place, { result, meta }) : { result, meta };
        return toEnvelope({ ...kept, cache: memo_key === null ? 'off' : 'miss' }, own);
      }),

    'engine.report_failure': ({ capability, stamp, code }) =>
      asActivity(() => reportCode(breakers, find(capability).capability.agent, stamp, code)),
  };
}

function toKnown(capability: ExternalCapability): Known {
  return {
    capability,
    argumentProblems: compileSchema(capability.args),
    resultProblems: compileSchema(capability.result),
  };
}

function ownOf({ agent, displayTtlSeconds }: ExternalCapability): Pick<Envelope['meta'], 'agent' | 'ttl'> {
  return { agent, ttl: displayTtlSeconds };
}

async function asActivity<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof EngineError ? engineFailure(error, Context.current().info.attempt) : error;
  }
}
