/** Breakers of this process alone: for when the store that processes share cannot be reached. */
import { ask, closedBreaker, defaultLimits, failed, succeeded } from '../breaker/state-machine';
import type { BreakerState, BreakerStore, BreakerStoreOptions } from '../contract/breaker';

export interface LocalBreakerStoreOptions extends BreakerStoreOptions {
  now?: () => number;
}

export function localBreakerStore({
  limits = defaultLimits,
  now = Date.now,
  onChange,
}: LocalBreakerStoreOptions = {}): BreakerStore {
  const states = new Map<string, BreakerState>();
  const stateOf = (agent: string): BreakerState => states.get(agent) ?? closedBreaker;
  const change = (agent: string, next: BreakerState): void => {
    const before = stateOf(agent);
    states.set(agent, next);
    if (next.open_until > before.open_until) onChange?.(agent, 'open');
    if (next.open_until === 0 && before.open_until > 0) onChange?.(agent, 'closed');
  };
  return {
    scope: 'local',
    ask: async (agent) => {
      const { answer, state } = ask(stateOf(agent), now(), limits);
      change(agent, state);
      return answer;
    },
    succeeded: async (agent, generation, wasProbe) => {
      change(agent, succeeded(stateOf(agent), generation, wasProbe));
    },
    failed: async (agent, generation, wasProbe) => {
      change(agent, failed(stateOf(agent), { generation, wasProbe }, now(), limits));
    },
    read: async (agents) => Object.fromEntries(agents.map((agent) => [agent, stateOf(agent)])),
  };
}
