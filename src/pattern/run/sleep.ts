/** Timers: each has a moment at which it is due, so that a run that continues as new waits for what is left. */
import { leaf } from './leaf';
import type { Run } from './run';
import type { Stop } from './stop';

/** @returns whether the time ran out; `false` when the token stopped first */
export async function sleepUntil(run: Run, path: string, milliseconds: number, stop: Stop): Promise<boolean> {
  const now = run.port.now();
  const due_at = run.earlier.marks[path]?.due_at ?? now + milliseconds;
  run.marks.set(path, { started_at: now, order: 0, due_at });
  const end = await leaf(run, path, { awaited: false, stop }, async () => {
    try {
      await run.port.sleep(Math.max(due_at - run.port.now(), 0), stop.onStop);
      return {};
    } catch (error) {
      if (run.port.isCancellation(error)) return { stopped: true };
      throw error;
    }
  });
  return end.stopped !== true;
}
