/** From a row that says "running" to how the run stands: waiting for its end, and catching up when it ended unseen. */
import type { Client } from '@temporalio/client';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { EngineError } from '../contract/errors';
import { type ExecutionKey, type ExecutionRow, findExecution, markLost, markStarted } from '../db/executions';
import { withUser } from '../db/pool';
import type { TemporalUi } from './answer';
import type { Metrics } from './metrics';
import { stateOfRun, waitForEnd } from './runs';

export interface FollowDeps {
  client: Client;
  pool: Pool;
  ui: TemporalUi | null;
  log: Pick<Logger, 'warn'>;
  /** Stores the outcome of a run that ended without storing it itself; does nothing to one that still runs. */
  recover?: (run: ExecutionKey) => Promise<void>;
  metrics?: Pick<Metrics, 'executionSeen'>;
}

/** A start is given up after five seconds; a row that then still has no run belongs to a process that died. */
export const abandonedAfterMs = 10_000;
/** Longer than a direct run may take. */
const directLostAfterMs = 60_000;
/** Younger rows are taken at their word: asking Temporal at each poll would cost more than it tells. */
const trustedForMs = 2000;

/** @throws EngineError EXECUTION_NOT_FOUND, for another user's as for none */
export async function requireExecution(pool: Pool, userId: string, id: string): Promise<ExecutionRow> {
  const row = await withUser(pool, userId, (tx) => findExecution(tx, id));
  if (!row) throw new EngineError('EXECUTION_NOT_FOUND', `You have no execution ${id}.`);
  return row;
}

/** Waits for the end until the signal says stop, and returns the row as it then is. */
export async function awaitOutcome(
  deps: FollowDeps,
  row: ExecutionRow,
  signal: AbortSignal,
): Promise<ExecutionRow> {
  return seeing(deps, row, async () => {
    if (row.finished_at !== null || signal.aborted || row.mode === 'direct') return row;
    const seen = await waitForEnd(deps.client, row, signal);
    const present = await requireExecution(deps.pool, row.user_id, row.id);
    return seen === 'running' || present.finished_at !== null ? present : catchUp(deps, present);
  });
}

/** The row as it is, after asking Temporal whether "running" is still true. Temporal being away leaves it so. */
export async function refresh(deps: FollowDeps, row: ExecutionRow, now: number): Promise<ExecutionRow> {
  return seeing(deps, row, () => ask(deps, row, now));
}

/** Lets the metrics see the row before and after, which is how they learn of its end. */
async function seeing(
  { metrics }: FollowDeps,
  row: ExecutionRow,
  look: () => Promise<ExecutionRow>,
): Promise<ExecutionRow> {
  metrics?.executionSeen(row);
  const present = await look();
  metrics?.executionSeen(present);
  return present;
}

async function ask(deps: FollowDeps, row: ExecutionRow, now: number): Promise<ExecutionRow> {
  const age = now - row.created_at.getTime();
  if (row.finished_at !== null || age < trustedForMs) return row;
  // Its own process alone knows of a direct run; when its time is up, that process is no more.
  if (row.mode === 'direct') return age > directLostAfterMs ? lose(deps, row) : row;
  const run = await stateOfRun(deps.client, row);
  if (run.state === 'ended') return catchUp(deps, row);
  if (run.state === 'missing' && age > abandonedAfterMs) return lose(deps, row);
  if (run.state === 'running' && row.run_id === null) {
    await withUser(deps.pool, row.user_id, (tx) => markStarted(tx, row.id, run.run_id));
    return { ...row, run_id: run.run_id };
  }
  return row;
}

async function lose({ pool }: FollowDeps, { id, user_id, mode }: ExecutionRow): Promise<ExecutionRow> {
  await withUser(pool, user_id, (tx) => markLost(tx, id, mode));
  return requireExecution(pool, user_id, id);
}

/** The run has ended: either its result arrived meanwhile, or it could not store one and is rebuilt. */
async function catchUp(deps: FollowDeps, row: ExecutionRow): Promise<ExecutionRow> {
  const present = await requireExecution(deps.pool, row.user_id, row.id);
  if (present.finished_at !== null || !deps.recover) return present;
  try {
    await deps.recover(present);
  } catch (error) {
    // Whoever asks for a run's state is not helped by an error; the row stays as it is until the next attempt.
    deps.log.warn({ err: error, execution_id: row.id }, 'a run that ended could not be caught up with');
  }
  return requireExecution(deps.pool, row.user_id, row.id);
}
