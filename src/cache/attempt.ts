/** Asks a server that processes share, and leaves it alone for a while when it is away: one waiting call per `retryMs`, not one per call. */
import type { Logger } from 'pino';

export interface AttemptOptions {
  log: Pick<Logger, 'info' | 'warn'>;
  /** What to say, once, when the server is away, and when it is back. */
  away: string;
  back: string;
  /** How long an answer may take. */
  timeoutMs?: number;
  /** How long the server is left alone after it failed. */
  retryMs?: number;
}

export interface Attempts {
  isAway(): boolean;
  /** @returns `null` when the server is away, was a moment ago, or does not answer in time */
  attempt<T>(work: () => Promise<T>): Promise<{ value: T } | null>;
}

export function createAttempts({
  log,
  away,
  back,
  timeoutMs = 1_000,
  retryMs = 1_000,
}: AttemptOptions): Attempts {
  let isAway = false;
  let retryAt = 0;
  return {
    isAway: () => isAway,
    attempt: async (work) => {
      if (isAway && performance.now() < retryAt) return null;
      // One caller tries; those that come meanwhile do not wait for it.
      if (isAway) retryAt = performance.now() + timeoutMs + retryMs;
      try {
        const value = await within(timeoutMs, work());
        if (isAway) log.info(back);
        isAway = false;
        return { value };
      } catch (error) {
        retryAt = performance.now() + retryMs;
        if (!isAway) log.warn({ err: error }, away);
        isAway = true;
        return null;
      }
    },
  };
}

/** Counted in turns of the event loop: time in which this very process stood still is nobody else's delay. */
const looks = 10;

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    let left = looks;
    timer = setInterval(() => {
      left -= 1;
      if (left <= 0) reject(new Error(`no answer within ${String(ms)} ms`));
    }, ms / looks);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearInterval(timer);
  }
}
