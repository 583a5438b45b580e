/** The places of a run: how many capability calls may be under way at once. First come, first served. */
import type { Stop } from './stop';

export interface Places {
  /** Waits for a place. `false`: the token stopped first, and nothing was taken. */
  take(stop: Stop): Promise<boolean>;
  leave(): void;
}

export function openPlaces(count: number): Places {
  let free = count;
  const queue: ((taken: boolean) => void)[] = [];
  return {
    take: (stop) => {
      if (stop.reason() !== null) return Promise.resolve(false);
      if (free > 0) {
        free -= 1;
        return Promise.resolve(true);
      }
      return new Promise((resolve) => {
        const enter = (taken: boolean): void => {
          release();
          resolve(taken);
        };
        const release = stop.onStop(() => {
          const at = queue.indexOf(enter);
          if (at >= 0) queue.splice(at, 1);
          enter(false);
        });
        queue.push(enter);
      });
    },
    leave: () => {
      const next = queue.shift();
      if (next) next(true);
      else free += 1;
    },
  };
}
