/**
 * Shared breakers for as long as they can be reached, this process's own while they cannot.
 *
 * Invariants
 * 1. Never fails closed: an unreachable or slow store refuses no call and fails none.
 * 2. A store that is away costs one waiting call per `retryMs`, not one per call.
 * 3. A report goes to the store that let the call through. Stamps of the local one are negative, so that they can be told apart.
 * 4. A lost report is lost: the shared breaker then counts one failure less, or waits for a probe's lease to run out.
 */
import type { BreakerStore } from '../contract/breaker';
import { type AttemptOptions, createAttempts } from './attempt';

export type FallbackOptions = Omit<AttemptOptions, 'away' | 'back'>;

export function withLocalFallback(
  shared: BreakerStore,
  local: BreakerStore,
  options: FallbackOptions,
): BreakerStore {
  const { isAway, attempt } = createAttempts({
    ...options,
    away: `breakers cannot be shared through ${shared.scope}; each process keeps its own`,
    back: `breakers are shared through ${shared.scope} again`,
  });
  return {
    get scope() {
      return isAway() ? local.scope : shared.scope;
    },
    ask: async (agent) => {
      const answer = await attempt(() => shared.ask(agent));
      if (answer) return answer.value;
      const own = await local.ask(agent);
      return own.decision === 'reject' ? own : { ...own, generation: localStamp(own.generation) };
    },
    succeeded: async (agent, generation, wasProbe) => {
      if (generation < 0) await local.succeeded(agent, localStamp(generation), wasProbe);
      else await attempt(() => shared.succeeded(agent, generation, wasProbe));
    },
    failed: async (agent, generation, wasProbe) => {
      if (generation < 0) await local.failed(agent, localStamp(generation), wasProbe);
      else await attempt(() => shared.failed(agent, generation, wasProbe));
    },
    read: async (agents) => {
      const states = await attempt(() => shared.read(agents));
      return states ? states.value : local.read(agents);
    },
  };
}

/** Its own inverse. */
function localStamp(generation: number): number {
  return -1 - generation;
}
