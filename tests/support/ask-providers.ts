/** Asks the agents that depend on providers, each provider played by one server on this machine. */
import type { Pool } from 'pg';
import { callsOf } from '../../activities';
import { claudeAgent } from '../../activities/claude';
import { dataHarvester } from '../../activities/harvester';
import { createMemo } from '../../activities/memo';
import { localBreakerStore } from '../../src/cache/local-breaker-store';
import { localMemoStore } from '../../src/cache/local-memo-store';
import type { CapabilityName, Catalogue, ResultOf } from '../../src/capabilities';
import type { BreakerStore } from '../../src/contract/breaker';
import type { Envelope } from '../../src/contract/trace';
import { createPool } from '../../src/db/pool';
import { createProviders } from '../../src/providers/providers';
import { alice, contextOf } from './ask-analyst';
import { testDatabase, type TestDatabase } from './database';
import type { ProviderServer } from './provider-server';

/** That every played provider is asked with. */
export const playedKey = 's3cr3t-k3y';
const keyed = {
  polygon: playedKey,
  fmp: playedKey,
  fred: playedKey,
  newsApi: playedKey,
  anthropic: playedKey,
};
export const unkeyed = { polygon: null, fmp: null, fred: null, newsApi: null, anthropic: null };

export interface AskProviders {
  database: TestDatabase;
  breakers: BreakerStore;
  /** For Alice, on the demo's day unless another is named. */
  call(name: CapabilityName, args: object, asked?: { day?: string; signal?: AbortSignal }): Promise<Envelope>;
  ask<N extends CapabilityName>(
    name: N,
    args: object,
    asked?: { day?: string; signal?: AbortSignal },
  ): Promise<ResultOf<Catalogue[N]>>;
  close(): Promise<void>;
}

/** @param server `null`: no provider has a key */
export async function startAskProviders(
  server: ProviderServer | null,
  model = 'claude-sonnet-4-6',
): Promise<AskProviders> {
  const database = await testDatabase();
  const pool: Pool = createPool(database.appUrl);
  const breakers = localBreakerStore();
  const host = { baseUrl: server?.baseUrl ?? '', limit: null };
  const providers = createProviders({
    ...{ keys: server ? keyed : unkeyed, model, breakers },
    ...(server && { hosts: { polygon: host, fmp: host, fred: host, newsApi: host, anthropic: host } }),
  });
  const dependencies = { breakers, memo: createMemo(localMemoStore()) };
  const calls = callsOf([dataHarvester, claudeAgent], { database: pool, providers }, dependencies);
  const call: AskProviders['call'] = async (name, args, { day = '2013-02-28', signal } = {}) => {
    const found = calls.get(name);
    if (!found) throw new Error(`${name} belongs to another agent`);
    const ctx = { ...(await contextOf(pool, alice, '2013-02-28')), asof_date: day };
    const attempt = { attempt: 1, limitMs: 60_000, signal: signal ?? new AbortController().signal };
    return found(args, ctx, { execution_id: 'test', effect_key: null, cache: false }, attempt);
  };
  return {
    database,
    breakers,
    call,
    ask: async (name, args, asked) => (await call(name, args, asked)).result as never,
    close: async () => {
      await pool.end();
      await database.drop();
    },
  };
}
