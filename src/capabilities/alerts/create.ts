/** `alerts.create`, `alerts.delete`, `alerts.create_if_threshold`. */
import { Type } from '@sinclair/typebox';
import { AlertDraft, AlertTitle, CooldownHours } from '../../contract/alert';
import { Nullable, StringEnum, Uuid } from '../../contract/scalars';
import { newsComputePortfolioImpact } from '../harvester/news-impact';
import { alertsCapability, closed, CreatedAlert } from './alert';

export const alertsCreate = alertsCapability({
  name: 'alerts.create',
  summary:
    'Creates an alert of one’s own, once. Where the portfolio has one with the same condition, that one is the answer.',
  args: AlertDraft,
  result: Type.Object(
    {
      alert: CreatedAlert,
      created: Type.Boolean({ description: 'false: there was one with this condition' }),
    },
    closed,
  ),
  effect: 'write',
  reads: ['user_id'],
});

export const alertsDelete = alertsCapability({
  name: 'alerts.delete',
  summary:
    'Deletes an alert. As the undo of alerts.create or alerts.create_if_threshold it takes back what that step did, ' +
    'whatever `alert_id` says; an alert that was there before stays.',
  args: Type.Object(
    { alert_id: Type.Optional(Type.Union([Uuid, Type.Null()], { description: 'an undo needs none' })) },
    closed,
  ),
  result: Type.Object(
    { deleted: Type.Boolean({ description: 'false: there was nothing to delete' }) },
    closed,
  ),
  effect: 'write',
  reads: ['user_id'],
});

export const alertsCreateIfThreshold = alertsCapability({
  name: 'alerts.create_if_threshold',
  summary:
    'Notifies of news whose impact on a portfolio reaches a threshold, and creates the alert that watches for ' +
    'it from then on. Below the threshold, and without a score, it writes nothing and says why.',
  args: Type.Object(
    {
      portfolio_id: Uuid,
      impact: newsComputePortfolioImpact.result,
      threshold: Type.Number({
        exclusiveMinimum: 0,
        description: 'of `total_impact_score`, from which on it counts; the same unit, above 0',
      }),
      title: Type.Optional(AlertTitle),
      cooldown_hours: Type.Optional(CooldownHours),
    },
    closed,
  ),
  result: Type.Object(
    {
      alert_created: Type.Boolean(),
      alert: Type.Union([CreatedAlert, Type.Null()], { description: 'created, or there already' }),
      notification_id: Type.Union([Uuid, Type.Null()], {
        description: 'null: below the threshold, or told already within the cooldown',
      }),
      reason: StringEnum(
        ['THRESHOLD_REACHED', 'BELOW_THRESHOLD', 'NOT_AVAILABLE', 'ALREADY_THERE'],
        'ALREADY_THERE: the threshold is reached, and an alert with the same condition was there before',
      ),
      message: Type.String({ description: 'the same in words, with the score' }),
    },
    closed,
  ),
  effect: 'write',
  reads: ['user_id', 'portfolio_id', 'asof_date'],
});

export const PortfolioFilter = Type.Optional(
  Type.Unsafe<string | null>({
    ...Nullable(Uuid),
    description: 'alerts on it and on no portfolio; left out or null: all',
  }),
);
