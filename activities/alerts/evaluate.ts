/** Handlers of `alerts.list` and `alerts.evaluate`. */
import type { Catalogue, ResultOf } from '../../src/capabilities';
import { type AlertRow, listAlerts } from '../../src/db/alerts';
import { withEffect } from '../../src/db/effects';
import { withUser } from '../../src/db/pool';
import { toAlert } from '../../src/db/alerts-wire';
import type { HandlersOf } from '../agent';
import { ledgerCommitOf, requirePack, requirePortfolio } from '../portfolio-history';
import { type AlertServices, sourceCalls } from './calls';
import { attemptOf } from './create';
import { type Look, lookAt, settle } from './evaluate-alert';

type Evaluated = ResultOf<Catalogue['alerts.evaluate']>;

export function evaluateHandlers(services: AlertServices): HandlersOf<'alerts.list' | 'alerts.evaluate'> {
  const { database } = services;
  const callsOf = sourceCalls(services);
  return {
    'alerts.list': async ({ portfolio_id = null, active }, { ctx }) => {
      const filter = { portfolio_id: portfolio_id ?? undefined, active };
      const alerts = (await withUser(database, ctx.user_id, (tx) => listAlerts(tx, filter))).map(toAlert);
      return { result: { alerts, count: alerts.length } };
    },

    'alerts.evaluate': async ({ portfolio_id, pack_id }, call) => {
      const { user_id } = call.ctx;
      const { pack, alerts } = await withUser(database, user_id, async (tx) => {
        await requirePortfolio(tx, portfolio_id);
        return {
          pack: await requirePack(tx, pack_id),
          alerts: await listAlerts(tx, { portfolio_id, active: true }),
        };
      });
      const looking = {
        ...{ database, pack, calls: callsOf(), run_id: call.effect_key ?? '', signal: call.signal },
        ledger_commit_hash: ledgerCommitOf(call, portfolio_id),
      };
      const looks: { alert: AlertRow; look: Look }[] = [];
      for (const alert of alerts) looks.push({ alert, look: await lookAt(alert, looking) });
      const result = await withEffect(database, attemptOf('alerts.evaluate', call), async (tx) => {
        const evaluations: Evaluated['evaluations'] = [];
        const failed: Evaluated['failed'] = [];
        for (const { alert, look } of looks) {
          const settled = await settle(tx, alert, pack, look, true);
          if (!settled) continue;
          const { id: alert_id, title, condition } = alert;
          if ('failure' in look) failed.push({ alert_id, title, ...look.failure });
          else
            evaluations.push({
              ...{ alert_id, title, condition, asof_date: pack.date },
              ...look.verdict,
              ...settled,
            });
        }
        const count = (outcome: string): number =>
          evaluations.filter((one) => one.outcome === outcome).length;
        return {
          asof_date: pack.date,
          evaluations,
          failed,
          fired: count('fires'),
          notified: evaluations.filter(({ notification_id }) => notification_id !== null).length,
          not_available: count('not_available'),
        };
      });
      return { result, source: `pricing_pack:${pack.id}`, asof_date: pack.date };
    },
  };
}
