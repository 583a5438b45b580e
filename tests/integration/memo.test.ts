/** Remembered results in a real Redis: shared, kept as they were first, and never missed when Redis is away. */
import { randomUUID } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Redis } from 'ioredis';
import { createMemo, type Memo } from '../../activities/memo';
import { createRedis } from '../../src/cache/redis';
import { createMemoStore } from '../../src/cache/memo-store';
import type { Remembered } from '../../src/contract/memo';
import { createLogger } from '../../src/telemetry/logger';
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
  async function mute(): Promise<string> {
    const sockets: Socket[] = [];
    const server = createServer((socket) => void sockets.push(socket));
    servers.push(server);
    server.on('close', () => {
      for (const socket of sockets) socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `redis://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  }

  it.each([
    ['is not there', async () => 'redis://127.0.0.1:1'],
    ['takes connections and never answers', mute],
  ])('and %s costs little and changes no result', async (_title, address) => {
    const redis = await connect(await address(), false);
    const memo = createMemo(createMemoStore({ redis, log: silent }));
    const started = performance.now();
    for (let value = 0; value < 20; value += 1) {
      expect(await recall(memo, String(value), giving(value))).toMatchObject({
        result: { value },
        cache: 'miss',
      });
    }
    expect(await memo.lookup(['0', '1'])).toEqual([false, false]);
    expect(performance.now() - started).toBeLessThan(900);
  });
});
