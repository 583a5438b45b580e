/** What was found of alerts at packs, and the evaluations that failed: dead letters, with when they are tried again. */
import { randomUUID } from 'node:crypto';
import { retryAfterSeconds, type VerdictOutcome } from '../contract/alert';
import type { Tx } from './pool';

/** One alert at one pack. */
export interface EvaluationKey {
  user_id: string;
  alert_id: string;
  pack_id: string;
}

export interface EvaluationRow extends EvaluationKey {
  condition_digest: string;
  outcome: VerdictOutcome;
  sentence: string;
  reason: string | null;
}

/** A later look takes the place of an earlier one; a dead letter of it is settled. */
export async function storeEvaluation(tx: Tx, row: EvaluationRow): Promise<void> {
  const { user_id, alert_id, pack_id, condition_digest, outcome, sentence, reason } = row;
  await tx.query(
    `insert into alert_evaluations (user_id, alert_id, pack_id, condition_digest, outcome, sentence, reason)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (user_id, alert_id, pack_id) do update set condition_digest = excluded.condition_digest,
       outcome = excluded.outcome, sentence = excluded.sentence, reason = excluded.reason,
       evaluated_at = clock_timestamp()`,
    [user_id, alert_id, pack_id, condition_digest, outcome, sentence, reason],
  );
  await tx.query(
    `update alert_dead_letters set status = 'resolved', next_retry_at = null, updated_at = clock_timestamp()
      where user_id = $1 and alert_id = $2 and pack_id = $3 and status <> 'resolved'`,
    [user_id, alert_id, pack_id],
  );
}

/**
 * Ids of alerts that were evaluated at the pack with the condition they have now, or whose evaluation waits as a dead
 * letter, or has used up its attempts.
 */
export async function settledAt(tx: Tx, packId: string): Promise<Set<string>> {
  const { rows } = await tx.query<{ id: string }>(
    `select a.id from alerts a join alert_evaluations e
         on e.user_id = a.user_id and e.alert_id = a.id and e.condition_digest = a.condition_digest
      where e.pack_id = $1
     union select alert_id from alert_dead_letters
      where pack_id = $1 and (status = 'retrying' or (status = 'failed' and attempts > $2))`,
    [packId, retryAfterSeconds.length],
  );
  return new Set(rows.map(({ id }) => id));
}

export interface Failure {
  code: string;
  message: string;
}

export interface DeadLetterRow extends EvaluationKey {
  id: string;
  title: string;
  asof_date: string;
  attempts: number;
  status: 'retrying' | 'failed' | 'resolved';
  code: string;
  message: string;
  next_retry_at: Date | null;
  created_at: Date;
  updated_at: Date;
}

/** Notes a failure: one attempt more, and when the next one is due, if any. A resolved one begins anew. */
export async function storeFailure(
  tx: Tx,
  { user_id, alert_id, pack_id }: EvaluationKey,
  { code, message }: Failure,
): Promise<void> {
  await tx.query(
    `with delays as (select $7::integer[] as seconds),
          known as (select attempts from alert_dead_letters
                     where user_id = $1 and alert_id = $3 and pack_id = $4 and status <> 'resolved'),
          next as (select coalesce((select attempts from known), 0) + 1 as attempts)
     insert into alert_dead_letters (user_id, id, alert_id, pack_id, attempts, status, code, message, next_retry_at)
     select $1, $2, $3, $4, next.attempts,
            case when next.attempts <= cardinality(seconds) then 'retrying' else 'failed' end, $5, $6,
            clock_timestamp() + seconds[next.attempts] * interval '1 second'
       from next, delays
     on conflict (user_id, alert_id, pack_id) do update set attempts = excluded.attempts, status = excluded.status,
       code = excluded.code, message = excluded.message, next_retry_at = excluded.next_retry_at,
       updated_at = clock_timestamp()`,
    [user_id, randomUUID(), alert_id, pack_id, code, message.slice(0, 1000), [...retryAfterSeconds]],
  );
}

/** Of an evaluation that somebody asked for: no workflow tries it again, but for one that waits to do so already. */
export async function storeAskedFailure(
  tx: Tx,
  { user_id, alert_id, pack_id }: EvaluationKey,
  { code, message }: Failure,
): Promise<void> {
  await tx.query(
    `insert into alert_dead_letters as known (user_id, id, alert_id, pack_id, attempts, status, code, message)
     values ($1, $2, $3, $4, 1, 'failed', $5, $6)
     on conflict (user_id, alert_id, pack_id) do update set code = excluded.code, message = excluded.message,
       attempts = case known.status when 'resolved' then 1 when 'failed' then known.attempts + 1 else known.attempts end,
       status = case known.status when 'retrying' then 'retrying' else 'failed' end, updated_at = clock_timestamp()`,
    [user_id, randomUUID(), alert_id, pack_id, code, message.slice(0, 1000)],
  );
}

const deadLetter = `
  select d.user_id, d.id, d.alert_id, d.pack_id, a.title, p.date as asof_date, d.attempts, d.status, d.code, d.message,
    d.next_retry_at, d.created_at, d.updated_at
  from alert_dead_letters d join alerts a on a.user_id = d.user_id and a.id = d.alert_id
    join pricing_packs p on p.id = d.pack_id`;

export async function findDeadLetter(tx: Tx, id: string): Promise<DeadLetterRow | null> {
  const { rows } = await tx.query<DeadLetterRow>(`${deadLetter} where d.id = $1`, [id]);
  return rows[0] ?? null;
}

/** Of the pack, whose time has come. */
export async function dueDeadLetters(tx: Tx, packId: string): Promise<DeadLetterRow[]> {
  const { rows } = await tx.query<DeadLetterRow>(
    `${deadLetter} where d.pack_id = $1 and d.next_retry_at <= clock_timestamp() order by d.next_retry_at, d.id`,
    [packId],
  );
  return rows;
}

/** Seconds until the next one of the pack is due, at least 0; `null`: none waits. */
export async function secondsToNextRetry(tx: Tx, packId: string): Promise<number | null> {
  const { rows } = await tx.query<{ seconds: number | null }>(
    `select ceil(greatest(extract(epoch from min(next_retry_at) - clock_timestamp()), 0))::integer as seconds
       from alert_dead_letters where pack_id = $1`,
    [packId],
  );
  return rows[0]?.seconds ?? null;
}

export interface DeadLetterFilter {
  status?: string | undefined;
  after?: readonly [created_at: string, id: string] | null;
  limit: number;
}

/** The newest first; without a status those that are not resolved. */
export async function listDeadLetters(
  tx: Tx,
  { status, after, limit }: DeadLetterFilter,
): Promise<DeadLetterRow[]> {
  const { rows } = await tx.query<DeadLetterRow>(
    `${deadLetter} where (d.status = $1 or ($1::text is null and d.status <> 'resolved'))
        and ($2::timestamptz is null or (date_trunc('milliseconds', d.created_at), d.id) < ($2, $3::uuid))
      order by date_trunc('milliseconds', d.created_at) desc, d.id desc limit $4`,
    [status ?? null, after?.[0] ?? null, after?.[1] ?? null, limit],
  );
  return rows;
}
