/** Leaves: what makes history. Each is remembered by its path, so that a run that continues as new does none of them twice. */
import type { Run } from './run';
import type { Leaf } from './step-run';

/** How a leaf's work ends. */
export type Ended = Omit<Leaf, 'order' | 'started_at' | 'ended_at'>;

/**
 * Runs one leaf, or gives what an earlier run of this execution knows of it.
 * @param awaited whether it has to end before the run may continue as new; timers and approvals do not
 * @returns a promise that never settles when the run is about to continue as new
 */
export async function leaf(
  run: Run,
  path: string,
  awaited: boolean,
  work: () => Promise<Ended>,
): Promise<Leaf> {
  const known = Object.hasOwn(run.earlier.leaves, path) ? run.earlier.leaves[path] : undefined;
  if (known) {
    await run.replay.turnOf(known);
    run.budget.hold(known);
    run.leaves.set(path, known);
    return known;
  }
  if (!run.budget.begin(awaited)) return parked();
  const started_at = run.port.now();
  try {
    const how = await work();
    const ended: Leaf = { order: run.ended, started_at, ended_at: run.port.now(), ...how };
    run.ended += 1;
    run.budget.hold(ended);
    run.leaves.set(path, ended);
    return ended;
  } finally {
    run.budget.end(awaited);
  }
}

function parked(): Promise<never> {
  return new Promise(() => undefined);
}
