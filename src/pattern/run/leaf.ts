/** Leaves: what makes history. Each is remembered by its path, so that a run that continues as new does none of them twice. */
import type { Run } from './run';
import type { Leaf } from './step-run';
import type { Stop } from './stop';

/** How a leaf's work ends. */
export type Ended = Omit<Leaf, 'order' | 'started_at' | 'ended_at'>;

/** It was stopped before it began. */
export const notBegun = { stopped: true, notBegun: true } as const;

/**
 * Runs one leaf, or gives what an earlier run of this execution knows of it.
 * @param awaited whether it has to end before the run may continue as new; timers and approvals do not
 * @param stop what keeps it from beginning; `null`: nothing does
 * @returns a promise that never settles when the run is about to continue as new
 */
export async function leaf(
  run: Run,
  path: string,
  { awaited, stop }: { awaited: boolean; stop: Stop | null },
  work: () => Promise<Ended>,
): Promise<Leaf> {
  const known = Object.hasOwn(run.earlier.leaves, path) ? run.earlier.leaves[path] : undefined;
  if (known) {
    await run.replay.turnOf(known);
    run.budget.hold(known);
    run.leaves.set(path, known);
    return known;
  }
  for (let rest = run.replay.unfinished(); rest !== null; rest = run.replay.unfinished()) {
    await rest;
    const now = run.port.now();
    if (stop !== null && stop.reason() !== null)
      return { order: -1, started_at: now, ended_at: now, ...notBegun };
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
