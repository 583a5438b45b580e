/** Runs something whenever files change, until the process is told to end. */
import { once } from 'node:events';
import { watch } from 'chokidar';

/** Editors write a file in several steps. */
const settleMs = 100;

/** Runs `work` at once and after each change, never twice at a time; resolves on SIGINT or SIGTERM. */
export async function watchPlaces(places: readonly string[], work: () => Promise<void>): Promise<void> {
  const watcher = watch([...places], { ignoreInitial: true });
  const signals = new AbortController();
  const { signal } = signals;
  let wake: () => void = () => undefined;
  let isChanged = true;
  let isOver = false;
  watcher.on('all', () => {
    isChanged = true;
    wake();
  });
  const end = Promise.race([once(process, 'SIGINT', { signal }), once(process, 'SIGTERM', { signal })]);
  void end.then(() => {
    isOver = true;
    wake();
  });
  await once(watcher, 'ready');
  for (;;) {
    if (isTrue(() => isOver)) break;
    if (isTrue(() => isChanged)) {
      isChanged = false;
      await work();
    }
    await new Promise<void>((resolve) => {
      wake = resolve;
      if (isChanged || isOver) resolve();
    });
    if (!isTrue(() => isOver)) await new Promise((resolve) => setTimeout(resolve, settleMs));
  }
  await watcher.close();
}

/** Read anew each time: listeners change it meanwhile. */
function isTrue(condition: () => boolean): boolean {
  return condition();
}
