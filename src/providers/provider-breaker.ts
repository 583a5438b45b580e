/**
 * A circuit breaker for each provider: one that is away is left alone for a while, and its illness is not that of the agent
 * which asks it. How the state moves is src/breaker/state-machine.ts; processes share it as they share those of agents.
 */
import type { BreakerStore } from '../contract/breaker';
import { EngineError } from '../contract/errors';

export type ThroughBreaker = <T>(call: () => Promise<T>) => Promise<T>;

/** The name of a provider's breaker among those of the agents. */
export function breakerOf(provider: string): string {
  return `provider:${provider.toLowerCase()}`;
}

/**
 * Only PROVIDER_UNAVAILABLE says that a provider is ill; one that refuses, or answers nonsense, is there. A cancelled call
 * says nothing.
 * @returns the function that calls; it throws EngineError CIRCUIT_OPEN with `{ provider, retry_after_seconds }`, and whatever the call throws
 */
export function throughBreaker(store: BreakerStore, provider: string): ThroughBreaker {
  const name = breakerOf(provider);
  return async (call) => {
    const answer = await store.ask(name);
    if (answer.decision === 'reject') throw leftAlone(provider, answer.retryAfterMs);
    const { generation } = answer;
    const isProbe = answer.decision === 'probe';
    try {
      const value = await call();
      await store.succeeded(name, generation, isProbe);
      return value;
    } catch (error) {
      const code = error instanceof EngineError ? error.code : null;
      if (code === 'PROVIDER_UNAVAILABLE') await store.failed(name, generation, isProbe);
      else if (code !== null) await store.succeeded(name, generation, isProbe);
      throw error;
    }
  };
}

function leftAlone(provider: string, retryAfterMs: number): EngineError {
  const seconds = Math.max(1, Math.ceil(retryAfterMs / 1000));
  return new EngineError(
    'CIRCUIT_OPEN',
    `${provider} failed repeatedly and is left alone; retry in ${String(seconds)} s.`,
    { provider, retry_after_seconds: seconds },
  );
}
