/** Asks the agent `alerts` on a copy of the demo, as a run would; each call is a step of its own unless a key is given. */
import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { callsOf } from '../../activities';
import { alerts } from '../../activities/alerts';
import { createMemo } from '../../activities/memo';
import { localBreakerStore } from '../../src/cache/local-breaker-store';
import { localMemoStore } from '../../src/cache/local-memo-store';
import { type ArgsOf, type Catalogue, catalogue, type ResultOf } from '../../src/capabilities';
import type { alertsCatalogue } from '../../src/capabilities/alerts';
import { createPool } from '../../src/db/pool';
import type { Providers } from '../../src/providers/providers';
import { alice, contextOf, type Owner } from './ask-analyst';
import { testDatabase, type TestDatabase } from './database';

type Name = keyof typeof alertsCatalogue;

export interface Alerts {
  database: TestDatabase;
  pool: Pool;
  /** Alice where nobody is named, at the pack of 2013-02-28. */
  ask<N extends Name>(
    name: N,
    args: ArgsOf<Catalogue[N]>,
    asked?: { day?: string; owner?: Owner; key?: string },
  ): Promise<ResultOf<Catalogue[N]>>;
  close(): Promise<void>;
}

/** @param providers left out: none has a key */
export async function startAlerts(providers?: Providers): Promise<Alerts> {
  const database = await testDatabase();
  const pool = createPool(database.appUrl);
  const dependencies = { breakers: localBreakerStore(), memo: createMemo(localMemoStore()) };
  const calls = callsOf([alerts], { database: pool, ...(providers && { providers }) }, dependencies);
  return {
    database,
    pool,
    async ask(name, args, { day = '2013-02-28', owner = alice, key = randomUUID() } = {}) {
      const call = calls.get(name);
      if (!call) throw new Error(`${name} is not the agent's`);
      const effect_key = catalogue[name].effect === 'write' ? key : null;
      const options = { execution_id: 'test', effect_key, cache: false };
      const attempt = { attempt: 1, limitMs: 60_000, signal: new AbortController().signal };
      const { result } = await call(args, await contextOf(pool, owner, day), options, attempt);
      return result as ResultOf<Catalogue[typeof name]>;
    },
    async close() {
      await pool.end();
      await database.drop();
    },
  };
}
