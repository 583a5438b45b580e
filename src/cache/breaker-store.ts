/** Chooses how breakers are shared: through Redis when there is one, else through PostgreSQL; locally while that is away. */
import type { Redis } from 'ioredis';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { BreakerLimits, BreakerStore } from '../contract/breaker';
import { postgresBreakerStore } from '../db/circuit-breakers';
import { withLocalFallback } from './fallback-breaker-store';
import { localBreakerStore } from './local-breaker-store';
import { redisBreakerStore } from './redis-breaker-store';

export interface BreakerStoreSettings {
  redis: Redis | null;
  pool: Pool;
  log: Pick<Logger, 'info' | 'warn'>;
  limits?: BreakerLimits;
}

export function createBreakerStore({ redis, pool, log, limits }: BreakerStoreSettings): BreakerStore {
  const options = {
    ...(limits && { limits }),
    onChange: (agent: string, breaker: 'open' | 'closed'): void => {
      if (breaker === 'open') log.warn({ agent, breaker }, 'circuit breaker opened');
      else log.info({ agent, breaker }, 'circuit breaker closed');
    },
  };
  const shared = redis ? redisBreakerStore(redis, options) : postgresBreakerStore(pool, options);
  // Waiting for one of the pool's connections is no sign that PostgreSQL is away; the pool itself gives up after this long.
  const patience = redis ? {} : { timeoutMs: 3_000 };
  return withLocalFallback(shared, localBreakerStore(options), { log, ...patience });
}
