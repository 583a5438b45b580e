/** Lines that tell what is being waited for, and how long it took. */

export interface Progress {
  say: (line: string) => void;
  /** Says the step's end with its time; its beginning too, when it is still going on after a moment. */
  step<T>(name: string, work: () => Promise<T>, outcome?: (value: T) => string): Promise<T>;
  secondsSinceStart(): string;
}

/** A step shorter than this needs no announcement. */
const announceAfterMs = 400;

/** @param startedAt when the user pressed Enter, which is before this program was loaded */
export function createProgress(write: (text: string) => void, startedAt: number): Progress {
  const secondsSince = (from: number): string => ((Date.now() - from) / 1000).toFixed(1);
  const say = (line: string): void => {
    write(`${secondsSince(startedAt).padStart(5)} s  ${line}\n`);
  };
  return {
    say,
    secondsSinceStart: () => secondsSince(startedAt),
    step: async (name, work, outcome) => {
      const began = Date.now();
      const announce = setTimeout(() => {
        say(`${name} …`);
      }, announceAfterMs);
      try {
        const value = await work();
        const detail = outcome?.(value) ?? '';
        say(`${name}: ready after ${secondsSince(began)} s${detail === '' ? '' : ` · ${detail}`}`);
        return value;
      } finally {
        clearTimeout(announce);
      }
    },
  };
}
