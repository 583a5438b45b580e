/** Finds executions that outlived their own time limit and still read "running", and stores how they really ended. */
import { findOverdue } from '../db/executions';
import { withUser } from '../db/pool';
import { type FollowDeps, refresh, requireExecution } from './follow';

export interface SweeperDeps extends FollowDeps {
  now: () => number;
}

const batch = 20;
/** Belongs to no user: row-level security shows such a transaction the overdue rows and nothing else. */
const nobody = '00000000-0000-0000-0000-000000000000';

/** @returns how many rows it closed */
export async function sweep(deps: SweeperDeps): Promise<number> {
  const overdue = await withUser(deps.pool, nobody, (tx) => findOverdue(tx, batch));
  let closed = 0;
  for (const { id, user_id } of overdue) {
    try {
      const row = await refresh(deps, await requireExecution(deps.pool, user_id, id), deps.now());
      if (row.finished_at !== null) closed += 1;
    } catch (error) {
      deps.log.warn({ err: error, execution_id: id }, 'an overdue execution could not be closed');
    }
  }
  return closed;
}

/** Sweeps now and then until told to stop. Any number of processes may do so at once: only the first outcome counts. */
export function startSweeper(deps: SweeperDeps, everyMs = 15_000): () => void {
  let stopped = false;
  let timer: NodeJS.Timeout;
  const next = (): void => {
    if (stopped) return;
    timer = setTimeout(() => {
      sweep(deps)
        .catch((error: unknown) => {
          deps.log.warn({ err: error }, 'the sweep failed');
        })
        .finally(next);
    }, everyMs);
    timer.unref();
  };
  next();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
