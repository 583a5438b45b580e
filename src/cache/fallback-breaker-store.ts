/**
 * Shared breakers for as long as they can be reached, this process's own while they cannot.
 *
 * Invariants
 * 1. Never fails closed: an unreachable or slow store refuses no call and fails none.
 * 2. A store that is away costs one waiting call per `retryMs`, not one per call.
 * 3. A report goes to the store that let the call through. Stamps of the local one are negative, so that they can be told apart.
 * 4. A lost report is lost: the shared breaker then counts one failure less, or waits for a probe's lease to run out.
 */
import type { Logger } from 'pino';
import type { BreakerStore } from '../contract/breaker';

export interface FallbackOptions {
  log: Pick<Logger, 'info' | 'warn'>;
  /** How long the shared store may take. */
  timeoutMs?: number;
  /** How long it is left alone after it failed. */
  retryMs?: number;
}

export function withLocalFallback(
  shared: BreakerStore,
  local: BreakerStore,
  { log, timeoutMs = 1_000, retryMs = 1_000 }: FallbackOptions,
): BreakerStore {
  let isAway = false;
  let retryAt = 0;

  const lost = (error: unknown): void => {
    retryAt = performance.now() + retryMs;
    if (!isAway)
      log.warn(
        { err: error },
        `breakers cannot be shared through ${shared.scope}; each process keeps its own`,
      );
    isAway = true;
  };
  const attempt = async <T>(work: () => Promise<T>): Promise<{ value: T } | null> => {
    if (isAway && performance.now() < retryAt) return null;
    // One caller tries; those that come meanwhile do not wait for it.
    if (isAway) retryAt = performance.now() + timeoutMs + retryMs;
    try {
      const value = await within(timeoutMs, work());
      if (isAway) log.info(`breakers are shared through ${shared.scope} again`);
      isAway = false;
      return { value };
    } catch (error) {
      lost(error);
      return null;
    }
  };

  return {
    get scope() {
      return isAway ? local.scope : shared.scope;
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

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no answer within ${String(ms)} ms`));
    }, ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
