import { setTimeout as sleep } from 'node:timers/promises';
import type { ExecutionStatus } from '../contract/execution';
import { createFeeds, type Feeds, type Listener, type RunView } from './event-feeds';
import type { RunEvent } from './event-log';

const times = { firstMs: 5, longestMs: 20, lingerMs: 40 };
const run = { id: 'r', user_id: 'u' };

/** A run whose state the test sets, and that counts how often it is looked at. */
function fakeRun(): { status: ExecutionStatus; looks: number; fails: boolean; view(): Promise<RunView> } {
  const state = {
    status: 'running' as ExecutionStatus,
    looks: 0,
    fails: false,
    view: async (): Promise<RunView> => {
      state.looks += 1;
      if (state.fails) throw new Error('away');
      const { status } = state;
      const ended = status === 'succeeded';
      return { ended, note: (log) => [...log.status(status), ...(ended ? log.end(status, {}) : [])] };
    },
  };
  return state;
}

function listener(): Listener & { events: RunEvent[]; ended: boolean; kinds(): string[] } {
  const made = {
    events: [] as RunEvent[],
    ended: false,
    send: (event: RunEvent) => void made.events.push(event),
    end: () => {
      made.ended = true;
    },
    kinds: () => made.events.map(({ event, data }) => `${event} ${(data as { status: string }).status}`),
  };
  return made;
}

describe('feeds', () => {
  let draining: AbortController;
  let feeds: Feeds;
  beforeEach(() => {
    draining = new AbortController();
    feeds = createFeeds(draining.signal, times);
  });
  afterEach(() => {
    draining.abort();
  });

  it('looks once for all that listen, tells each what is new, and ends with the run', async () => {
    const state = fakeRun();
    const [one, two] = [listener(), listener()];
    feeds.listen(run, null, state.view, one);
    feeds.listen(run, null, state.view, two);
    expect(state.looks).toBe(1);
    await sleep(15);
    state.status = 'waiting';
    await sleep(40);
    state.status = 'succeeded';
    await sleep(40);
    expect(one.kinds()).toEqual(['status running', 'status waiting', 'status succeeded', 'end succeeded']);
    expect(two.events).toEqual(one.events);
    expect([one.ended, two.ended]).toEqual([true, true]);
    const { looks } = state;
    await sleep(40);
    expect(state.looks).toBe(looks);
  });

  it('stops looking when nobody listens, and for a moment remembers where a caller was', async () => {
    const state = fakeRun();
    const first = listener();
    const stop = feeds.listen(run, null, state.view, first);
    await sleep(10);
    stop();
    state.status = 'waiting';
    await sleep(25);
    const { looks } = state;
    await sleep(10);
    expect(state.looks).toBe(looks);
    const again = listener();
    feeds.listen(run, first.events.at(-1)?.id ?? null, state.view, again);
    await sleep(10);
    expect(again.kinds()).toEqual(['status waiting']);
  });

  it('forgets a run that nobody comes back to; whoever does then gets everything', async () => {
    const state = fakeRun();
    const first = listener();
    feeds.listen(run, null, state.view, first)();
    await sleep(100);
    const again = listener();
    feeds.listen(run, first.events.at(-1)?.id ?? null, state.view, again);
    await sleep(10);
    expect(again.kinds()).toEqual(['status running']);
  });

  it('goes on when a look fails', async () => {
    const state = fakeRun();
    state.fails = true;
    const one = listener();
    feeds.listen(run, null, state.view, one);
    await sleep(30);
    expect(one.events).toEqual([]);
    state.fails = false;
    await sleep(40);
    expect(one.kinds()).toEqual(['status running']);
  });

  it('ends everybody when the server drains', async () => {
    const one = listener();
    const state = fakeRun();
    feeds.listen(run, null, state.view, one);
    draining.abort();
    expect(one.ended).toBe(true);
    await sleep(30);
    expect(state.looks).toBe(1);
  });

  it('refuses a user’s twenty-first listener, and gives a place back once', () => {
    const { view } = fakeRun();
    const stops = Array.from({ length: 20 }, () => feeds.listen(run, null, view, listener()));
    const refused = (): unknown => feeds.listen(run, null, view, listener());
    expect(refused).toThrow(expect.objectContaining({ code: 'RATE_LIMITED' }) as Error);
    feeds.listen({ ...run, user_id: 'other' }, null, view, listener());
    expect(feeds.listeners()).toBe(21);
    stops[0]?.();
    stops[0]?.();
    expect(feeds.listeners()).toBe(20);
    feeds.listen(run, null, view, listener());
    expect(refused).toThrow();
  });
});
