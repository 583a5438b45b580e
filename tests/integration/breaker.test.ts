/** One table of vectors for every store of breakers: on real Redis, on real PostgreSQL, and in this process. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { Pool } from 'pg';
import { createBreakerStore } from '../../src/cache/breaker-store';
import { localBreakerStore } from '../../src/cache/local-breaker-store';
import { createRedis } from '../../src/cache/redis';
import { redisBreakerStore } from '../../src/cache/redis-breaker-store';
import type { BreakerAnswer, BreakerStore, BreakerStoreOptions } from '../../src/contract/breaker';
import { postgresBreakerStore } from '../../src/db/circuit-breakers';
import { createPool } from '../../src/db/pool';
import { createLogger } from '../../src/telemetry/logger';
import { type TestDatabase, testDatabase } from '../support/database';
import { redisUrl } from '../support/redis';

type Admitted = Exclude<BreakerAnswer, { decision: 'reject' }>;
type Decision = BreakerAnswer['decision'];
/** `ask` keeps the call under a letter; `ok` and `fail` report for it. */
type Step = { ask: string; gives: Decision } | { ok: string } | { fail: string } | { wait: 'open' | 'probe' };

const limits = { failures: 3, openMs: 700, probeMs: 500 };
const ask = (call: string, gives: Decision = 'allow'): Step => ({ ask: call, gives });
const ok = (call: string): Step => ({ ok: call });
const fail = (call: string): Step => ({ fail: call });
const wait = (span: 'open' | 'probe'): Step => ({ wait: span });
const failing = (...calls: string[]): Step[] => calls.flatMap((call) => [ask(call), fail(call)]);
const refused = ask('-', 'reject');

const vectors: [string, Step[]][] = [
  ['opens after the last failure of the row', [...failing('a', 'b'), ask('c'), fail('c'), refused]],
  [
    'starts counting again after a success',
    [...failing('a', 'b'), ask('c'), ok('c'), ...failing('d', 'e'), ask('f')],
  ],
  [
    'lets one probe through and closes when it succeeds',
    [
      ...failing('a', 'b', 'c'),
      wait('open'),
      ask('p', 'probe'),
      refused,
      ok('p'),
      ask('d'),
      fail('d'),
      ask('e'),
    ],
  ],
  [
    'opens again when the probe fails',
    [
      ...failing('a', 'b', 'c'),
      wait('open'),
      ask('p', 'probe'),
      fail('p'),
      refused,
      wait('open'),
      ask('q', 'probe'),
    ],
  ],
  [
    'gives the probe away when its holder is silent, and ignores it then',
    [
      ...failing('a', 'b', 'c'),
      wait('open'),
      ask('p', 'probe'),
      wait('probe'),
      ask('q', 'probe'),
      ok('p'),
      refused,
      fail('p'),
      refused,
      ok('q'),
      ask('d'),
    ],
  ],
  [
    'ignores what was let through before it opened',
    [
      ask('x'),
      ask('y'),
      ...failing('a', 'b', 'c'),
      ok('x'),
      refused,
      wait('open'),
      fail('y'),
      ask('p', 'probe'),
    ],
  ],
  [
    'ignores it after it has closed, too',
    [
      ...[ask('x'), ask('y'), ask('z')],
      ...failing('a', 'b', 'c'),
      wait('open'),
      ask('p', 'probe'),
      ok('p'),
      ...[fail('x'), fail('y'), fail('z')],
      ask('d'),
    ],
  ],
];

async function play(store: BreakerStore, agent: string, steps: readonly Step[]): Promise<void> {
  const calls = new Map<string, Admitted>();
  for (const step of steps) {
    if ('wait' in step) await sleep((step.wait === 'open' ? limits.openMs : limits.probeMs) + 20);
    else if ('ask' in step) {
      const answer = await store.ask(agent);
      expect([step.ask, answer.decision]).toEqual([step.ask, step.gives]);
      if (answer.decision === 'reject') {
        expect(answer.retryAfterMs).toBeGreaterThan(0);
        expect(answer.retryAfterMs).toBeLessThanOrEqual(Math.max(limits.openMs, limits.probeMs));
      } else calls.set(step.ask, answer);
    } else {
      const call = calls.get('ok' in step ? step.ok : step.fail) as Admitted;
      const event = 'ok' in step ? 'succeeded' : 'failed';
      await store[event](agent, call.generation, call.decision === 'probe');
    }
  }
}

let database: TestDatabase;
let pools: Pool[] = [];
let clients: Redis[] = [];

beforeAll(async () => {
  database = await testDatabase();
  pools = [createPool(database.appUrl), createPool(database.appUrl)];
  clients = [0, 1].map(() => createRedis(redisUrl(), createLogger('silent')));
  for (const redis of clients) if (redis.status !== 'ready') await once(redis, 'ready');
});

