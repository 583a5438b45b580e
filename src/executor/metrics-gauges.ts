/** The gauges: how things stand when Prometheus asks, looked up then and not before. */
import type { Pool } from 'pg';
import { Gauge, type Registry } from 'prom-client';
import { type BreakerStore, phaseOf } from '../contract/breaker';
import { attempt } from './attempt';
import type { WaitingRoom } from './waiting-room';

export interface GaugeSources {
  pool: Pick<Pool, 'totalCount' | 'idleCount' | 'waitingCount'>;
  breakers: Pick<BreakerStore, 'read'>;
  /** Names of all agents of the catalogue. */
  agents: readonly string[];
  waiting: Pick<WaitingRoom, 'waiters'>;
  now: () => number;
}

const phases = { closed: 0, half_open: 1, open: 2 } as const;

/** Registers them; each asks its source at every collection. */
export function gaugesOf(registry: Registry, { pool, breakers, agents, waiting, now }: GaugeSources): void {
  new Gauge({
    name: 'dawsos_waiters',
    help: 'Callers who wait for the end of a run.',
    registers: [registry],
    collect() {
      this.set(waiting.waiters());
    },
  });
  new Gauge({
    name: 'dawsos_pool_connections',
    help: 'Connections to PostgreSQL (total, idle), and requests that wait for one (waiting).',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      this.set({ state: 'total' }, pool.totalCount);
      this.set({ state: 'idle' }, pool.idleCount);
      this.set({ state: 'waiting' }, pool.waitingCount);
    },
  });
  new Gauge({
    name: 'dawsos_breaker_state',
    help: 'Circuit breaker of each agent: 0 closed, 1 half-open, 2 open; absent while the store is away.',
    labelNames: ['agent'],
    registers: [registry],
    async collect() {
      const states = await attempt(() => breakers.read(agents));
      this.reset();
      for (const [agent, state] of Object.entries(states ?? {})) {
        this.set({ agent }, phases[phaseOf(state, now())]);
      }
    },
  });
}
