/** Alerts, the notifications they give rise to, and evaluations that failed, as they go over the wire. */
import { type Static, Type } from '@sinclair/typebox';
import { AlertCondition } from './alert-condition';
import { IsoDate, Nullable, PackId, StringEnum, Uuid } from './scalars';

const closed = { additionalProperties: false } as const;
const Moment = Type.String({ format: 'date-time' });

export const defaultCooldownHours = 24;

export const AlertTitle = Type.String({
  minLength: 1,
  maxLength: 200,
  // PostgreSQL’s text holds no NUL.
  pattern: '^[^\\u0000]*\\S[^\\u0000]*$',
  description: 'what the notification is headed with',
});
export const CooldownHours = Type.Integer({
  minimum: 1,
  maximum: 8760,
  description: 'hours after a notification in which the alert stays silent; default 24',
});

/** What an alert is made of; a suggestion has this shape, and so it can be created as it is. */
const alertDraft = {
  title: AlertTitle,
  condition: AlertCondition,
  portfolio_id: Type.Optional(
    Type.Union([Uuid, Type.Null()], {
      description: 'whose measures are meant; null or left out for macro, price, rating and regime_shift',
    }),
  ),
  cooldown_hours: Type.Optional(CooldownHours),
};
export const AlertDraft = Type.Object(alertDraft, { ...closed, title: 'AlertDraft' });
export type AlertDraft = Static<typeof AlertDraft>;

export const AlertChange = Type.Object(
  {
    title: Type.Optional(AlertTitle),
    condition: Type.Optional(AlertCondition),
    cooldown_hours: Type.Optional(CooldownHours),
    active: Type.Optional(Type.Boolean({ description: 'false: it is not evaluated' })),
  },
  { ...closed, minProperties: 1, title: 'AlertChange' },
);
export type AlertChange = Static<typeof AlertChange>;

export const verdictOutcomes = ['fires', 'does_not_fire', 'not_available'] as const;
export type VerdictOutcome = (typeof verdictOutcomes)[number];

export const Alert = Type.Object(
  {
    id: Uuid,
    title: Type.String(),
    portfolio_id: Nullable(Uuid),
    condition: AlertCondition,
    cooldown_hours: CooldownHours,
    active: Type.Boolean(),
    created_at: Moment,
    last_fired_at: Type.Union([Moment, Type.Null()], { description: 'of its latest notification' }),
    last_evaluation: Nullable(
      Type.Object(
        {
          asof_date: IsoDate,
          at: Moment,
          outcome: StringEnum(verdictOutcomes),
          sentence: Type.String(),
          reason: Type.Union([Type.String(), Type.Null()], { description: 'why there was no value' }),
        },
        closed,
      ),
    ),
  },
  { ...closed, title: 'Alert' },
);
export type Alert = Static<typeof Alert>;

export const Notification = Type.Object(
  {
    id: Uuid,
    alert_id: Uuid,
    portfolio_id: Nullable(Uuid),
    title: Type.String(),
    message: Type.String({ description: 'what was found, with its value, threshold and day' }),
    asof_date: IsoDate,
    pricing_pack_id: PackId,
    fired_at: Moment,
    read_at: Type.Union([Moment, Type.Null()], { description: 'null: unread' }),
  },
  { ...closed, title: 'Notification' },
);
export type Notification = Static<typeof Notification>;

export const deadLetterStates = ['retrying', 'failed', 'resolved'] as const;

export const DeadLetter = Type.Object(
  {
    id: Uuid,
    alert_id: Uuid,
    title: Type.String({ description: 'of the alert' }),
    asof_date: IsoDate,
    pricing_pack_id: PackId,
    status: StringEnum(
      deadLetterStates,
      'failed: it is not tried again by itself (any more), `dawsos alerts replay` does. resolved: a later one worked',
    ),
    attempts: Type.Integer({ minimum: 1, description: 'evaluations that failed, at most 6 by themselves' }),
    code: Type.String({ description: 'of the latest failure' }),
    message: Type.String(),
    next_retry_at: Type.Union([Moment, Type.Null()], { description: 'null: not by itself any more' }),
    created_at: Moment,
    updated_at: Moment,
  },
  { ...closed, title: 'DeadLetter' },
);
export type DeadLetter = Static<typeof DeadLetter>;

/** After the first failure, the second, …: one minute, five, a quarter of an hour, an hour, six hours. */
export const retryAfterSeconds = [60, 300, 900, 3600, 21_600] as const;

/** The workflow `evaluateAlerts`. */
export interface EvaluateAlertsInput {
  pack_id: string;
  /** One dead letter of one user instead of all alerts. */
  only?: { user_id: string; dead_letter_id: string };
}

export interface AlertCounts {
  alerts: number;
  fired: number;
  not_fired: number;
  not_available: number;
  /** Fired, but within the cooldown or for a day that was notified already. */
  silent: number;
  failed: number;
  [count: string]: number;
}

export interface AlertActivities {
  /** All active alerts of all users as of a pack; those that this pack has seen evaluated are left out. */
  'alerts.evaluate_all': (input: { pack_id: string; run_id: string }) => Promise<AlertCounts>;
  /** Seconds until the next dead letter of the pack is due; `null`: none is. */
  'alerts.next_retry': (input: { pack_id: string }) => Promise<number | null>;
  /** Those of the pack that are due, or the one that is named whatever its time. */
  'alerts.retry': (input: EvaluateAlertsInput & { run_id: string }) => Promise<AlertCounts>;
}
