/** Runs something whenever files change, until told to end. */
import { once } from 'node:events';
import { watch } from 'chokidar';

/** Editors write a file in several steps. */
const settleMs = 100;

/** Runs `work` at once and after changes, never twice at a time; resolves when `signal` aborts and `work` has ended. */
export async function watchPlaces(
  places: readonly string[],
  work: () => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const watcher = watch([...places], { ignoreInitial: true });
  let isChanged = true;
  let wake: () => void = () => undefined;
  watcher.on('all', () => {
    isChanged = true;
    wake();
  });
  signal.addEventListener('abort', () => {
    wake();
  });
  const changed = (): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve;
      if (isChanged || signal.aborted) resolve();
    });
  await once(watcher, 'ready');
  while (!signal.aborted) {
    isChanged = false;
    await work();
    await changed();
    if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, settleMs));
  }
  await watcher.close();
}

/** Aborts on Ctrl-C or when the process is asked to end. */
export function untilToldToEnd(): AbortSignal {
  const controller = new AbortController();
  const end = (): void => {
    controller.abort();
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  return controller.signal;
}
