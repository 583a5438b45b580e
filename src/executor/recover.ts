/** Stores how a run ended that could not store it itself: terminated, timed out by the server, or gone from Temporal. */
import { type Client, type WorkflowExecutionDescription, WorkflowNotFoundError } from '@temporalio/client';
import type { Pool } from 'pg';
import { claimedValues } from '../db/claimed-values';
import { storeOutcome } from '../db/executions';
import { withUser } from '../db/pool';
import { claimCodec } from '../temporal/claim-codec';
import { decodeHistory } from '../temporal/decode-history';
import type { Ending } from '../temporal/history-port';
import { rebuildOutcome } from '../temporal/rebuild';

/** What is known of a run that the database still calls running. */
export interface UnfinishedRun {
  id: string;
  user_id: string;
  workflow_id: string;
}

export type Recover = (run: UnfinishedRun) => Promise<void>;

/**
 * Returns a function that looks a run up in Temporal and, when it has ended, rebuilds its outcome from history and
 * stores it. A run that is still going is left alone.
 */
export function recoverFrom(client: Client, pool: Pool): Recover {
  const codec = claimCodec(claimedValues(pool));
  return async (run) => {
    const handle = client.workflow.getHandle(run.workflow_id);
    const description = await describe(handle);
    if (description === null || description.status.name === 'RUNNING') return;
    const history = await decodeHistory(await handle.fetchHistory(), codec);
    const identity = { workflow_id: run.workflow_id, run_id: description.runId };
    const outcome = await rebuildOutcome(history, identity, endingOf(description.status.name));
    await withUser(pool, run.user_id, (tx) =>
      storeOutcome(tx, { execution_id: run.id, run_id: description.runId, outcome }),
    );
  };
}

async function describe(
  handle: ReturnType<Client['workflow']['getHandle']>,
): Promise<WorkflowExecutionDescription | null> {
  try {
    return await handle.describe();
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}

function endingOf(status: string): Ending {
  if (status === 'TIMED_OUT') {
    return {
      status: 'timed_out',
      code: 'EXECUTION_TIMED_OUT',
      message: 'Temporal ended the run at its time limit.',
    };
  }
  if (status === 'CANCELLED') {
    return { status: 'cancelled', code: 'EXECUTION_CANCELLED', message: 'The execution was cancelled.' };
  }
  return {
    status: 'failed',
    code: 'EXECUTION_FAILED',
    message: `Temporal closed the run as ${status} before it could store a result.`,
  };
}
