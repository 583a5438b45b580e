/** The time and the cancellation of one call: one clock for looking up, waiting for an equal call, and the handler itself. */
import { EngineError } from '../src/contract/errors';

export interface CallTime {
  /** Aborted when the call is cancelled or out of time. */
  signal: AbortSignal;
  /** Gives `work` up then. @throws EngineError STEP_TIMED_OUT; an AbortError when the call is cancelled */
  race<T>(work: Promise<T>): Promise<T>;
  close(): void;
}

/** @param signal aborted when the call is cancelled */
export function openCallTime(name: string, limitMs: number, signal: AbortSignal): CallTime {
  const over = new AbortController();
  let give: (error: Error) => void = () => undefined;
  const given = new Promise<never>((_, reject) => {
    give = reject;
  });
  // Nobody may be waiting then.
  given.catch(() => undefined);
  const end = (error: Error): void => {
    // In this order: a handler that notices its signal at once must not be what the call ends with.
    give(error);
    over.abort(error);
  };
  const cancel = (): void => {
    end(new DOMException(`the call of ${name} was cancelled`, 'AbortError'));
  };
  const timer = setTimeout(
    () => {
      end(new EngineError('STEP_TIMED_OUT', `${name} took longer than ${String(limitMs)} ms`));
    },
    Math.max(limitMs, 1),
  );
  signal.addEventListener('abort', cancel);
  if (signal.aborted) cancel();
  return {
    signal: over.signal,
    race: (work) => Promise.race([work, given]),
    close: () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
    },
  };
}
