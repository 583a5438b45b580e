/** The time and the cancellation of one call: one clock for looking up, waiting for an equal call, and the handler itself. */
import { EngineError } from '../src/contract/errors';

export interface CallTime {
  /** Aborted when the call is cancelled or out of time. */
  signal: AbortSignal;
  /** Gives `work` up when the call is cancelled or out of time. @throws EngineError STEP_TIMED_OUT; what `cancelled` rejects with */
  race<T>(work: Promise<T>): Promise<T>;
  close(): void;
}

/** How a call is cancelled: both or neither. */
export interface Cancellation {
  signal: AbortSignal;
  /** Rejects when it is cancelled. */
  cancelled: Promise<never>;
}

export function openCallTime(name: string, limitMs: number, { signal, cancelled }: Cancellation): CallTime {
  const timeout = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const timedOut = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => {
        const error = new EngineError('STEP_TIMED_OUT', `${name} took longer than ${String(limitMs)} ms`);
        // In this order: a handler that notices its signal at once must not be what the call ends with.
        reject(error);
        timeout.abort(error);
      },
      Math.max(limitMs, 1),
    );
  });
  // Nobody may be waiting when time is up or the call is cancelled.
  timedOut.catch(() => undefined);
  cancelled.catch(() => undefined);
  return {
    signal: AbortSignal.any([signal, timeout.signal]),
    race: (work) => Promise.race([work, timedOut, cancelled]),
    close: () => {
      clearTimeout(timer);
    },
  };
}
