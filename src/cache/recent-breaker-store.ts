/**
 * A store of breakers for callers who make thousands of calls a second: that a breaker is closed is believed for a moment.
 *
 * Invariants
 * 1. Only "closed" is believed, and no longer than `believedMs`; a call is refused that much later than the store would.
 * 2. A failure that this process reports ends the belief at once.
 * 3. A success is told unless nothing had failed when the store was asked, and nothing here since: it would change nothing.
 * 4. A stamp given on a belief is the store's own: only an opening makes another, and what carries an older one says nothing.
 */
import { closedBreaker } from '../breaker/state-machine';
import type { BreakerAnswer, BreakerStore } from '../contract/breaker';

interface Belief {
  answer: Extract<BreakerAnswer, { generation: number }>;
  hasNoFailure: boolean;
  until: number;
}

export interface BelieveOptions {
  believedMs?: number;
  /** Milliseconds on any clock that does not go back. */
  now?: () => number;
}

export function believeClosed(
  store: BreakerStore,
  { believedMs = 100, now = () => performance.now() }: BelieveOptions = {},
): BreakerStore {
  const beliefs = new Map<string, Belief>();
  let failures = 0;
  const look = async (agent: string): Promise<BreakerAnswer> => {
    const before = failures;
    const answer = await store.ask(agent);
    // A negative stamp is of a store that stands in for one that is away: it costs nothing to ask.
    if (answer.decision !== 'allow' || answer.generation < 0) return answer;
    const state = (await store.read([agent]))[agent];
    const isClosed = state?.open_until === 0 && state.generation === answer.generation;
    if (isClosed && failures === before) {
      beliefs.set(agent, { answer, hasNoFailure: state.fails === 0, until: now() + believedMs });
    }
    return answer;
  };
  return {
    get scope() {
      return store.scope;
    },
    ask: (agent) => {
      const belief = beliefs.get(agent);
      return belief && now() < belief.until ? Promise.resolve(belief.answer) : look(agent);
    },
    succeeded: async (agent, generation, wasProbe) => {
      const belief = beliefs.get(agent);
      const isIdle = belief?.hasNoFailure === true && belief.answer.generation === generation && !wasProbe;
      if (!isIdle) await store.succeeded(agent, generation, wasProbe);
    },
    failed: async (agent, generation, wasProbe) => {
      failures += 1;
      beliefs.delete(agent);
      await store.failed(agent, generation, wasProbe);
    },
    read: async (agents) => {
      const believed = agents.flatMap((agent) => {
        const belief = beliefs.get(agent);
        return belief?.hasNoFailure === true && now() < belief.until
          ? [[agent, { ...closedBreaker, generation: belief.answer.generation }] as const]
          : [];
      });
      return believed.length === agents.length ? Object.fromEntries(believed) : store.read(agents);
    },
  };
}
