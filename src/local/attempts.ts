/** A call with its attempts, as Temporal would make them: time limit for each, pauses that grow, codes not worth a retry. */
import type { StepPolicy } from '../pattern/plan';
import type { CallFailure } from '../pattern/run/port';
import type { Clock } from './clock';

/** How one attempt failed. */
export class AttemptFailure extends Error {
  constructor(
    readonly failure: Omit<CallFailure, 'attempts'>,
    /** Its agent's wish; otherwise the policy's pause. */
    readonly retryAfterMs: number | null = null,
  ) {
    super(failure.message);
    this.name = 'AttemptFailure';
  }
}

/** How the whole call failed. */
export class CallFailed extends Error {
  constructor(readonly failure: CallFailure) {
    super(failure.message);
    this.name = 'CallFailed';
  }
}

/** The call was stopped from outside. */
export class Stopped extends Error {}

export interface Attempts<T> {
  policy: StepPolicy;
  clock: Clock;
  /** Aborts when the call should end. */
  signal: AbortSignal;
  /** Milliseconds since the epoch after which no attempt begins. */
  deadline: number;
  what: string;
  attempt(number: number, signal: AbortSignal): Promise<T>;
}

/** @throws CallFailed, or Stopped */
export async function withAttempts<T>(call: Attempts<T>): Promise<T> {
  const { policy, clock, signal, deadline } = call;
  let pause = policy.initialIntervalMs;
  for (let number = 1; ; number += 1) {
    if (signal.aborted) throw new Stopped();
    try {
      return await oneAttempt(call, number);
    } catch (error) {
      if (!(error instanceof AttemptFailure)) throw error;
      const { failure, retryAfterMs } = error;
      const retryable = failure.retryable && !policy.nonRetryable.includes(failure.code);
      const wait = retryAfterMs ?? pause;
      const isLast = policy.maximumAttempts > 0 && number >= policy.maximumAttempts;
      if (!retryable || isLast || clock.now() + wait > deadline) {
        throw new CallFailed({ ...failure, retryable, attempts: number });
      }
      await clock.sleep(wait, signal).catch(() => {
        throw new Stopped();
      });
      pause = Math.min(pause * policy.backoffCoefficient, policy.maximumIntervalMs);
    }
  }
}

async function oneAttempt<T>(call: Attempts<T>, number: number): Promise<T> {
  const { policy, clock, signal, deadline, what } = call;
  const limit = Math.max(Math.min(policy.startToCloseMs, deadline - clock.now()), 1);
  const own = new AbortController();
  let ended: 'stopped' | 'late' | null = null;
  const stop = (): void => {
    ended ??= 'stopped';
    own.abort();
  };
  signal.addEventListener('abort', stop, { once: true });
  const release = clock.after(limit, () => {
    ended ??= 'late';
    own.abort();
  });
  try {
    const aborted = new Promise<never>((_, reject) => {
      own.signal.addEventListener('abort', () => {
        reject(new Stopped());
      });
    });
    return await Promise.race([call.attempt(number, own.signal), aborted]);
  } catch (error) {
    if (isLate(ended)) {
      const message = `${what} gave no answer within ${String(limit)} ms`;
      throw new AttemptFailure({ code: 'STEP_TIMED_OUT', message, details: null, retryable: true });
    }
    if (own.signal.aborted) throw new Stopped();
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
    release();
  }
}

function isLate(ended: 'stopped' | 'late' | null): boolean {
  return ended === 'late';
}
