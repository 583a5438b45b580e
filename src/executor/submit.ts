/**
 * Starting a run, by whatever route it was asked for.
 *
 * - The row of a durable run is written before it starts: a run that nobody can find does not exist.
 * - Row id, workflow id and Idempotency-Key are one thing, so concurrent repeats meet in one row and one run.
 * - The answer is read from PostgreSQL, never from Temporal: what is answered now is what is answered later.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError } from '../contract/errors';
import {
  type ExecutionRow,
  findExecution,
  insertExecution,
  markStarted,
  removeUnstarted,
} from '../db/executions';
import { withUser } from '../db/pool';
import type { ExecuteDeps } from './execute-deps';
import { abandonedAfterMs, awaitOutcome, refresh } from './follow';
import { requireSameRequest, workflowIdOf } from './idempotency';
import { requireRoom } from './limits';
import { startRun, stateOfRun } from './runs';
import { type Prepared, prepare, type Submission, toNewExecution } from './submission';

/** A run that was started, joined, or had been there before. */
export interface Submitted {
  /** It is an earlier run of an equal request. */
  cached: boolean;
  /** Nobody should wait for it: it may take days. */
  background: boolean;
  /** Its row when it has ended, or when the signal says stop. */
  wait(signal: AbortSignal): Promise<ExecutionRow>;
}

/** How long a repeat waits for the first request to tell which run it started. */
const startingMs = 2000;

export async function submit(deps: ExecuteDeps, submission: Submission): Promise<Submitted> {
  const earlier = submission.keyed ? await findEarlier(deps, submission) : null;
  if (earlier) return follow(deps, earlier);
  const prepared = await prepare(deps, submission);
  if ('remembered' in prepared) {
    return { cached: true, background: false, wait: () => Promise.resolve(prepared.remembered) };
  }
  return start(deps, submission, prepared);
}

/** Starts what is prepared. */
export async function start(
  deps: ExecuteDeps,
  submission: Submission,
  prepared: Prepared,
): Promise<Submitted> {
  if (prepared.mode === 'direct') {
    const run = deps.direct.start(toNewExecution(submission, prepared), prepared.input);
    return { cached: false, background: false, wait: run.wait };
  }
  const row = await startDurable(deps, submission, prepared);
  return follow(deps, row, prepared.input.plan.patience === 'background');
}

function follow(deps: ExecuteDeps, row: ExecutionRow, background = false): Submitted {
  return { cached: false, background, wait: (signal) => awaitOutcome(deps, row, signal) };
}

/** The run that this key already has; `null` when there is none, or only the remains of one that never started. */
async function findEarlier(deps: ExecuteDeps, submission: Submission): Promise<ExecutionRow | null> {
  const { id, user, digest } = submission;
  const read = (): Promise<ExecutionRow | null> =>
    withUser(deps.pool, user.id, (tx) => findExecution(tx, id));
  const deadline = deps.now() + startingMs;
  let row = await read();
  if (row) requireSameRequest(row, digest);
  while (
    row?.mode === 'durable' &&
    row.run_id === null &&
    row.finished_at === null &&
    deps.now() < deadline
  ) {
    if (deps.now() - row.created_at.getTime() > abandonedAfterMs) return adopt(deps, row);
    await sleep(50);
    row = await read();
  }
  return row && refresh(deps, row, deps.now());
}

/** A row without a run, left by a process that died: either the run exists after all, or all begins anew. */
async function adopt(deps: ExecuteDeps, row: ExecutionRow): Promise<ExecutionRow | null> {
  const { state } = await stateOfRun(deps.client, row);
  if (state !== 'missing') return refresh(deps, row, deps.now());
  await withUser(deps.pool, row.user_id, (tx) => removeUnstarted(tx, row.id));
  return null;
}

async function startDurable(
  deps: ExecuteDeps,
  submission: Submission,
  prepared: Prepared,
): Promise<ExecutionRow> {
  const { id, user } = submission;
  const isFirst = await withUser(deps.pool, user.id, async (tx) => {
    const inserted = await insertExecution(tx, toNewExecution(submission, prepared));
    if (inserted) await requireRoom(tx, user.id, deps.limits.runningPerUser);
    return inserted;
  });
  if (!isFirst) return joinFirst(deps, submission);
  let runId: string | null;
  try {
    runId = await startRun(deps.client, workflowIdOf(id), prepared.input, prepared.title);
  } catch (error) {
    // Should this fail too, the sweeper finds the row; what the caller has to know is the first error.
    await withUser(deps.pool, user.id, (tx) => removeUnstarted(tx, id)).catch(() => undefined);
    throw error;
  }
  return withUser(deps.pool, user.id, async (tx) => {
    if (runId !== null) await markStarted(tx, id, runId);
    const row = await findExecution(tx, id);
    if (!row) throw new EngineError('EXECUTION_NOT_FOUND', `The execution ${id} is gone.`);
    if (runId !== null) deps.metrics.executionStarted(row.pattern.id, id);
    return row;
  });
}

/** Another request with the same key was a moment faster. */
async function joinFirst(deps: ExecuteDeps, submission: Submission): Promise<ExecutionRow> {
  const row = await findEarlier(deps, submission);
  if (row) return row;
  throw new EngineError('TEMPORAL_UNAVAILABLE', 'A request with the same key could not be started just now.');
}
