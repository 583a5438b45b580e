/** Fault F7: Redis is emptied, stands still, dies and comes back: the same results without it, and no caller notices. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';
import { startGuard } from '../../src/embedded/guard';
import { type RunningRedis, startRedis } from '../../src/embedded/redis';
import type { Trace } from '../../src/contract/trace';
import { until } from '../support/process';
import { type Answer, type Stack, startStack } from '../support/stack';

const echo = (as: string, value: unknown) => ({ capability: 'probe.echo', args: { value }, as });
const pattern = {
  id: 'remembering',
  name: 'Remembering',
  category: 'analysis',
  inputs: { seed: { type: 'string', required: true } },
  steps: [echo('one', '{{inputs.seed}}'), echo('two', { of: '{{state.one.value}}' })],
  outputs: ['two'],
};

const guard = startGuard();
const runDir = mkdtempSync(path.join(os.tmpdir(), 'dawsos-redis-'));
const start = (port = 0): Promise<RunningRedis> =>
  startRedis({ cacheDir: path.resolve('.data/cache'), runDir, guard, port });
let redis: RunningRedis;
let stack: Stack;
let first: Answer;
const seed = randomUUID();

beforeAll(async () => {
  redis = await start();
  stack = await startStack([pattern], { redisUrl: redis.url });
  await until('Redis to be used', async () => (await breakerStore()) === 'redis');
  first = await execute('direct');
}, 120_000);
afterAll(async () => {
  await stack.close();
  await redis.stop();
  guard.close();
});

/** With memory, but never the answer of an earlier run. */
const execute = (mode: string): Promise<Answer> =>
  stack.call('/v1/execute', {
    body: { pattern_id: pattern.id, portfolio_id: stack.market.a.portfolio_id, inputs: { seed }, mode },
    headers: { 'Idempotency-Key': randomUUID(), 'Cache-Control': 'max-age=0', Prefer: 'wait=30' },
  });
const traceOf = ({ body }: Answer): Trace => body['trace'] as Trace;
const cacheOf = (answer: Answer): unknown[] => traceOf(answer).steps.map(({ cache }) => cache);

async function breakerStore(): Promise<string> {
  const { body } = await stack.call('/health', { as: null });
  return (body['breaker_store'] as { kind: string }).kind;
}

/** Twenty at once, in both modes: all as the first one. */
async function expectSame(): Promise<Answer[]> {
  const modes = Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? 'durable' : 'direct'));
  const answers = await Promise.all(modes.map(execute));
  for (const answer of answers) {
    expect([answer.status, answer.body['data']]).toEqual([200, { two: { value: { of: seed } } }]);
    expect(traceOf(answer).fingerprint).toBe(traceOf(first).fingerprint);
  }
  return answers;
}

/** A machine under load makes Redis slow, and a slow Redis is left alone for a second. */
const untilRemembered = (): Promise<void> =>
  until('results to be remembered', async () => {
    const caches = [...cacheOf(await execute('durable')), ...cacheOf(await execute('direct'))];
    return caches.every((cache) => cache === 'hit');
  });

it('remembers while it is there', async () => {
  expect(cacheOf(first)).toEqual(['miss', 'miss']);
  await expectSame();
  await untilRemembered();
});

it('remembers nothing when it was emptied, and then again', async () => {
  const client = new Redis(redis.url);
  await client.flushall();
  client.disconnect();
  expect(cacheOf(await execute('direct'))).toEqual(['miss', 'miss']);
  await expectSame();
  await untilRemembered();
});

it('is done without while it stands still', async () => {
  process.kill(redis.process.pid, 'SIGSTOP');
  await expectSame();
  expect(await breakerStore()).toBe('local');
  process.kill(redis.process.pid, 'SIGCONT');
  await until('Redis to be used again', async () => (await breakerStore()) === 'redis');
  await expectSame();
});

it('is done without while it is dead, and used again when it is back, with nothing in it', async () => {
  process.kill(redis.process.pid, 'SIGKILL');
  await redis.process.ended;
  await expectSame();
  expect(cacheOf(await execute('direct'))).toEqual(['miss', 'miss']);
  expect(await breakerStore()).toBe('local');
  redis = await start(Number(new URL(redis.url).port));
  await until('Redis to be used again', async () => (await breakerStore()) === 'redis');
  await untilRemembered();
  await expectSame();
});
