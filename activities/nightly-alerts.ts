/** The alerts of all users as of a pack that is fresh: each evaluated as its owner, failures kept and tried again. */
import { Context } from '@temporalio/activity';
import type { Pool } from 'pg';
import type { AlertActivities, AlertCounts, EvaluateAlertsInput } from '../src/contract/alert';
import { EngineError } from '../src/contract/errors';
import { alertOwners, type AlertRow, findAlert, listAlerts } from '../src/db/alerts';
import { dueDeadLetters, findDeadLetter, secondsToNextRetry, settledAt } from '../src/db/alerts-evaluations';
import { withUser } from '../src/db/pool';
import type { CapabilityCall } from './capability-call';
import { lookAt, type Pack, settle } from './alerts/evaluate-alert';
import { requirePack } from './portfolio-history';
import { alive, nobody, requireWanted } from './nightly-stage';

export interface AlertActivityServices {
  database: Pool;
  calls: ReadonlyMap<string, CapabilityCall>;
}

export function alertActivities(services: AlertActivityServices): AlertActivities {
  const { database } = services;
  const evaluate = async (
    packId: string,
    runId: string,
    wanted: (userId: string) => Promise<readonly AlertRow[]>,
    only?: { user_id: string },
  ): Promise<AlertCounts> => {
    const pack = await withUser(database, nobody, (tx) => requirePack(tx, packId));
    const counts = { ...none };
    for (const user of only ? [only.user_id] : await withUser(database, nobody, alertOwners)) {
      for (const alert of await wanted(user)) {
        requireWanted();
        const outcome = await evaluateOne(services, alert, {
          pack,
          run_id: runId,
          isAsked: only !== undefined,
        });
        if (outcome === null) continue;
        counts[outcome] += 1;
        counts.alerts += 1;
      }
    }
    return counts;
  };

  return {
    'alerts.evaluate_all': ({ pack_id, run_id }) =>
      alive(() =>
        evaluate(pack_id, run_id, (user) =>
          withUser(database, user, async (tx) => {
            const settled = await settledAt(tx, pack_id);
            return (await listAlerts(tx, { active: true })).filter(({ id }) => !settled.has(id));
          }),
        ),
      ),

    'alerts.next_retry': ({ pack_id }) => alive(() => nextRetry(database, pack_id)),

    'alerts.retry': ({ pack_id, run_id, only }) =>
      alive(() =>
        only
          ? evaluate(pack_id, run_id, () => namedAlert(database, pack_id, only), only)
          : evaluate(pack_id, run_id, (user) => dueAlerts(database, pack_id, user)),
      ),
  };
}

interface Run {
  pack: Pack;
  run_id: string;
  isAsked: boolean;
}

const none = { alerts: 0, fired: 0, not_fired: 0, not_available: 0, silent: 0, failed: 0 };

/** @returns `null`: it was deleted meanwhile. One whose condition was changed meanwhile is looked at again. */
async function evaluateOne(
  services: AlertActivityServices,
  alert: AlertRow,
  run: Run,
): Promise<Exclude<keyof typeof none, 'alerts'> | null> {
  const { database, calls } = services;
  const { user_id, id } = alert;
  const { pack, run_id, isAsked } = run;
  const signal = Context.current().cancellationSignal;
  const look = await lookAt(alert, { database, calls, pack, run_id, signal });
  const settled = await withUser(database, user_id, (tx) => settle(tx, alert, pack, look, isAsked));
  if (!settled) {
    requireWanted();
    const changed = await withUser(database, user_id, (tx) => findAlert(tx, id));
    return changed && evaluateOne(services, changed, run);
  }
  const { silent } = settled;
  if ('failure' in look) return 'failed';
  const { outcome } = look.verdict;
  if (outcome === 'fires') return silent ? 'silent' : 'fired';
  return outcome === 'does_not_fire' ? 'not_fired' : 'not_available';
}

/** A paused alert is tried again too: its dead letter would wait for ever otherwise. */
async function dueAlerts(database: Pool, packId: string, user: string): Promise<AlertRow[]> {
  return withUser(database, user, async (tx) => {
    const alerts: AlertRow[] = [];
    for (const { alert_id } of await dueDeadLetters(tx, packId)) {
      const alert = await findAlert(tx, alert_id);
      if (alert) alerts.push(alert);
    }
    return alerts;
  });
}

async function namedAlert(
  database: Pool,
  packId: string,
  { user_id, dead_letter_id }: NonNullable<EvaluateAlertsInput['only']>,
): Promise<AlertRow[]> {
  return withUser(database, user_id, async (tx) => {
    const letter = await findDeadLetter(tx, dead_letter_id);
    const alert = letter?.pack_id === packId ? await findAlert(tx, letter.alert_id) : null;
    if (!alert)
      throw new EngineError('ALERT_NOT_FOUND', `There is no dead letter ${dead_letter_id} of ${packId}.`);
    return [alert];
  });
}

async function nextRetry(database: Pool, packId: string): Promise<number | null> {
  let least: number | null = null;
  for (const user of await withUser(database, nobody, alertOwners)) {
    const seconds = await withUser(database, user, (tx) => secondsToNextRetry(tx, packId));
    if (seconds !== null) least = Math.min(least ?? seconds, seconds);
  }
  return least;
}