afterAll(async () => {
  for (const redis of clients) redis.disconnect();
  await Promise.all(pools.map((pool) => pool.end()));
  await database.drop();
});

/** Each as two processes see it: stores of their own on connections of their own, where the state is shared. */
const stores: [string, (options: BreakerStoreOptions) => BreakerStore[]][] = [
  ['Redis', (options) => clients.map((redis) => redisBreakerStore(redis, options))],
  ['PostgreSQL', (options) => pools.map((pool) => postgresBreakerStore(pool, options))],
  ['this process', (options) => [localBreakerStore(options)]],
];

describe.each(stores)('a breaker in %s', (_name, create) => {
  it.each(vectors)('%s', async (_title, steps) => {
    const [store] = create({ limits });
    await play(store as BreakerStore, randomUUID(), steps);
  });

  it('tells the state of every agent asked for, closed where nothing is known', async () => {
    const [store] = create({ limits }) as [BreakerStore];
    const [agent, other] = [randomUUID(), randomUUID()];
    await play(store, agent, failing('a', 'b', 'c'));
    const states = await store.read([agent, other]);
    expect(states[other]).toEqual({ fails: 0, open_until: 0, probe_until: 0, generation: 0 });
    expect(states[agent]).toMatchObject({ fails: 3, probe_until: 0, generation: 1 });
    expect(Math.abs((states[agent]?.open_until ?? 0) - Date.now() - limits.openMs)).toBeLessThan(300);
  });

  it('is opened once by 500 failures at the same time, and prolonged by none of them', async () => {
    const opened: string[] = [];
    const all = create({ limits, onChange: (agent, to) => opened.push(`${agent} ${to}`) });
    const agent = randomUUID();
    const storeOf = (index: number): BreakerStore => all[index % all.length] as BreakerStore;
    const answers = await Promise.all(Array.from({ length: 500 }, (_, index) => storeOf(index).ask(agent)));
    expect(answers.filter(({ decision }) => decision !== 'allow')).toEqual([]);
    await Promise.all(answers.map((_, index) => storeOf(index).failed(agent, 0, false)));
    expect(opened).toEqual([`${agent} open`]);
    expect((await storeOf(0).read([agent]))[agent]).toMatchObject({ fails: limits.failures, generation: 1 });
  });

  it('lets exactly one of 200 callers probe, in each window', async () => {
    const all = create({ limits: { ...limits, probeMs: 2_000 } });
    const agent = randomUUID();
    const storeOf = (index: number): BreakerStore => all[index % all.length] as BreakerStore;
    await play(storeOf(0), agent, failing('a', 'b', 'c'));
    for (const window of [1, 2]) {
      await sleep(limits.openMs + 20);
      const answers = await Promise.all(Array.from({ length: 200 }, (_, index) => storeOf(index).ask(agent)));
      const probes = answers.filter(({ decision }) => decision === 'probe') as Admitted[];
      expect([window, probes.length, answers.filter(({ decision }) => decision === 'allow').length]).toEqual([
        window,
        1,
        0,
      ]);
      await storeOf(1).failed(agent, probes[0]?.generation ?? 0, true);
    }
  });
});

describe('what processes share', () => {
  it.each(stores.slice(0, 2))('through %s is seen by the other one', async (_name, create) => {
    const [one, other] = create({ limits }) as [BreakerStore, BreakerStore];
    const agent = randomUUID();
    await play(one, agent, failing('a', 'b', 'c'));
    expect((await other.ask(agent)).decision).toBe('reject');
  });
});

describe('the store that processes use', () => {
  it('is shared through Redis when there is one, else through PostgreSQL', () => {
    const [redis, pool, log] = [clients[0] as Redis, pools[0] as Pool, createLogger('silent')];
    expect(createBreakerStore({ redis, pool, log }).scope).toBe('redis');
    expect(createBreakerStore({ redis: null, pool, log }).scope).toBe('postgres');
  });

  it('works on, for this process alone, when Redis is away, and says it once', async () => {
    const log = { info: jest.fn(), warn: jest.fn() };
    const redis = createRedis('redis://127.0.0.1:1', log);
    const store = createBreakerStore({ redis, pool: pools[0] as Pool, log, limits });
    const agent = randomUUID();
    await play(store, agent, [...failing('a', 'b', 'c'), refused]);
    expect(store.scope).toBe('local');
    await sleep(1_000);
    redis.disconnect();
    expect(log.warn.mock.calls.map(([, message]) => message as string).sort()).toEqual([
      'Redis cannot be reached',
      'breakers cannot be shared through redis; each process keeps its own',
      'circuit breaker opened',
    ]);
  });

  it('works on when PostgreSQL is away', async () => {
    const pool = createPool('postgresql://nobody@127.0.0.1:1/nothing');
    const store = createBreakerStore({ redis: null, pool, log: createLogger('silent'), limits });
    await play(store, randomUUID(), [...failing('a', 'b', 'c'), refused]);
    await pool.end();
  });
});
