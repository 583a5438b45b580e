/** When the next request to a provider may go out: never more of them in any span than its limit, none while it asked for rest. */
import { setTimeout as sleep } from 'node:timers/promises';

/** At most so many requests in any span of so many milliseconds. */
export interface RequestLimit {
  requests: number;
  perMs: number;
}

export interface RequestTurns {
  /**
   * Waits for a turn and takes it.
   * @returns milliseconds that were too many to wait for, or a rest that was asked for meanwhile; `null`: it is the caller's turn
   */
  take(longestWaitMs: number, signal?: AbortSignal): Promise<number | null>;
  /** Nobody's turn comes before so many milliseconds have passed. */
  rest(ms: number): void;
}

/** @param limit `null`: as many as the caller likes */
export function requestTurns(
  limit: RequestLimit | null,
  now = (): number => performance.now(),
): RequestTurns {
  /** Of the latest requests, as many as the limit counts. */
  const startedAt: number[] = [];
  let restUntil = 0;
  return {
    async take(longestWaitMs, signal) {
      const asked = now();
      const oldest = limit && startedAt.length >= limit.requests ? startedAt[0] : undefined;
      const start = Math.max(asked, restUntil, limit && oldest !== undefined ? oldest + limit.perMs : 0);
      const wait = start - asked;
      if (wait > longestWaitMs) return wait;
      if (limit) {
        startedAt.push(start);
        if (startedAt.length > limit.requests) startedAt.shift();
      }
      if (wait > 0) await sleep(Math.ceil(wait), undefined, { ...(signal && { signal }) });
      const rest = restUntil - Math.max(start, now());
      return rest > 0 ? rest : null;
    },
    rest(ms) {
      restUntil = Math.max(restUntil, now() + ms);
    },
  };
}
