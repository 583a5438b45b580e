/** Calls that alerts take their values from: the agents' own, by the path of every call, as a context says. */
import type { Pool } from 'pg';
import type { ArgsOf, Capability, ResultOf } from '../../src/capabilities';
import { localBreakerStore } from '../../src/cache/local-breaker-store';
import { localMemoStore } from '../../src/cache/local-memo-store';
import { EngineError } from '../../src/contract/errors';
import type { RequestContext } from '../../src/contract/request-context';
import type { Providers } from '../../src/providers/providers';
import { callsOf } from '../index';
import type { Agent } from '../agent';
import type { CapabilityCall } from '../capability-call';
import { financialAnalyst } from '../financial-analyst';
import { dataHarvester } from '../harvester';
import { macroHound } from '../macro';
import { createMemo } from '../memo';
import { ratings } from '../ratings';

export interface AlertServices {
  database: Pool;
  providers?: Providers;
}

export type Calls = ReadonlyMap<string, CapabilityCall>;

/** Of the agents that values come from, in this process. Made once it is asked for, since a list of alerts needs none. */
export function sourceCalls(services: AlertServices): () => Calls {
  let calls: Calls | null = null;
  return () => (calls ??= make(services));
}

function make(services: AlertServices): Calls {
  const sources: readonly Agent<AlertServices>[] = [financialAnalyst, macroHound, dataHarvester, ratings];
  return callsOf(sources, services, { breakers: localBreakerStore(), memo: createMemo(localMemoStore()) });
}

/** @throws EngineError CAPABILITY_UNKNOWN where no agent here answers it; whatever the call throws */
export type Ask = <C extends Capability>(
  contract: C,
  args: ArgsOf<C>,
  at?: Partial<RequestContext>,
) => Promise<ResultOf<C>>;

/** @param runId what is remembered of the calls names it as its origin */
export function askWith(calls: Calls, ctx: RequestContext, runId: string, signal: AbortSignal): Ask {
  return async <C extends Capability>(contract: C, args: ArgsOf<C>, at: Partial<RequestContext> = {}) => {
    const call = calls.get(contract.name);
    if (!call) throw new EngineError('CAPABILITY_UNKNOWN', `No agent here answers ${contract.name}.`);
    const options = { execution_id: runId, effect_key: null, cache: true };
    const attempt = { attempt: 1, limitMs, signal };
    return (await call(args, { ...ctx, ...at }, options, attempt)).result as ResultOf<C>;
  };
}

/** Of one call. */
const limitMs = 60_000;
