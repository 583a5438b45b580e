/** Remembered results in a real Redis: shared, kept as they were first, and never missed when Redis is away. */
import { randomUUID } from 'node:crypto';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Redis } from 'ioredis';
import { createMemo, type Memo } from '../../activities/memo';
import { createRedis } from '../../src/cache/redis';
import { createMemoStore } from '../../src/cache/memo-store';
import type { Remembered } from '../../src/contract/memo';
import { createLogger } from '../../src/telemetry/logger';
import { type Engine, outcomeOf, startEngine } from '../support/engine';
import { redisUrl } from '../support/redis';

const silent = createLogger('silent');
const answer = (value: unknown, by = 'exec-1'): Remembered => ({
  result: { value },
  meta: {
    source: 'ledger:x',
    asof_date: null,
    confidence: null,
    result_digest: 'sha256:1',
    source_execution_id: by,
  },
});
const recall = (memo: Memo, key: string, compute: () => Promise<Remembered>) =>
  memo.recall({ key, fits: () => true, race: (work) => work }, compute);
const giving = (value: unknown, by?: string) => () => Promise.resolve(answer(value, by));

const clients: Redis[] = [];
const servers: Server[] = [];
afterAll(async () => {
  for (const client of clients) client.disconnect();
  for (const server of servers) server.close();
});

async function connect(url: string, ready = true): Promise<Redis> {
  const redis = createRedis(url, silent);
  clients.push(redis);
  if (ready) await new Promise((resolve) => redis.once('ready', resolve));
  return redis;
}

/** Stands before the real Redis, and holds back what is sent to it while it is stalled. */
async function openProxy(): Promise<{ url: string; stall(on: boolean): void }> {
  const target = new URL(redisUrl());
  const pairs: [Socket, Socket][] = [];
  const server = createServer((socket) => {
    const upstream = createConnection({ host: target.hostname, port: Number(target.port) });
    pairs.push([socket, upstream]);
    for (const end of [socket, upstream]) end.on('error', () => undefined);
    socket.pipe(upstream).pipe(socket);
  });
  servers.push(server);
  server.on('close', () => {
    for (const end of pairs.flat()) end.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stall = (on: boolean): void => {
    for (const [socket, upstream] of pairs) {
      if (on) socket.unpipe(upstream).pause();
      else socket.pipe(upstream);
    }
  };
  return { url: `redis://127.0.0.1:${String((server.address() as AddressInfo).port)}`, stall };
}

/** Each call as another process would have it. */
async function process(): Promise<{ redis: Redis; memo: Memo }> {
  const redis = await connect(redisUrl());
  return { redis, memo: createMemo(createMemoStore({ redis, log: silent })) };
}

describe('results remembered in Redis', () => {
  it('are shared by processes, with the provenance of the run that produced them', async () => {
    const [one, two] = [await process(), await process()];
    const key = randomUUID();
    expect(two.memo.scope).toBe('redis');
    expect(await two.memo.lookup([key])).toEqual([false]);
    expect(await recall(one.memo, key, giving(1))).toMatchObject({ cache: 'miss' });
    expect(await two.memo.lookup([randomUUID(), key])).toEqual([false, true]);
    expect(await recall(two.memo, key, giving(2, 'exec-2'))).toEqual({ ...answer(1), cache: 'hit' });
  });

  it('never expire', async () => {
    const { redis, memo } = await process();
    const key = randomUUID();
    await recall(memo, key, giving(1));
    expect(await redis.ttl(`dawsos:memo:${key}`)).toBe(-1);
  });

  it('stay what was stored first when two processes compute at once', async () => {
    const [one, two] = [await process(), await process()];
    const key = randomUUID();
    let release: () => void = () => undefined;
    const both = new Promise<void>((resolve) => (release = resolve));
    const slow = recall(one.memo, key, () => both.then(() => answer(1, 'slow')));
    await recall(two.memo, key, giving(1, 'fast'));
    release();
    await slow;
    expect((await recall(two.memo, key, giving(1))).meta.source_execution_id).toBe('fast');
  });

  it('are computed again when they are lost or damaged', async () => {
    const { redis, memo } = await process();
    const key = randomUUID();
    await recall(memo, key, giving(1));
    await redis.del(`dawsos:memo:${key}`);
    expect(await recall(memo, key, giving(1))).toMatchObject({ cache: 'miss' });
    await redis.set(`dawsos:memo:${key}`, 'nonsense');
    expect(await recall(memo, key, giving(1))).toMatchObject({ cache: 'miss' });
    expect(await recall(memo, key, giving(1))).toMatchObject({ cache: 'hit' });
    await redis.del(`dawsos:memo:${key}`);
    await redis.lpush(`dawsos:memo:${key}`, 'a list');
    expect(await recall(memo, key, giving(7))).toMatchObject({ result: { value: 7 }, cache: 'miss' });
  });
});

describe('a Redis that does not help', () => {
  const computed = async (redis: Redis): Promise<number> => {
    const memo = createMemo(createMemoStore({ redis, log: silent }));
    const started = performance.now();
    for (let value = 0; value < 20; value += 1) {
      expect(await recall(memo, randomUUID(), giving(value))).toMatchObject({
        result: { value },
        cache: 'miss',
      });
    }
    expect(await memo.lookup(['0', '1'])).toEqual([false, false]);
    return performance.now() - started;
  };

  it('because it is not there costs nothing and changes no result', async () => {
    expect(await computed(await connect('redis://127.0.0.1:1', false))).toBeLessThan(500);
  });

  it('because it no longer answers costs one wait for all, and is used again when it does', async () => {
    const { url, stall } = await openProxy();
    const redis = await connect(url);
    stall(true);
    expect(await computed(redis)).toBeLessThan(900);
    stall(false);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const memo = createMemo(createMemoStore({ redis, log: silent }));
    const key = randomUUID();
    await recall(memo, key, giving(1));
    expect(await recall(memo, key, giving(2))).toMatchObject({ result: { value: 1 }, cache: 'hit' });
  });
});

describe('a run', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await startEngine({ redisUrl: redisUrl() });
  });
  afterAll(() => engine.close());

  it('says which steps were remembered and from which execution, and is otherwise the same', async () => {
    const unique = randomUUID();
    const echo = (as: string, value: unknown) => ({ capability: 'probe.echo', args: { value }, as });
    const pattern = { steps: [echo('one', unique), echo('two', '{{state.one.value}}')], outputs: ['two'] };
    const run = async (cache: boolean) => {
      const started = await engine.start(pattern, {}, (input) => {
        input.cache = cache;
      });
      const { trace } = outcomeOf(await started.ended());
      const steps = trace.steps.map(({ cache, source, source_execution_id: from }) => ({
        cache,
        source,
        from,
      }));
      return { id: started.id, fingerprint: trace.fingerprint, steps };
    };
    const [first, second, third] = [await run(true), await run(true), await run(false)];
    // The second step asks for the same as the first one.
    expect(first.steps).toEqual([
      { cache: 'miss', source: 'test', from: undefined },
      { cache: 'hit', source: 'test', from: first.id },
    ]);
    expect(second.steps).toEqual([
      { cache: 'hit', source: 'test', from: first.id },
      { cache: 'hit', source: 'test', from: first.id },
    ]);
    expect(third.steps.map(({ cache }) => cache)).toEqual(['off', 'off']);
    expect([second.fingerprint, third.fingerprint]).toEqual([first.fingerprint, first.fingerprint]);
  }, 30_000);
});
