/**
 * Breakers that processes share through PostgreSQL: one row per agent, the server's clock, one statement per change.
 * The statements are src/breaker/state-machine.ts in SQL; one table of vectors drives the tests of both.
 */
import type { Pool } from 'pg';
import { closedBreaker, defaultLimits } from '../breaker/state-machine';
import type { BreakerAnswer, BreakerState, BreakerStore, BreakerStoreOptions } from '../contract/breaker';

export function postgresBreakerStore(
  database: Pool,
  { limits = defaultLimits, onChange }: BreakerStoreOptions = {},
): BreakerStore {
  const read = shareReads(database);
  return {
    scope: 'postgres',
    ask: (agent) => ask(database, read, agent, limits.probeMs),
    succeeded: async (agent, generation, wasProbe) => {
      const { rowCount } = await database.query(recordSuccess, [agent, generation, wasProbe]);
      if (wasProbe && rowCount === 1) onChange?.(agent, 'closed');
    },
    failed: async (agent, generation, wasProbe) => {
      const { rows } = await database.query<{ is_open: boolean }>(recordFailure, [
        agent,
        generation,
        wasProbe,
        limits.failures,
        limits.openMs,
      ]);
      if (rows[0]?.is_open) onChange?.(agent, 'open');
    },
    read: async (agents) => {
      const { rows } = await database.query<BreakerState & { agent: string }>(readStates, [agents]);
      const known = new Map(rows.map(({ agent, ...state }) => [agent, state]));
      return Object.fromEntries(agents.map((agent) => [agent, known.get(agent) ?? closedBreaker]));
    },
  };
}

const insertBreaker = 'insert into circuit_breakers (agent) values ($1) on conflict do nothing';

const readBreaker = `
  select generation, open_until is not null as is_open,
    ceil(extract(epoch from greatest(open_until, probe_until) - clock_timestamp()) * 1000)::float8 as wait_ms
  from circuit_breakers where agent = $1`;

const takeProbe = `
  update circuit_breakers
  set probe_until = clock_timestamp() + $3 * interval '1 ms', generation = generation + 1
  where agent = $1 and generation = $2`;

/** Writes nothing in the usual case, where there is no failure to forget. */
const recordSuccess = `
  update circuit_breakers
  set fails = 0, open_until = null, probe_until = null, generation = generation + $3::boolean::integer
  where agent = $1 and generation = $2 and (probe_until is not null) = $3 and fails > 0`;

const recordFailure = `
  update circuit_breakers
  set fails = fails + 1,
    open_until = case when $3 or fails + 1 >= $4 then clock_timestamp() + $5 * interval '1 ms' end,
    probe_until = null,
    generation = generation + ($3 or fails + 1 >= $4)::integer
  where agent = $1 and generation = $2 and (probe_until is not null) = $3
  returning open_until is not null as is_open`;

const readStates = `
  select agent, fails, generation,
    coalesce(floor(extract(epoch from open_until) * 1000), 0)::float8 as open_until,
    coalesce(floor(extract(epoch from probe_until) * 1000), 0)::float8 as probe_until
  from circuit_breakers where agent = any($1)`;

interface BreakerRow {
  generation: number;
  is_open: boolean;
  wait_ms: number | null;
}

type ReadBreaker = (agent: string) => Promise<BreakerRow | undefined>;

/** Those who ask while the same is being read share the answer: in a storm they would only wait for each other's connections. */
function shareReads(database: Pool): ReadBreaker {
  const reading = new Map<string, ReturnType<ReadBreaker>>();
  return (agent) => {
    const known = reading.get(agent);
    if (known) return known;
    const begun = database
      .query<BreakerRow>(readBreaker, [agent])
      .then(({ rows }) => rows[0])
      .finally(() => reading.delete(agent));
    reading.set(agent, begun);
    return begun;
  };
}

async function ask(
  database: Pool,
  read: ReadBreaker,
  agent: string,
  probeMs: number,
): Promise<BreakerAnswer> {
  const breaker = await read(agent);
  if (!breaker) {
    await database.query(insertBreaker, [agent]);
    return { decision: 'allow', generation: closedBreaker.generation };
  }
  const { generation, is_open, wait_ms } = breaker;
  if (!is_open) return { decision: 'allow', generation };
  if (wait_ms !== null && wait_ms > 0) return { decision: 'reject', retryAfterMs: wait_ms };
  // Of all who saw this generation one can raise it; the others look again at what that one has made of it.
  const { rowCount } = await database.query(takeProbe, [agent, generation, probeMs]);
  return rowCount === 1
    ? { decision: 'probe', generation: generation + 1 }
    : ask(database, read, agent, probeMs);
}
