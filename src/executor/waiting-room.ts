/** Callers who wait for a run: each for so long at most, so many at once, and none past a shutdown or a hang-up. */
import { setMaxListeners } from 'node:events';
import type { Response } from 'express';

/** Each waiter is one long poll at Temporal, which bears about a thousand. */
const maximumWaiters = 500;

export interface WaitingRoom {
  /** Runs `wait` with a signal that fires when the time is over, the caller is gone, or the server drains. */
  during<T>(res: Response, seconds: number, wait: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** How many wait now. */
  waiters(): number;
}

/** @param draining fires when the server is to stop: whoever waits then is answered at once */
export function createWaitingRoom(draining: AbortSignal, limit = maximumWaiters): WaitingRoom {
  let waiters = 0;
  // Each waiter listens; that is no leak.
  setMaxListeners(limit, draining);
  return {
    waiters: () => waiters,
    during: async (res, seconds, wait) => {
      if (seconds <= 0 || waiters >= limit || draining.aborted) return wait(AbortSignal.abort());
      waiters += 1;
      const stop = new AbortController();
      const abort = (): void => {
        stop.abort();
      };
      const timer = setTimeout(abort, seconds * 1000);
      res.once('close', abort);
      draining.addEventListener('abort', abort, { once: true });
      try {
        return await wait(stop.signal);
      } finally {
        waiters -= 1;
        clearTimeout(timer);
        res.off('close', abort);
        draining.removeEventListener('abort', abort);
      }
    },
  };
}
