/** The shipped agents' capabilities for pattern tests: those that need nothing but their arguments run as they do in a worker. */
import { capabilityCalls } from '../../activities';
import { createMemo } from '../../activities/memo';
import { type Services, shippedAgents } from '../../activities/shipped-agents';
import { localBreakerStore } from '../cache/local-breaker-store';
import { localMemoStore } from '../cache/local-memo-store';
import { EngineError } from '../contract/errors';
import { AttemptFailure } from '../local/attempts';
import { NeedsService, type RealCall, type RealCalls } from '../testing/world';

/** One test must not see another's failures. */
const neverOpen = { failures: Number.POSITIVE_INFINITY, openMs: 0, probeMs: 0 };

/** Nothing is remembered. What asks for a service throws `NeedsService`, which names it. */
export function pureCalls(): RealCalls {
  return new Map([...callsWithoutServices()].map(([name, call]) => [name, realCall(call)]));
}

export function callsWithoutServices(): ReturnType<typeof capabilityCalls> {
  const services: Services = {
    database: missing('a database'),
    // Each client may be named when an agent is made, and is missed when it is asked.
    providers: new Proxy({} as never, { get: () => missing('a provider') }),
  };
  const breakers = localBreakerStore({ limits: neverOpen });
  return capabilityCalls(shippedAgents, services, { breakers, memo: createMemo(localMemoStore()) });
}

type Call = ReturnType<typeof capabilityCalls> extends ReadonlyMap<string, infer C> ? C : never;

function realCall(call: Call): RealCall {
  return async ({ args, callable, effect_key }, ctx, { attempt, signal }) => {
    const options = { execution_id: 'test', effect_key, cache: false };
    const limitMs = callable.policy.startToCloseMs;
    try {
      return await call(args, ctx, options, { attempt, limitMs, signal });
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      const { code, message, details, retryable } = error;
      throw new AttemptFailure({ code, message, details, retryable });
    }
  };
}

function missing(what: string): never {
  const refuse = (): never => {
    throw new NeedsService(what);
  };
  return new Proxy({}, { get: refuse, has: refuse }) as never;
}
