import { setTimeout as sleep } from 'node:timers/promises';
import type { BreakerStore } from '../contract/breaker';
import { withLocalFallback } from './fallback-breaker-store';
import { localBreakerStore } from './local-breaker-store';

const limits = { failures: 2, openMs: 60_000, probeMs: 30_000 };

/** A shared store that can be taken away, and the one on top of it. */
function stores(work: 'rejects' | 'hangs' = 'rejects') {
  const inner = localBreakerStore({ limits });
  let isAway = false;
  let asked = 0;
  const reach = <T>(answer: () => Promise<T>): Promise<T> => {
    asked += 1;
    if (!isAway) return answer();
    return work === 'hangs' ? new Promise<never>(() => undefined) : Promise.reject(new Error('away'));
  };
  const shared: BreakerStore = {
    scope: 'redis',
    ask: (agent) => reach(() => inner.ask(agent)),
    succeeded: (...report) => reach(() => inner.succeeded(...report)),
    failed: (...report) => reach(() => inner.failed(...report)),
    read: (agents) => reach(() => inner.read(agents)),
  };
  const log = { info: jest.fn(), warn: jest.fn() };
  const store = withLocalFallback(shared, localBreakerStore({ limits }), { log, timeoutMs: 30, retryMs: 50 });
  return {
    store,
    log,
    goAway: (away: boolean) => {
      isAway = away;
    },
    timesAsked: () => asked,
  };
}

async function failOnce(store: BreakerStore): Promise<void> {
  const answer = await store.ask('a');
  if (answer.decision === 'reject') throw new Error('refused');
  await store.failed('a', answer.generation, answer.decision === 'probe');
}

describe('breakers with a local fallback', () => {
  it('are shared while the store can be reached', async () => {
    const { store, log } = stores();
    await failOnce(store);
    await failOnce(store);
    expect(store.scope).toBe('redis');
    expect(await store.ask('a')).toMatchObject({ decision: 'reject' });
    expect(log.warn).not.toHaveBeenCalled();
  });

  it.each(['rejects', 'hangs'] as const)('work on when the store %s, and still open', async (work) => {
    const { store, goAway } = stores(work);
    goAway(true);
    await failOnce(store);
    expect(store.scope).toBe('local');
    await failOnce(store);
    expect(await store.ask('a')).toMatchObject({ decision: 'reject' });
    expect((await store.read(['a']))['a']).toMatchObject({ fails: 2 });
  });

  it('never fail a call because its report is lost', async () => {
    const { store, goAway } = stores();
    const answer = await store.ask('a');
    goAway(true);
    if (answer.decision === 'reject') throw new Error('refused');
    await expect(store.succeeded('a', answer.generation, false)).resolves.toBeUndefined();
  });

  it('keep apart what the shared and the local store let through', async () => {
    const { store, goAway } = stores();
    goAway(true);
    const own = await store.ask('a');
    goAway(false);
    await sleep(60);
    await store.read(['a']);
    if (own.decision === 'reject') throw new Error('refused');
    await store.failed('a', own.generation, false);
    expect((await store.read(['a']))['a']).toMatchObject({ fails: 0 });
  });

  it('leave a store that is away alone for a while, and say so once', async () => {
    const { store, goAway, timesAsked, log } = stores();
    goAway(true);
    for (let i = 0; i < 100; i += 1) await store.ask('b');
    expect(timesAsked()).toBe(1);
    await sleep(60);
    await store.ask('b');
    expect(timesAsked()).toBe(2);
    expect(log.warn).toHaveBeenCalledTimes(1);
  });

  it('are shared again once the store is back', async () => {
    const { store, goAway, log } = stores();
    goAway(true);
    await store.ask('a');
    goAway(false);
    await sleep(60);
    await store.ask('a');
    expect(store.scope).toBe('redis');
    expect(log.info).toHaveBeenCalledTimes(1);
  });
});
