/** Leaves: what makes history. Each is remembered by its path, so that a run that continues as new does none of them twice. */
import type { Run } from './run';
import type { Leaf } from './step-run';

/**
 * Runs one leaf, or gives what an earlier run of this execution knows of it.
 * @param awaited whether it has to end before the run may continue as new; timers and approvals do not
 * @returns a promise that never settles when the run is about to continue as new
 */
export async function leaf(
  run: Run,
  path: string,
  awaited: boolean,
  work: () => Promise<Omit<Leaf, 'started_at' | 'ended_at'>>,
): Promise<Leaf> {
  const known = Object.hasOwn(run.earlier.leaves, path) ? run.earlier.leaves[path] : undefined;
  if (known) {
    run.leaves.set(path, known);
    return known;
  }
  if (!run.budget.admit()) return parked();
  const started_at = run.port.now();
  if (awaited) run.budget.enter();
  try {
    const ended: Leaf = { started_at, ended_at: 0, ...(await work()) };
    ended.ended_at = run.port.now();
    run.leaves.set(path, ended);
    return ended;
  } finally {
    if (awaited) run.budget.leave();
  }
}

function parked(): Promise<never> {
  return new Promise(() => undefined);
}
