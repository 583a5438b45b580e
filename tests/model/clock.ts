/** The model's own time: nothing takes any but what says so, and everything due at one moment happens in the order it was set. */

export interface Stop {
  /** `failure`: the list around ended, so reads end and writes are awaited; `cancel`: everything ends. */
  reason: 'failure' | 'cancel' | null;
  fire(reason: 'failure' | 'cancel'): void;
  onFire(listener: () => void): () => void;
  child(): Stop;
}

/** What a wait throws when it was stopped. */
export class Stopped extends Error {}

/** A stop that has no effect on what is below until it fires; firing `cancel` after `failure` counts. */
export function openStop(parent: Stop | null = null): Stop {
  const listeners = new Set<() => void>();
  const stop: Stop = {
    reason: null,
    fire: (reason) => {
      if (stop.reason === reason || stop.reason === 'cancel') return;
      stop.reason = reason;
      for (const listener of [...listeners]) listener();
    },
    onFire: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    child: () => openStop(stop),
  };
  const inherit = (): void => {
    if (parent?.reason) stop.fire(parent.reason);
  };
  parent?.onFire(inherit);
  inherit();
  return stop;
}

export interface ModelClock {
  now(): number;
  /**
   * @param grace what is due so soon after the stop has ended by itself
   * @throws Stopped as soon as `ends` says that the stop's reason ends this wait
   */
  sleep(ms: number, stop?: Stop, ends?: (stop: Stop) => boolean, grace?: number): Promise<void>;
  /** Lets time pass until `work` has settled. */
  run<T>(work: Promise<T>): Promise<T>;
}

interface Timer {
  due: number;
  place: number;
  fire(): void;
}

export function modelClock(): ModelClock {
  let now = 0;
  let places = 0;
  const timers = new Set<Timer>();
  const earliest = (): Timer | undefined =>
    [...timers].sort((a, b) => a.due - b.due || a.place - b.place).at(0);
  return {
    now: () => now,
    sleep: (ms, stop, ends = () => true, grace = 0) =>
      new Promise((resolve, reject) => {
        const isOver = (): boolean => stop !== undefined && stop.reason !== null && ends(stop);
        if (isOver()) {
          reject(new Stopped());
          return;
        }
        places += 1;
        const timer: Timer = {
          due: now + ms,
          place: places,
          fire: () => {
            release();
            timers.delete(timer);
            resolve();
          },
        };
        timers.add(timer);
        const release =
          stop?.onFire(() => {
            if (!isOver() || timer.due - now < grace) return;
            release();
            timers.delete(timer);
            reject(new Stopped());
          }) ?? (() => undefined);
      }),
    run: async (work) => {
      let isSettled = false;
      const settle = (): void => {
        isSettled = true;
      };
      work.then(settle, settle);
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve));
        if ((isSettled as boolean) === true) return work;
        const timer = earliest();
        if (!timer) throw new Error('the model waits for something that never comes');
        now = Math.max(now, timer.due);
        timer.fire();
      }
    },
  };
}
