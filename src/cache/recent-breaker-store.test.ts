import type { BreakerStore } from '../contract/breaker';
import { localBreakerStore } from './local-breaker-store';
import { believeClosed } from './recent-breaker-store';

const limits = { failures: 3, openMs: 1000, probeMs: 500 };

function setUp() {
  let time = 0;
  const now = (): number => time;
  const shared = localBreakerStore({ limits, now });
  const told: string[] = [];
  const watched: BreakerStore = {
    scope: 'postgres',
    ask: (agent) => (told.push('ask'), shared.ask(agent)),
    succeeded: (...report) => (told.push('succeeded'), shared.succeeded(...report)),
    failed: (...report) => (told.push('failed'), shared.failed(...report)),
    read: (agents) => (told.push('read'), shared.read(agents)),
  };
  const store = believeClosed(watched, { believedMs: 100, now });
  const pass = (milliseconds: number): void => void (time += milliseconds);
  const call = async (how: 'succeeded' | 'failed'): Promise<void> => {
    const answer = await store.ask('a');
    if (answer.decision === 'reject') throw new Error('refused');
    await store[how]('a', answer.generation, answer.decision === 'probe');
  };
  return { shared, store, told, pass, call };
}

describe('a store of breakers that believes', () => {
  it('is asked once in a while as long as all is well, and told nothing', async () => {
    const { store, told, pass, call } = setUp();
    for (let calls = 0; calls < 50; calls += 1) await call('succeeded');
    expect(await store.read(['a'])).toMatchObject({ a: { fails: 0, open_until: 0 } });
    expect(told).toEqual(['ask', 'read']);
    pass(100);
    await call('succeeded');
    expect(told).toEqual(['ask', 'read', 'ask', 'read']);
    await store.read(['a', 'b']);
    expect(told.at(-1)).toBe('read');
  });

  it('is told every failure, and every success after one', async () => {
    const { shared, told, call } = setUp();
    await call('succeeded');
    await call('failed');
    await call('failed');
    expect((await shared.read(['a']))['a']).toMatchObject({ fails: 2 });
    await call('succeeded');
    expect((await shared.read(['a']))['a']).toMatchObject({ fails: 0 });
    expect(told.filter((what) => what !== 'read')).toEqual([
      ...['ask', 'failed', 'ask', 'failed'],
      ...['ask', 'succeeded'],
    ]);
  });

  it('opens after as many failures in a row as any, and refuses at once', async () => {
    const { store, call } = setUp();
    for (let calls = 0; calls < 3; calls += 1) await call('failed');
    expect(await store.ask('a')).toEqual({ decision: 'reject', retryAfterMs: 1000 });
  });

  it('hears of an opening by another process a moment later, and never gives one probe to two', async () => {
    const { shared, store, pass, call } = setUp();
    await call('succeeded');
    for (let calls = 0; calls < 3; calls += 1) await shared.failed('a', 0, false);
    expect(await store.ask('a')).toMatchObject({ decision: 'allow' });
    pass(100);
    expect(await store.ask('a')).toMatchObject({ decision: 'reject' });
    pass(1000);
    const answers = await Promise.all([store.ask('a'), store.ask('a')]);
    expect(answers.map(({ decision }) => decision)).toEqual(['probe', 'reject']);
  });

  it('does not believe what was read before a failure of its own', async () => {
    const { store, told } = setUp();
    await Promise.all([store.ask('a'), store.failed('a', 0, false)]);
    await store.succeeded('a', 0, false);
    expect(told.filter((what) => what !== 'read')).toEqual(['ask', 'failed', 'succeeded']);
  });
});
