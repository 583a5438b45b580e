/** What is running, in the order it was started; stopped in the opposite one, whatever has come up so far. */

export interface Stack {
  /** What is added after the stop began is stopped at once. */
  add(name: string, stop: () => Promise<void>): Promise<void>;
  /** Also when called twice, everything is stopped once. */
  stopAll(): Promise<void>;
  isStopping(): boolean;
}

export function createStack(onFailure: (name: string, error: unknown) => void): Stack {
  const parts: { name: string; stop: () => Promise<void> }[] = [];
  let stopped: Promise<void> | null = null;
  const stopOne = async ({ name, stop }: (typeof parts)[number]): Promise<void> => {
    // One part that fails to stop must not keep the others running.
    await stop().catch((error: unknown) => {
      onFailure(name, error);
    });
  };
  const stopEach = async (): Promise<void> => {
    for (let part = parts.pop(); part !== undefined; part = parts.pop()) await stopOne(part);
  };
  return {
    add: async (name, stop) => {
      if (stopped === null) parts.push({ name, stop });
      else await stopOne({ name, stop });
    },
    stopAll: () => (stopped ??= stopEach()),
    isStopping: () => stopped !== null,
  };
}
