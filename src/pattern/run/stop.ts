/** Stop tokens: how the end of a list reaches what is under way in it. A tree, as lists lie in lists. */

/** `failure`: reads end, writes are awaited. `cancel`: writes are asked to end too, and awaited. */
export type StopReason = 'failure' | 'cancel';

export interface Stop {
  /** `null` while everything may go on. */
  reason(): StopReason | null;
  stop(reason: StopReason): void;
  /** Calls back at each reason, at once if it has already stopped; returns how to take that back. */
  onStop(listener: (reason: StopReason) => void): () => void;
  /** Lets go of the token above; for a part that has ended. */
  close(): void;
}

export function openStop(parent: Stop | null): Stop {
  let stopped: StopReason | null = null;
  const listeners = new Set<(reason: StopReason) => void>();
  const token: Stop = {
    reason: () => stopped,
    stop: (reason) => {
      // A cancel reaches also what a failure has stopped: its writes are then asked to end.
      if (stopped === reason || stopped === 'cancel') return;
      stopped = reason;
      for (const listener of [...listeners]) listener(reason);
    },
    onStop: (listener) => {
      if (stopped !== null) listener(stopped);
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => undefined,
  };
  if (parent !== null) token.close = parent.onStop(token.stop);
  return token;
}
