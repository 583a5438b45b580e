/** Remembered results that processes share through Redis; while it is away or slow nothing is known and nothing is kept. */
import type { Redis } from 'ioredis';
import type { MemoStore } from '../contract/memo';
import { type AttemptOptions, createAttempts } from './attempt';

/** A lookup must cost less than most calls do. */
const patienceMs = 250;

const deleteIfSame = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`;

/** What `defineCommand` adds to the client. */
interface WithDiscard {
  dawsosMemoDiscard(key: string, text: string): Promise<number>;
}

export function redisMemoStore(redis: Redis, options: Omit<AttemptOptions, 'away' | 'back'>): MemoStore {
  redis.defineCommand('dawsosMemoDiscard', { numberOfKeys: 1, lua: deleteIfSame });
  const { attempt } = createAttempts({
    timeoutMs: patienceMs,
    ...options,
    away: 'Redis gives no remembered results; every call is computed',
    back: 'Redis gives remembered results again',
  });
  return {
    scope: 'redis',
    get: async (key) => (await attempt(() => redis.get(nameOf(key))))?.value ?? null,
    put: async (key, text) => {
      await attempt(() => redis.set(nameOf(key), text, 'NX'));
    },
    discard: async (key, text) => {
      await attempt(() => (redis as unknown as WithDiscard).dawsosMemoDiscard(nameOf(key), text));
    },
    has: async (keys) => {
      const answers = await attempt(() => Promise.all(keys.map((key) => redis.exists(nameOf(key)))));
      return keys.map((_, index) => answers?.value[index] === 1);
    },
  };
}

function nameOf(key: string): string {
  return `dawsos:memo:${key}`;
}
