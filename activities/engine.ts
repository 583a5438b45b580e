/** Activities of the engine itself, on the workflow's own task queue. */
import type { Pool } from 'pg';

import type { ClosedApproval, NewApproval } from '../src/contract/approval';
import { closeApproval, openApproval } from '../src/db/approvals';
import { storeOutcome } from '../src/db/executions';
import { withUser } from '../src/db/pool';
import type { StoreExecutionInput } from '../workflows/run-pattern';

/** All write rows that a repeated attempt writes the same. */
export function engineActivities(database: Pool) {
  return {
    /** How a run ended. */
    'engine.store_execution': async ({
      execution_id,
      user_id,
      run_id,
      outcome,
    }: StoreExecutionInput): Promise<void> => {
      await withUser(database, user_id, (tx) => storeOutcome(tx, { execution_id, run_id, outcome }));
    },
    /** That a run waits for a person. */
    'engine.open_approval': async (approval: NewApproval): Promise<void> => {
      await withUser(database, approval.user_id, (tx) => openApproval(tx, approval));
    },
    'engine.close_approval': async ({
      user_id,
      ...closed
    }: ClosedApproval & { user_id: string }): Promise<void> => {
      await withUser(database, user_id, (tx) => closeApproval(tx, closed));
    },
  };
}
