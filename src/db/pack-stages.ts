/** How far packs have come on their way to be fresh: each stage, each time it was begun. */
import type { PackStage } from '../contract/nightly';
import type { Tx } from './pool';

export interface PackStageRow {
  pack_id: string;
  stage: PackStage;
  /** 1 for the first. */
  attempt: number;
  status: 'running' | 'done' | 'failed';
  started_at: Date;
  ended_at: Date | null;
  detail: Record<string, unknown>;
}

/**
 * Notes that a stage begins. An earlier attempt that still looks as if it ran lost its worker: it is noted as failed.
 * @returns the attempt's number
 */
export async function beginStage(tx: Tx, packId: string, stage: PackStage): Promise<number> {
  await tx.query(
    `update pack_stages set status = 'failed', ended_at = clock_timestamp(),
            detail = '{"code": "INTERRUPTED", "message": "its worker ended before it had"}'
      where pack_id = $1 and stage = $2 and status = 'running'`,
    [packId, stage],
  );
  const { rows } = await tx.query<{ attempt: number }>(
    `insert into pack_stages (pack_id, stage, attempt, status)
     select $1, $2, coalesce(max(attempt), 0) + 1, 'running' from pack_stages where pack_id = $1 and stage = $2
     returning attempt`,
    [packId, stage],
  );
  return rows[0]?.attempt ?? 1;
}

/** Of an attempt that another has taken over nothing is noted any more. */
export async function endStage(
  tx: Tx,
  { pack_id, stage, attempt, status, detail }: Omit<PackStageRow, 'started_at' | 'ended_at'>,
): Promise<void> {
  await tx.query(
    `update pack_stages set status = $4, ended_at = clock_timestamp(), detail = $5
      where pack_id = $1 and stage = $2 and attempt = $3 and status = 'running'`,
    [pack_id, stage, attempt, status, JSON.stringify(detail)],
  );
}

/** How each stage stands: its latest attempt, in the order of the nightly order. A stage that never began has no row. */
export async function stagesOf(tx: Tx, packIds: readonly string[]): Promise<PackStageRow[]> {
  const { rows } = await tx.query<PackStageRow>(
    `select distinct on (pack_id, place) pack_id, stage, attempt, status, started_at, ended_at, detail
       from (select *, array_position(array['build', 'reconcile', 'metrics', 'prewarm', 'fresh'], stage) as place
               from pack_stages where pack_id = any($1)) ran
      order by pack_id, place, attempt desc`,
    [packIds],
  );
  return rows;
}
