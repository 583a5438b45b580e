/** How many executions of a user have not ended. */
import type { Tx } from './pool';

/** Counts no further than `upTo`, so it costs the same however many there are. */
export async function countRunning(tx: Tx, userId: string, upTo: number): Promise<number> {
  const { rows } = await tx.query<{ running: number }>(
    `select count(*)::int as running from (
       select from executions where user_id = $1 and finished_at is null limit $2) unfinished`,
    [userId, upTo],
  );
  return rows[0]?.running ?? 0;
}
