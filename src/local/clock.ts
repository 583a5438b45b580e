/** Clocks of runs without Temporal: the real one, and one that jumps to the next moment at which something is due. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Rejects when the signal aborts. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** Calls back then. @returns how to take that back */
  after(milliseconds: number, fire: () => void): () => void;
  /** Work of the outside world, during which virtual time stands still. */
  during<T>(work: Promise<T>): Promise<T>;
}

/** The longest that node's timers can wait: a longer one would fire at once. */
const longestTimerMs = 2_147_483_647;

export const realClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      const stop = (): void => {
        clearTimeout(timer);
        reject(new Error('stopped'));
      };
      const timer = setTimeout(
        () => {
          signal.removeEventListener('abort', stop);
          resolve();
        },
        Math.min(milliseconds, longestTimerMs),
      );
      if (signal.aborted) stop();
      else signal.addEventListener('abort', stop, { once: true });
    }),
  after: (milliseconds, fire) => {
    const timer = setTimeout(fire, Math.min(milliseconds, longestTimerMs));
    return () => {
      clearTimeout(timer);
    };
  },
  during: (work) => work,
};

interface Timer {
  due: number;
  fire(): void;
}

export interface VirtualClock extends Clock {
  /** Resolves with what `work` gives; meanwhile time jumps whenever nothing else goes on. */
  run<T>(work: Promise<T>): Promise<T>;
}

/**
 * Time that costs none: when all promises have come to rest, it jumps to the earliest timer. Timers that are due at the
 * same moment fire in the order in which they were set.
 */
export function virtualClock(startedAt: number): VirtualClock {
  let now = startedAt;
  let outside = 0;
  const timers: Timer[] = [];
  const remove = (timer: Timer): void => {
    const at = timers.indexOf(timer);
    if (at >= 0) timers.splice(at, 1);
  };
  const jump = (): boolean => {
    let next: Timer | undefined;
    for (const timer of timers) if (!next || timer.due < next.due) next = timer;
    if (!next) return false;
    remove(next);
    now = Math.max(now, next.due);
    next.fire();
    return true;
  };
  return {
    now: () => now,
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        const abort = (): void => {
          remove(timer);
          reject(new Error('stopped'));
        };
        const timer: Timer = {
          due: now + milliseconds,
          fire: () => {
            signal.removeEventListener('abort', abort);
            resolve();
          },
        };
        if (signal.aborted) {
          reject(new Error('stopped'));
          return;
        }
        signal.addEventListener('abort', abort, { once: true });
        timers.push(timer);
      }),
    after: (milliseconds, fire) => {
      const timer = { due: now + milliseconds, fire };
      timers.push(timer);
      return () => {
        remove(timer);
      };
    },
    during: async (work) => {
      outside += 1;
      try {
        return await work;
      } finally {
        outside -= 1;
      }
    },
    run: async (work) => {
      let settled = false;
      const end = (): void => {
        settled = true;
      };
      work.then(end, end);
      for (;;) {
        await turn();
        // Read anew after each turn: `end` may have run meanwhile.
        if (isTrue(() => settled)) return work;
        if (outside === 0 && !jump()) throw new Error('the run waits for something that never comes');
      }
    },
  };
}

function isTrue(condition: () => boolean): boolean {
  return condition();
}

/** Lets all that is ready run. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
