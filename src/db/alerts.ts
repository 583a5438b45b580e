/** Alerts of one user, under row-level security. A deleted one is kept for its notifications, and shown no more. */
import { randomUUID } from 'node:crypto';
import { digest } from '../canonical';
import type { AlertCondition } from '../contract/alert-condition';
import type { VerdictOutcome } from '../contract/alert';
import type { Tx } from './pool';

export interface AlertRow {
  user_id: string;
  id: string;
  title: string;
  portfolio_id: string | null;
  condition: AlertCondition;
  condition_digest: string;
  cooldown_hours: number;
  active: boolean;
  created_at: Date;
  last_fired_at: Date | null;
  /** Of the pack of the latest day. */
  last_evaluation: {
    asof_date: string;
    at: string;
    outcome: VerdictOutcome;
    sentence: string;
    reason: string | null;
  } | null;
}

export interface NewAlert {
  user_id: string;
  title: string;
  portfolio_id: string | null;
  condition: AlertCondition;
  cooldown_hours: number;
}

const alert = `
  select a.user_id, a.id, a.title, a.portfolio_id, a.condition, a.condition_digest, a.cooldown_hours, a.active, a.created_at,
    (select max(n.fired_at) from notifications n
      where n.user_id = a.user_id and n.alert_id = a.id and n.withdrawn_at is null) as last_fired_at,
    (select json_build_object('asof_date', p.date, 'at', e.evaluated_at, 'outcome', e.outcome, 'sentence', e.sentence,
              'reason', e.reason)
       from alert_evaluations e join pricing_packs p on p.id = e.pack_id
      where e.user_id = a.user_id and e.alert_id = a.id order by p.date desc, e.evaluated_at desc limit 1)
      as last_evaluation
  from alerts a`;

/**
 * Adds one, unless there is one with the same condition on the same portfolio.
 * @returns the new one's id and `created: true`, or that of the one that is there
 */
export async function insertAlert(tx: Tx, row: NewAlert): Promise<{ id: string; created: boolean }> {
  const id = randomUUID();
  const condition_digest = digest(row.condition);
  const { rowCount } = await tx.query(
    `insert into alerts (user_id, id, title, portfolio_id, condition, condition_digest, cooldown_hours)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (user_id, portfolio_id, condition_digest) where deleted_at is null do nothing`,
    [
      row.user_id,
      id,
      row.title,
      row.portfolio_id,
      JSON.stringify(row.condition),
      condition_digest,
      row.cooldown_hours,
    ],
  );
  if (rowCount === 1) return { id, created: true };
  // Another statement, so that it sees one that was committed while the insert waited for it.
  const { rows } = await tx.query<{ id: string }>(
    `select id from alerts where user_id = $1 and portfolio_id is not distinct from $2::uuid and condition_digest = $3
        and deleted_at is null`,
    [row.user_id, row.portfolio_id, condition_digest],
  );
  // Deleted in between: once more.
  return rows[0] ? { id: rows[0].id, created: false } : insertAlert(tx, row);
}

/** `null` when the user has none of this id, or deleted it. */
export async function findAlert(tx: Tx, id: string): Promise<AlertRow | null> {
  const { rows } = await tx.query<AlertRow>(`${alert} where a.id = $1 and a.deleted_at is null`, [id]);
  return rows[0] ?? null;
}

export interface AlertFilter {
  portfolio_id?: string | undefined;
  active?: boolean | undefined;
  /** When the last row of the page before was created, and its id. */
  after?: readonly [created_at: string, id: string] | null;
  /** Left out: all. */
  limit?: number;
}

/** The newest first. With a portfolio: its own, and those of none. */
export async function listAlerts(
  tx: Tx,
  { portfolio_id, active, after, limit }: AlertFilter,
): Promise<AlertRow[]> {
  const { rows } = await tx.query<AlertRow>(
    `${alert} where a.deleted_at is null
        and ($1::uuid is null or a.portfolio_id is null or a.portfolio_id = $1)
        and ($2::boolean is null or a.active = $2)
        and ($3::timestamptz is null or (date_trunc('milliseconds', a.created_at), a.id) < ($3, $4::uuid))
      order by date_trunc('milliseconds', a.created_at) desc, a.id desc limit $5`,
    [portfolio_id ?? null, active ?? null, after?.[0] ?? null, after?.[1] ?? null, limit ?? null],
  );
  return rows;
}

export interface AlertPatch {
  title?: string | undefined;
  condition?: AlertCondition | undefined;
  cooldown_hours?: number | undefined;
  active?: boolean | undefined;
}

/** @returns whether there was one; PostgreSQL refuses a condition that another alert of the portfolio has (23505) */
export async function updateAlert(tx: Tx, id: string, patch: AlertPatch): Promise<boolean> {
  const { title, condition, cooldown_hours, active } = patch;
  const { rowCount } = await tx.query(
    `update alerts set title = coalesce($2, title), condition = coalesce($3::jsonb, condition),
            condition_digest = coalesce($4, condition_digest), cooldown_hours = coalesce($5, cooldown_hours),
            active = coalesce($6, active)
      where id = $1 and deleted_at is null`,
    [
      id,
      title ?? null,
      condition === undefined ? null : JSON.stringify(condition),
      condition === undefined ? null : digest(condition),
      cooldown_hours ?? null,
      active ?? null,
    ],
  );
  return rowCount === 1;
}

/**
 * What is under way for it ends with no effect any more: the alert's row comes first, so whoever holds it (`holdAlert`)
 * has written its dead letter when this looks for some.
 * @returns whether there was one
 */
export async function deleteAlert(tx: Tx, id: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    'update alerts set deleted_at = clock_timestamp(), active = false where id = $1 and deleted_at is null',
    [id],
  );
  await tx.query(
    `update alert_dead_letters set status = 'resolved', next_retry_at = null, updated_at = clock_timestamp()
      where alert_id = $1 and status <> 'resolved'`,
    [id],
  );
  return rowCount === 1;
}

/** Keeps it as it is until the transaction ends. @returns false when it was deleted, or watches something else by now */
export async function holdAlert(tx: Tx, { id, condition_digest }: AlertRow): Promise<boolean> {
  const { rowCount } = await tx.query(
    'select from alerts where id = $1 and condition_digest = $2 and deleted_at is null for share',
    [id, condition_digest],
  );
  return rowCount === 1;
}

/** Ids of the users that have, or had, alerts: whoever reads one of them reads it as its owner. */
export async function alertOwners(tx: Tx): Promise<string[]> {
  const { rows } = await tx.query<{ owner_id: string }>(
    'select owner_id from alert_owners order by owner_id',
  );
  return rows.map(({ owner_id }) => owner_id);
}
