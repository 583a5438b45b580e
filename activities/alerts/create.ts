/** Handlers of `alerts.create`, `alerts.delete` and `alerts.create_if_threshold`. */
import type { Catalogue, ResultOf } from '../../src/capabilities';
import { defaultCooldownHours } from '../../src/contract/alert';
import { EngineError } from '../../src/contract/errors';
import type { AlertCondition } from '../../src/contract/alert-condition';
import { type AlertRow, deleteAlert, findAlert, insertAlert, type NewAlert } from '../../src/db/alerts';
import { alertFacts } from '../../src/db/alerts-facts';
import { notify, withdrawNotification } from '../../src/db/alerts-notifications';
import { withEffect } from '../../src/db/effects';
import type { Tx } from '../../src/db/pool';
import { alertProblems } from '../../src/services/alert-problems';
import { valueText } from '../../src/services/alert-words';
import type { Call, HandlersOf } from '../agent';
import { requirePortfolio } from '../portfolio-history';
import type { AlertServices } from './calls';

type CreatedAlert = ResultOf<Catalogue['alerts.create']>['alert'];
type IfThreshold = ResultOf<Catalogue['alerts.create_if_threshold']>;

export function createHandlers({
  database,
}: AlertServices): HandlersOf<'alerts.create' | 'alerts.delete' | 'alerts.create_if_threshold'> {
  return {
    'alerts.create': async ({ title, condition, portfolio_id = null, cooldown_hours }, call) => {
      const { user_id } = call.ctx;
      const row = {
        user_id,
        title,
        condition,
        portfolio_id,
        cooldown_hours: cooldown_hours ?? defaultCooldownHours,
      };
      return {
        result: await withEffect(database, attemptOf('alerts.create', call), (tx) => create(tx, row)),
      };
    },

    'alerts.delete': async ({ alert_id = null }, call) => ({
      result: await withEffect(database, attemptOf('alerts.delete', call), async (tx, original) => {
        if (original === null) {
          if (alert_id === null)
            throw new EngineError('ARGS_INVALID', '/alert_id: says which alert; only an undo needs none.');
          return { deleted: await deleteAlert(tx, alert_id) };
        }
        // An undo: what the step answered says what it did, even where the run never heard of it.
        const { created, alert_created, alert, notification_id } = (original.result ?? {}) as Partial<
          ResultOf<Catalogue['alerts.create']> & IfThreshold
        >;
        if (notification_id != null) await withdrawNotification(tx, notification_id);
        if (!(created ?? alert_created ?? false) || !alert) return { deleted: false };
        return { deleted: await deleteAlert(tx, alert.id) };
      }),
    }),

    'alerts.create_if_threshold': async (args, call) => {
      const { asof_date } = call.ctx;
      const result = await withEffect(database, attemptOf('alerts.create_if_threshold', call), (tx) =>
        createIfThreshold(tx, args, call),
      );
      return { result, asof_date };
    },
  };
}

async function create(tx: Tx, row: NewAlert): Promise<{ alert: CreatedAlert; created: boolean }> {
  const { condition, portfolio_id } = row;
  if (portfolio_id !== null) await requirePortfolio(tx, portfolio_id);
  const problems = alertProblems(condition, portfolio_id, await alertFacts(tx, condition, portfolio_id));
  const [first] = problems;
  if (first) throw new EngineError('ARGS_INVALID', `${first.pointer} ${first.message}.`, { problems });
  const { id, created } = await insertAlert(tx, row);
  const found = await findAlert(tx, id);
  if (!found) throw new EngineError('INTERNAL', `The alert ${id} was deleted while it was created.`);
  return { alert: toCreated(found), created };
}

type IfThresholdArgs = Parameters<HandlersOf<'alerts.create_if_threshold'>['alerts.create_if_threshold']>[0];

async function createIfThreshold(
  tx: Tx,
  { portfolio_id, impact, threshold, title, cooldown_hours }: IfThresholdArgs,
  { ctx }: Call<'user_id' | 'portfolio_id' | 'asof_date'>,
): Promise<IfThreshold> {
  const { name } = await requirePortfolio(tx, portfolio_id);
  const score = impact.total_impact_score;
  const nothing = { alert_created: false, alert: null, notification_id: null };
  if (score === null) {
    const why = impact.reasons['total_impact_score'] ?? 'MISSING_INPUT';
    return {
      ...nothing,
      reason: 'NOT_AVAILABLE',
      message: `The impact of the news on “${name}” is not available as of ${ctx.asof_date} (${why}).`,
    };
  }
  const words = `The impact of the news on “${name}” is ${valueText(score, 'score')} as of ${ctx.asof_date}`;
  const limit = valueText(threshold, 'score');
  if (score < threshold)
    return { ...nothing, reason: 'BELOW_THRESHOLD', message: `${words}, below ${limit}.` };
  const condition: AlertCondition = {
    ...({ type: 'news_sentiment', measure: 'total_impact_score', op: '>=' } as const),
    ...{ threshold, unit: 'score' },
  };
  const message = `${words}, at or above ${limit}.`;
  const { user_id, pricing_pack_id } = ctx;
  const { alert, created } = await create(tx, {
    ...{ user_id, portfolio_id, condition },
    title: title ?? `News about “${name}”`.slice(0, 200),
    cooldown_hours: cooldown_hours ?? defaultCooldownHours,
  });
  const notification_id = alert.active
    ? await notify(tx, {
        ...{ user_id, alert_id: alert.id, asof_date: ctx.asof_date, pack_id: pricing_pack_id, message },
      })
    : null;
  const reason = created ? 'THRESHOLD_REACHED' : 'ALREADY_THERE';
  return { alert_created: created, alert, notification_id, reason, message };
}

function toCreated(row: AlertRow): CreatedAlert {
  const { id, title, portfolio_id, condition, cooldown_hours, active } = row;
  return { id, title, portfolio_id, condition, cooldown_hours, active };
}

export function attemptOf(
  capability: string,
  call: Call<'user_id'>,
): {
  user_id: string;
  key: string | null;
  capability: string;
} {
  return { user_id: call.ctx.user_id, key: call.effect_key, capability };
}
