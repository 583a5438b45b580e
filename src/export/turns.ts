/** Who may work at once, and who waits in line for it. */

export interface Turns {
  /**
   * Resolves when it is this one's turn, to the function that passes it on.
   * @throws what `cancelled` or `full` make when the signal ends the wait or the line is full
   */
  take(signal: AbortSignal | undefined): Promise<() => void>;
}

export interface TurnsOptions {
  atOnce: number;
  waiting: number;
  cancelled(): Error;
  full(waiting: number): Error;
}

export function createTurns({ atOnce, waiting, cancelled, full }: TurnsOptions): Turns {
  const line: (() => void)[] = [];
  let running = 0;
  const pass = (): void => {
    const next = line.shift();
    // The next one takes this one's place: nobody can step in between.
    if (next) next();
    else running -= 1;
  };
  const wait = (signal: AbortSignal | undefined): Promise<void> =>
    new Promise((resolve, reject) => {
      const leave = (): void => {
        line.splice(line.indexOf(turn), 1);
        reject(cancelled());
      };
      const turn = (): void => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      signal?.addEventListener('abort', leave, { once: true });
      line.push(turn);
    });
  return {
    take: async (signal) => {
      if (signal?.aborted === true) throw cancelled();
      if (running < atOnce) running += 1;
      else if (line.length >= waiting) throw full(line.length);
      else await wait(signal);
      return pass;
    },
  };
}
