/** Whether something that is about to begin has been stopped; the same for a workflow and for a history read later. */
import type { OnStop } from '../pattern/run/port';

/** Whoever asks to be told of a stop is told at once of one that was. */
export function isStopped(onStop: OnStop): boolean {
  let stopped = false;
  onStop(() => {
    stopped = true;
  })();
  return stopped;
}
