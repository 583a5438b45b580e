/** Asks the agents of economy and portfolios about the demo as a run would: real database, everything checked by the schemas. */
import type { Pool } from 'pg';
import { capabilityCalls } from '../../activities';
import { financialAnalyst } from '../../activities/financial-analyst';
import { macroHound } from '../../activities/macro';
import { createMemo } from '../../activities/memo';
import { localBreakerStore } from '../../src/cache/local-breaker-store';
import { localMemoStore } from '../../src/cache/local-memo-store';
import { type CapabilityName, catalogue, type Catalogue, type ResultOf } from '../../src/capabilities';
import { createPool } from '../../src/db/pool';
import { alice, contextOf } from './ask-analyst';
import { testDatabase, type TestDatabase } from './database';

export interface Economist {
  database: TestDatabase;
  pool: Pool;
  /** For Alice, at the pack of a day; `portfolio_id` and `pack_id` are filled in where they are arguments. */
  ask<N extends CapabilityName>(name: N, day: string, args?: object): Promise<ResultOf<Catalogue[N]>>;
  close(): Promise<void>;
}

/** @param other left out: a copy of the demo */
export async function startEconomist(other?: TestDatabase): Promise<Economist> {
  const database = other ?? (await testDatabase());
  const pool = createPool(database.appUrl);
  const agents = [financialAnalyst, macroHound];
  const names = agents.flatMap(({ capabilities }) => capabilities);
  const own = Object.fromEntries(names.map((name) => [name, catalogue[name]]));
  const dependencies = { breakers: localBreakerStore(), memo: createMemo(localMemoStore()) };
  const calls = capabilityCalls(agents, { database: pool }, dependencies, own);
  return {
    database,
    pool,
    async ask(name, day, args = {}) {
      const context = await contextOf(pool, alice, day);
      const known: Record<string, unknown> = {
        portfolio_id: alice.portfolio_id,
        pack_id: context.pricing_pack_id,
      };
      const filled = Object.keys(catalogue[name].args.properties).flatMap((arg) =>
        arg in known ? [[arg, known[arg]] as const] : [],
      );
      const call = calls.get(name);
      if (!call) throw new Error(`${name} belongs to another agent`);
      const options = { execution_id: 'test', effect_key: null, cache: false };
      const attempt = { attempt: 1, limitMs: 60_000, signal: new AbortController().signal };
      const { result } = await call({ ...Object.fromEntries(filled), ...args }, context, options, attempt);
      return result as ResultOf<Catalogue[typeof name]>;
    },
    async close() {
      await pool.end();
      await database.drop();
    },
  };
}
