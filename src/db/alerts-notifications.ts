/** Notifications: told at most once per alert in a cooldown and for a day, which the table's own keys see to. */
import { randomUUID } from 'node:crypto';
import { digest } from '../canonical';
import type { Tx } from './pool';

export interface NotificationRow {
  id: string;
  alert_id: string;
  portfolio_id: string | null;
  title: string;
  message: string;
  asof_date: string;
  pack_id: string;
  fired_at: Date;
  read_at: Date | null;
}

export interface NewNotification {
  user_id: string;
  alert_id: string;
  asof_date: string;
  pack_id: string;
  message: string;
  /** When; left out: now, by the database's clock, which all workers share. */
  at?: Date | undefined;
}

/**
 * Writes it as the successor of the alert's latest one. Of several at the same time the unique keys let one through; the
 * others, one within the cooldown, one for a day that was told already, and one of a paused alert write nothing.
 * @returns its id, or `null` when nothing was written
 */
export async function notify(tx: Tx, one: NewNotification): Promise<string | null> {
  const { user_id, alert_id, asof_date, pack_id, message, at } = one;
  const { rows } = await tx.query<{ id: string }>(
    `with moment as (select date_trunc('milliseconds', coalesce($8::timestamptz, clock_timestamp())) as now),
          before as (select max(fired_at) as fired_at from notifications where user_id = $1 and alert_id = $3)
     insert into notifications (user_id, id, alert_id, portfolio_id, title, message, asof_date, pack_id, content_hash,
            fired_at, previous_at, cooldown_hours)
     select $1, $2, a.id, a.portfolio_id, a.title, $4, $5::date, $6, $7, moment.now, before.fired_at, a.cooldown_hours
       from alerts a, moment, before
      where a.user_id = $1 and a.id = $3 and a.active and a.deleted_at is null
        and (before.fired_at is null or moment.now >= before.fired_at + a.cooldown_hours * interval '1 hour')
     on conflict do nothing returning id`,
    [
      user_id,
      randomUUID(),
      alert_id,
      message,
      asof_date,
      pack_id,
      digest({ user_id, alert_id, asof_date }),
      at?.toISOString() ?? null,
    ],
  );
  return rows[0]?.id ?? null;
}

const columns = 'id, alert_id, portfolio_id, title, message, asof_date, pack_id, fired_at, read_at';

export interface NotificationFilter {
  unread: boolean;
  /** When the last row of the page before was fired, and its id. */
  after?: readonly [fired_at: string, id: string] | null;
  limit: number;
}

/** The newest first. */
export async function listNotifications(
  tx: Tx,
  { unread, after, limit }: NotificationFilter,
): Promise<NotificationRow[]> {
  const { rows } = await tx.query<NotificationRow>(
    `select ${columns} from notifications
      where withdrawn_at is null and ($1::boolean is false or read_at is null)
        and ($2::timestamptz is null or (fired_at, id) < ($2, $3::uuid))
      order by fired_at desc, id desc limit $4`,
    [unread, after?.[0] ?? null, after?.[1] ?? null, limit],
  );
  return rows;
}

export async function countUnread(tx: Tx): Promise<number> {
  const { rows } = await tx.query<{ unread: number }>(
    'select count(*)::integer as unread from notifications where withdrawn_at is null and read_at is null',
  );
  return rows[0]?.unread ?? 0;
}

/** The first time it was read stays. @returns the row, or `null` when there is none of this id */
export async function markRead(tx: Tx, id: string): Promise<NotificationRow | null> {
  const { rows } = await tx.query<NotificationRow>(
    `update notifications set read_at = coalesce(read_at, clock_timestamp())
      where id = $1 and withdrawn_at is null returning ${columns}`,
    [id],
  );
  return rows[0] ?? null;
}

/** It is shown no more, and still counts for the cooldown. */
export async function withdrawNotification(tx: Tx, id: string): Promise<void> {
  await tx.query(
    'update notifications set withdrawn_at = clock_timestamp() where id = $1 and withdrawn_at is null',
    [id],
  );
}
