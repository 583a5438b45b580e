/** `/v1/notifications`, and the evaluations of alerts that failed: `/v1/alerts/dead-letters`. */
import { type Static, Type } from '@sinclair/typebox';
import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { RequestHandler } from 'express';
import { DeadLetter, deadLetterStates, type EvaluateAlertsInput, Notification } from '../contract/alert';
import { EngineError } from '../contract/errors';
import { StringEnum, Uuid } from '../contract/scalars';
import { findDeadLetter, listDeadLetters } from '../db/alerts-evaluations';
import { countUnread, listNotifications, markRead } from '../db/alerts-notifications';
import { toDeadLetter, toNotification } from '../db/alerts-wire';
import { withUser } from '../db/pool';
import { type AlertDeps, alertUser, requireId } from './alerts';
import { toEngineError } from './error-handler';
import { listQuery, nextCursor, pageReader, toPage } from './pages';
import { queryReader } from './query';

export const NotificationList = Type.Object(
  {
    notifications: Type.Array(Notification),
    unread: Type.Integer({ minimum: 0, description: 'of all, not of this page' }),
    ...nextCursor,
  },
  { additionalProperties: false, title: 'NotificationList' },
);
export const NotificationQuery = listQuery({
  unread: Type.Optional(
    Type.String({ pattern: '^(true|false)$', description: 'true for unread ones alone, or false for all' }),
  ),
});
export const DeadLetterList = Type.Object(
  { dead_letters: Type.Array(DeadLetter), ...nextCursor },
  { additionalProperties: false, title: 'DeadLetterList' },
);
export const DeadLetterQuery = listQuery({
  status: Type.Optional(StringEnum(deadLetterStates, 'left out: those that are not resolved')),
});
export const Replay = Type.Object(
  { dead_letter: DeadLetter, workflow_id: Type.String({ description: 'that evaluates the alert again' }) },
  { additionalProperties: false, title: 'Replay' },
);

const readNotifications = queryReader(NotificationQuery);
const readDeadLetters = queryReader(DeadLetterQuery);
const readPage = pageReader(Type.String({ format: 'date-time' }), Uuid);
/** How long Temporal may take to accept the workflow. */
const answerMs = 5000;

/** The newest first. */
export function listOwnNotifications({ pool }: AlertDeps): RequestHandler {
  return async (req, res) => {
    const user = alertUser(res);
    const query: Static<typeof NotificationQuery> = readNotifications(req.query);
    const page = readPage(query);
    const filter = { unread: query.unread === 'true', after: page.after, limit: page.ask };
    const { rows, unread } = await withUser(pool, user.id, async (tx) => ({
      rows: await listNotifications(tx, filter),
      unread: await countUnread(tx),
    }));
    const { shown, next_cursor } = toPage(rows, page, ({ fired_at, id }) => [fired_at.toISOString(), id]);
    res.json({ notifications: shown.map(toNotification), unread, next_cursor });
  };
}

export function readNotification({ pool }: AlertDeps): RequestHandler {
  return async (req, res) => {
    const user = alertUser(res);
    const id = requireId(req, 'a notification');
    const row = await withUser(pool, user.id, (tx) => markRead(tx, id));
    if (!row) throw new EngineError('ALERT_NOT_FOUND', `You have no notification ${id}.`);
    res.json(toNotification(row));
  };
}

export function listOwnDeadLetters({ pool }: AlertDeps): RequestHandler {
  return async (req, res) => {
    const user = alertUser(res);
    const query: Static<typeof DeadLetterQuery> = readDeadLetters(req.query);
    const page = readPage(query);
    const filter = { status: query.status, after: page.after, limit: page.ask };
    const rows = await withUser(pool, user.id, (tx) => listDeadLetters(tx, filter));
    const { shown, next_cursor } = toPage(rows, page, ({ created_at, id }) => [created_at.toISOString(), id]);
    res.json({ dead_letters: shown.map(toDeadLetter), next_cursor });
  };
}

/** Evaluates the alert once more as of the same pack, whatever its attempts; two at once are one. */
export function replayDeadLetter({ pool, client }: AlertDeps & { client: Client }): RequestHandler {
  return async (req, res) => {
    const user = alertUser(res);
    const id = requireId(req, 'a dead letter');
    const row = await withUser(pool, user.id, (tx) => findDeadLetter(tx, id));
    if (!row) throw new EngineError('ALERT_NOT_FOUND', `You have no dead letter ${id}.`);
    const workflow_id = `alerts-replay-${id}`;
    if (row.status !== 'resolved')
      await startReplay(client, workflow_id, {
        pack_id: row.pack_id,
        only: { user_id: user.id, dead_letter_id: id },
      });
    res.status(202).json({ dead_letter: toDeadLetter(row), workflow_id });
  };
}

async function startReplay(client: Client, workflowId: string, input: EvaluateAlertsInput): Promise<void> {
  try {
    await client.withDeadline(Date.now() + answerMs, () =>
      client.workflow.start('evaluateAlerts', {
        workflowId,
        taskQueue: 'engine',
        args: [input],
        workflowIdConflictPolicy: 'USE_EXISTING',
        staticSummary: `one alert again as of ${input.pack_id}`,
      }),
    );
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw toEngineError(error);
  }
}
