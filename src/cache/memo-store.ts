/** Chooses where results are remembered: in Redis when there is one, else in this process. */
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { MemoStore } from '../contract/memo';
import { localMemoStore } from './local-memo-store';
import { redisMemoStore } from './redis-memo-store';

export interface MemoStoreSettings {
  redis: Redis | null;
  log: Pick<Logger, 'info' | 'warn'>;
}

export function createMemoStore({ redis, log }: MemoStoreSettings): MemoStore {
  return redis ? redisMemoStore(redis, { log }) : localMemoStore();
}
