/** The ioredis client: gives up fast, so that a Redis that is away slows nothing down, and complains once, not per retry. */
import { Redis } from 'ioredis';
import type { Logger } from 'pino';

/** Connects in the background and keeps trying; until then, and whenever it is away, commands reject at once. */
export function createRedis(url: string, log: Pick<Logger, 'info' | 'warn'>): Redis {
  const redis = new Redis(url, {
    connectTimeout: 1_000,
    commandTimeout: 500,
    // How long `disconnect` waits for a socket to close, even for one that has long done so.
    disconnectTimeout: 200,
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    retryStrategy: (attempt) => Math.min(100 * 2 ** attempt, 5_000),
  });
  let isAway = false;
  redis.on('error', (error: Error) => {
    if (isAway) return;
    isAway = true;
    log.warn({ err: error }, 'Redis cannot be reached');
  });
  redis.on('ready', () => {
    if (isAway) log.info('Redis is back');
    isAway = false;
  });
  return redis;
}
