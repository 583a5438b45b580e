/** Asks agents about the demo as a run would: real database, arguments and results checked by the schemas. */
import type { Pool } from 'pg';
import { callsOf } from '../../activities';
import type { Agent } from '../../activities/agent';
import { financialAnalyst } from '../../activities/financial-analyst';
import { createMemo } from '../../activities/memo';
import { localBreakerStore } from '../../src/cache/local-breaker-store';
import { localMemoStore } from '../../src/cache/local-memo-store';
import { type CapabilityName, catalogue, type Catalogue, type ResultOf } from '../../src/capabilities';
import type { RequestContext } from '../../src/contract/request-context';
import { createPool, withUser } from '../../src/db/pool';
import { findPortfolio } from '../../src/db/portfolios';
import { testDatabase, type TestDatabase } from './database';

export interface Owner {
  user_id: string;
  portfolio_id: string;
}

/** Her portfolio is in Canadian dollars. */
export const alice: Owner = {
  user_id: 'a11ce000-0000-4000-8000-000000000001',
  portfolio_id: 'a11ce000-0000-4000-8000-0000000000a1',
};
/** His is in US dollars. */
export const bob: Owner = {
  user_id: 'b0b00000-0000-4000-8000-000000000002',
  portfolio_id: 'b0b00000-0000-4000-8000-0000000000b1',
};

export interface Analyst {
  database: TestDatabase;
  pool: Pool;
  /** Alice where nobody is named; at the pack of a day. `portfolio_id` and `pack_id` are filled in where they are arguments. */
  ask<N extends CapabilityName>(
    name: N,
    args?: object,
    asked?: { day?: string; owner?: Owner; ctx?: Partial<RequestContext> },
  ): Promise<ResultOf<Catalogue[N]>>;
  close(): Promise<void>;
}

/**
 * @param other left out: a copy of the demo
 * @param agents left out: the financial analyst alone
 */
export async function startAnalyst(
  other?: TestDatabase,
  agents: readonly Agent<{ database: Pool }>[] = [financialAnalyst],
): Promise<Analyst> {
  const database = other ?? (await testDatabase());
  const pool = createPool(database.appUrl);
  const dependencies = { breakers: localBreakerStore(), memo: createMemo(localMemoStore()) };
  const calls = callsOf(agents, { database: pool }, dependencies);
  return {
    database,
    pool,
    async ask(name, args = {}, { day = '2013-02-28', owner = alice, ctx = {} } = {}) {
      const context = { ...(await contextOf(pool, owner, day)), ...ctx };
      const { portfolio_id, pricing_pack_id } = context;
      const known: Record<string, unknown> = { portfolio_id, pack_id: pricing_pack_id };
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

/** What a request about an owner's portfolio knows at the pack of a day. */
export async function contextOf(pool: Pool, owner: Owner, day: string): Promise<RequestContext> {
  const portfolio = await withUser(pool, owner.user_id, (tx) => findPortfolio(tx, owner.portfolio_id));
  if (!portfolio) throw new Error(`the demo has no portfolio ${owner.portfolio_id}`);
  return {
    trace_id: '0'.repeat(32),
    request_id: 'test',
    ...owner,
    pricing_pack_id: `PP_${day}`,
    ledger_commit_hash: portfolio.ledger_commit_hash ?? '',
    asof_date: day,
    base_currency: portfolio.base_currency,
    benchmark_id: portfolio.benchmark_id,
    rights: [],
  };
}
