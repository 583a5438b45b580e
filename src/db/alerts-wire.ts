/** Rows of alerts as they go over the wire. */
import type { Alert, DeadLetter, Notification } from '../contract/alert';
import type { AlertRow } from './alerts';
import type { DeadLetterRow } from './alerts-evaluations';
import type { NotificationRow } from './alerts-notifications';

export function toAlert(row: AlertRow): Alert {
  const { id, title, portfolio_id, condition, cooldown_hours, active, last_evaluation } = row;
  return {
    ...{ id, title, portfolio_id, condition, cooldown_hours, active },
    created_at: row.created_at.toISOString(),
    last_fired_at: row.last_fired_at?.toISOString() ?? null,
    last_evaluation: last_evaluation && {
      ...last_evaluation,
      // PostgreSQL's JSON has microseconds and an offset.
      at: new Date(last_evaluation.at).toISOString(),
    },
  };
}

export function toNotification(row: NotificationRow): Notification {
  const { id, alert_id, portfolio_id, title, message, asof_date, pack_id } = row;
  return {
    ...{ id, alert_id, portfolio_id, title, message, asof_date, pricing_pack_id: pack_id },
    fired_at: row.fired_at.toISOString(),
    read_at: row.read_at?.toISOString() ?? null,
  };
}

export function toDeadLetter(row: DeadLetterRow): DeadLetter {
  const { id, alert_id, title, asof_date, pack_id, status, attempts, code, message } = row;
  return {
    ...{ id, alert_id, title, asof_date, pricing_pack_id: pack_id, status, attempts, code, message },
    next_retry_at: row.next_retry_at?.toISOString() ?? null,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}
