/** Operations on alerts, their notifications, and the evaluations that failed. */
import { Alert, AlertChange, AlertDraft, Notification } from '../../contract/alert';
import type { ErrorCode } from '../../contract/errors';
import { Uuid } from '../../contract/scalars';
import * as alerts from '../alerts';
import * as news from '../alerts-notifications';
import * as examples from '../openapi-examples-alerts';
import { type Operation, pathParameter, queryParameters, readProblems } from './operation';

const alertId = pathParameter('id', Uuid, examples.alert.id);
const refused: ErrorCode[] = ['RIGHTS_MISSING', ...readProblems];
const answer = (description: string): Operation['answers'] => ({
  200: { description, schema: Alert, example: examples.alert },
});

export const alertOperations: Operation[] = [
  {
    method: 'get',
    paths: ['/v1/alerts'],
    summary: 'One’s own alerts, the newest first, each with what was last found of it.',
    parameters: queryParameters(alerts.AlertQuery),
    answers: {
      200: {
        description: 'A page of them.',
        schema: alerts.AlertList,
        example: { alerts: [examples.alert], next_cursor: null },
      },
    },
    problems: ['REQUEST_INVALID', ...refused],
    noStore: true,
    handler: alerts.listOwnAlerts,
  },
  {
    method: 'post',
    paths: ['/v1/alerts'],
    summary: 'Creates an alert. It is evaluated whenever a pricing pack has become fresh.',
    body: { schema: AlertDraft, example: examples.alertDraft },
    answers: {
      201: {
        description: 'The alert; Location has its address.',
        schema: Alert,
        example: { ...examples.alert, last_fired_at: null, last_evaluation: null },
      },
    },
    problems: ['PORTFOLIO_NOT_FOUND', 'ALERT_EXISTS', ...refused],
    noStore: true,
    handler: alerts.createAlert,
  },
  {
    method: 'get',
    paths: ['/v1/alerts/{id}'],
    summary: 'One of one’s own alerts.',
    parameters: [alertId],
    answers: answer('The alert.'),
    problems: ['ALERT_NOT_FOUND', ...refused],
    noStore: true,
    handler: alerts.readAlert,
  },
  {
    method: 'patch',
    paths: ['/v1/alerts/{id}'],
    summary: 'Changes an alert: title, condition, cooldown, or whether it is active.',
    parameters: [alertId],
    body: { schema: AlertChange, example: { active: false } },
    answers: answer('The alert as it is now.'),
    problems: ['ALERT_NOT_FOUND', 'ALERT_EXISTS', ...refused],
    noStore: true,
    handler: alerts.changeAlert,
  },
  {
    method: 'delete',
    paths: ['/v1/alerts/{id}'],
    summary: 'Deletes an alert; its notifications stay.',
    parameters: [alertId],
    answers: {
      200: {
        description: 'It is gone.',
        schema: alerts.DeletedAlert,
        example: { id: examples.alert.id, deleted: true },
      },
    },
    problems: ['ALERT_NOT_FOUND', ...refused],
    noStore: true,
    handler: alerts.removeAlert,
  },
  {
    method: 'get',
    paths: ['/v1/notifications'],
    summary: 'What one’s own alerts have told, the newest first.',
    parameters: queryParameters(news.NotificationQuery),
    answers: {
      200: {
        description: 'A page of them.',
        schema: news.NotificationList,
        example: { notifications: [examples.notification], unread: 1, next_cursor: null },
      },
    },
    problems: ['REQUEST_INVALID', ...refused],
    noStore: true,
    handler: news.listOwnNotifications,
  },
  {
    method: 'post',
    paths: ['/v1/notifications/{id}/read'],
    summary: 'Marks a notification as read; the first time stays.',
    parameters: [pathParameter('id', Uuid, examples.notification.id)],
    answers: {
      200: {
        description: 'The notification.',
        schema: Notification,
        example: { ...examples.notification, read_at: '2026-11-25T08:00:00.000Z' },
      },
    },
    problems: ['ALERT_NOT_FOUND', ...refused],
    noStore: true,
    handler: news.readNotification,
  },
  {
    method: 'get',
    paths: ['/v1/alerts/dead-letters'],
    summary: 'Evaluations of one’s own alerts that failed, with when they are tried again.',
    parameters: queryParameters(news.DeadLetterQuery),
    answers: {
      200: {
        description: 'A page of them, the newest first.',
        schema: news.DeadLetterList,
        example: { dead_letters: [examples.deadLetter], next_cursor: null },
      },
    },
    problems: ['REQUEST_INVALID', ...refused],
    noStore: true,
    handler: news.listOwnDeadLetters,
  },
  {
    method: 'post',
    paths: ['/v1/alerts/dead-letters/{id}/replay'],
    summary: 'Evaluates the alert again as of the same pack, now.',
    parameters: [pathParameter('id', Uuid, examples.deadLetter.id)],
    answers: {
      202: {
        description: 'It is under way, or is resolved already.',
        schema: news.Replay,
        example: {
          dead_letter: examples.deadLetter,
          workflow_id: `alerts-replay-${examples.deadLetter.id}`,
        },
      },
    },
    problems: ['ALERT_NOT_FOUND', ...refused, 'TEMPORAL_UNAVAILABLE'],
    noStore: true,
    handler: news.replayDeadLetter,
  },
];
