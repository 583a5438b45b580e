/** Activities of the engine itself, on the workflow's own task queue. */
import type { Pool } from 'pg';
import { storeOutcome } from '../src/db/executions';
import { withUser } from '../src/db/pool';
import type { StoreExecutionInput } from '../workflows/run-pattern';

/** Writes how a run ended. The same run writes the same row, so a repeated attempt changes nothing. */
export function engineActivities(database: Pool) {
  return {
    'engine.store_execution': async ({
      execution_id,
      user_id,
      run_id,
      outcome,
    }: StoreExecutionInput): Promise<void> => {
      await withUser(database, user_id, (tx) => storeOutcome(tx, { execution_id, run_id, outcome }));
    },
  };
}
