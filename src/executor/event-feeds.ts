/**
 * The runs that somebody listens to: one look at a time at each, however many listen, and none when nobody does.
 *
 * A feed outlives its last listener for a moment, so that one whose connection broke finds its place again.
 */
import { randomBytes } from 'node:crypto';
import { EngineError } from '../contract/errors';
import { type EventLog, openEventLog, type RunEvent } from './event-log';

/** How a run stands. */
export interface RunView {
  /** Notes it in the log, and returns what is new there. */
  note(log: EventLog): RunEvent[];
  ended: boolean;
}

export interface Listener {
  send(event: RunEvent): void;
  end(): void;
}

export interface Feeds {
  /**
   * Tells what came after the event with this id, and goes on telling until the run ends or the returned function is called.
   * @param look how the run stands now; a rejection counts as nothing new
   * @throws EngineError RATE_LIMITED when the user, or the process, has as many listeners as it may
   */
  listen(run: { id: string; user_id: string }, after: string | null, look: () => Promise<RunView>, listener: Listener): () => void;
  listeners(): number;
} // prettier-ignore

export interface FeedTimes {
  firstMs: number;
  longestMs: number;
  lingerMs: number;
}

const usualTimes: FeedTimes = { firstMs: 150, longestMs: 1000, lingerMs: 15_000 };
const maximumListeners = 500;
const maximumPerUser = 20;

interface Feed {
  log: EventLog;
  listeners: Set<Listener>;
  timer: NodeJS.Timeout | null;
  waitMs: number;
  looking: boolean;
}

/** @param draining fires when the server is to stop: all listeners are ended then */
export function createFeeds(draining: AbortSignal, times: FeedTimes = usualTimes): Feeds {
  const feeds = new Map<string, Feed>();
  const seats = openSeats();

  const close = (id: string, feed: Feed): void => {
    if (feed.timer) clearTimeout(feed.timer);
    feed.timer = null;
    if (feeds.get(id) === feed) feeds.delete(id);
    for (const listener of [...feed.listeners]) listener.end();
    feed.listeners.clear();
  };
  draining.addEventListener('abort', () => {
    for (const [id, feed] of feeds) close(id, feed);
  });

  const look = async (id: string, feed: Feed, view: () => Promise<RunView>): Promise<void> => {
    if (feed.timer) clearTimeout(feed.timer);
    feed.timer = null;
    feed.looking = true;
    const seen = await view().catch(() => null);
    feed.looking = false;
    const events = seen?.note(feed.log) ?? [];
    for (const event of events) for (const listener of [...feed.listeners]) listener.send(event);
    if (seen?.ended === true) close(id, feed);
    else if (feeds.get(id) === feed) {
      feed.waitMs = events.length > 0 ? times.firstMs : Math.min(feed.waitMs * 1.5, times.longestMs);
      schedule(id, feed, view);
    }
  };
  const schedule = (id: string, feed: Feed, view: () => Promise<RunView>): void => {
    if (feed.timer) clearTimeout(feed.timer);
    const isIdle = feed.listeners.size === 0;
    feed.timer = setTimeout(
      () => {
        if (isIdle) close(id, feed);
        else void look(id, feed, view);
      },
      isIdle ? times.lingerMs : feed.waitMs,
    );
    if (isIdle) feed.timer.unref();
  };

  return {
    listeners: seats.taken,
    listen: ({ id, user_id }, after, view, listener) => {
      const leave = seats.take(user_id);
      const feed = feeds.get(id) ?? openFeed(times);
      feeds.set(id, feed);
      feed.listeners.add(listener);
      for (const event of feed.log.after(after)) listener.send(event);
      if (draining.aborted) close(id, feed);
      // The first look is now: whoever comes wants to know how things stand.
      else if (!feed.looking) void look(id, feed, view);
      return () => {
        leave();
        if (feed.listeners.delete(listener) && feed.listeners.size === 0 && !feed.looking) schedule(id, feed, view);
      };
    },
  };
} // prettier-ignore

function openFeed({ firstMs }: FeedTimes): Feed {
  const name = randomBytes(4).toString('hex');
  return { log: openEventLog(name), listeners: new Set(), timer: null, waitMs: firstMs, looking: false };
}

/** Who listens, counted by user. */
function openSeats(): { take(user: string): () => void; taken(): number } {
  const byUser = new Map<string, number>();
  let taken = 0;
  return {
    taken: () => taken,
    take: (user) => {
      const own = byUser.get(user) ?? 0;
      const limit = own >= maximumPerUser ? maximumPerUser : maximumListeners;
      if (own >= maximumPerUser || taken >= maximumListeners) {
        const whose = own >= maximumPerUser ? 'You listen' : 'This server has callers that listen';
        const message = `${whose} to ${String(limit)} executions at once, which is as many as there may be.`;
        throw new EngineError('RATE_LIMITED', message, { limit, retry_after_seconds: 5 });
      }
      taken += 1;
      byUser.set(user, own + 1);
      let left = false;
      return () => {
        if (left) return;
        left = true;
        taken -= 1;
        const rest = (byUser.get(user) ?? 1) - 1;
        if (rest === 0) byUser.delete(user);
        else byUser.set(user, rest);
      };
    },
  };
}
