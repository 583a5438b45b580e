/** Alerts behind the nightly order, on real Temporal and PostgreSQL: told once, and a failure of theirs is not the pack's. */
import { MockActivityEnvironment } from '@temporalio/testing';
import type { Client } from 'pg';
import { capabilityCalls } from '../../activities';
import type { CapabilityCall } from '../../activities/capability-call';
import { createMemo } from '../../activities/memo';
import { alertActivities } from '../../activities/nightly-alerts';
import { shippedAgents } from '../../activities/shipped-agents';
import { localBreakerStore } from '../../src/cache/local-breaker-store';
import { localMemoStore } from '../../src/cache/local-memo-store';
import type { AlertCounts } from '../../src/contract/alert';
import type { AlertCondition } from '../../src/contract/alert-condition';
import { EngineError } from '../../src/contract/errors';
import { findAlert, insertAlert } from '../../src/db/alerts';
import { listDeadLetters } from '../../src/db/alerts-evaluations';
import { listNotifications, type NotificationRow } from '../../src/db/alerts-notifications';
import { type Tx, withUser } from '../../src/db/pool';
import { findPack } from '../../src/db/pricing-packs';
import { alice, bob, type Owner } from '../support/ask-analyst';
import { connectOwner, runOrder } from '../support/nightly-order';
import { until } from '../support/process';
import { demoFolder } from '../support/pack-folder';
import { type Stack, startStack } from '../support/stack';

const pack_id = 'PP_2013-03-01';
const fall: AlertCondition = { type: 'drawdown_limit', threshold: 0.01, unit: 'fraction' };
const jobs: AlertCondition = {
  ...({ type: 'macro', measure: 'level', indicator: 'UNRATE', op: '>' } as const),
  ...{ threshold: 5, unit: 'percent' },
};

let stack: Stack;
let owner: Client;
beforeAll(async () => {
  stack = await startStack('shipped');
  owner = await connectOwner(stack);
}, 60_000);
afterAll(async () => {
  await owner.end();
  await stack.close();
});

const as = <T>({ user_id }: Owner, work: (tx: Tx) => Promise<T>): Promise<T> =>
  withUser(stack.pool, user_id, work);
const told = (who: Owner): Promise<NotificationRow[]> =>
  as(who, (tx) => listNotifications(tx, { unread: false, limit: 50 }));
const create = async (who: Owner, title: string, condition: AlertCondition): Promise<string> => {
  const portfolio_id = condition.type === 'macro' ? null : who.portfolio_id;
  const row = { user_id: who.user_id, title, portfolio_id, condition, cooldown_hours: 24 };
  return (await as(who, (tx) => insertAlert(tx, row))).id;
};
it('evaluates the alerts of every user when the pack is fresh, a broken one kept and the pack fresh all the same', async () => {
  await create(alice, 'Fall', fall);
  await create(bob, 'Jobs', jobs);
  const broken = await create(alice, 'Broken', { ...fall, threshold: 0.02 });
  // As a newer version would have written it: nothing here knows what it watches.
  await as(alice, (tx) =>
    tx.query(`update alerts set condition = '{"type":"tides"}' where id = $1`, [broken]),
  );
  await create(alice, 'Late', { ...fall, threshold: 0.03 });
  expect(await runOrder(stack.client, { folder: demoFolder() })).toMatchObject({ outcome: 'fresh', pack_id });
  expect(await as(alice, (tx) => findPack(tx, pack_id))).toMatchObject({ status: 'fresh' });

  await until('notifications', async () => (await told(alice)).length >= 2 && (await told(bob)).length === 1);
  const titles = (await told(alice)).map(({ title, asof_date }) => `${title} ${asof_date}`).sort();
  expect(titles).toEqual(['Fall 2013-03-01', 'Late 2013-03-01']);
  expect(await told(bob)).toMatchObject([
    { title: 'Jobs', message: expect.stringContaining('above 5 %') as string, pack_id },
  ]);
  await until(
    'a dead letter',
    async () => (await as(alice, (tx) => listDeadLetters(tx, { limit: 5 }))).length === 1,
  );
  const [letter] = await as(alice, (tx) => listDeadLetters(tx, { limit: 5 }));
  expect(letter).toMatchObject({
    ...{ alert_id: broken, pack_id, status: 'retrying', attempts: 1, code: 'INTERNAL' },
    message: 'It failed unexpectedly.',
  });

  // The next attempt is brought forward and finds the condition mended.
  await as(alice, (tx) =>
    tx.query('update alerts set condition = $2 where id = $1', [
      broken,
      JSON.stringify({ ...fall, threshold: 0.9 }),
    ]),
  );
  await stack.client.workflow.getHandle(`alerts-${pack_id}`).terminate('the minute need not be waited for');
  await as(alice, (tx) =>
    tx.query(
      "update alert_dead_letters set next_retry_at = clock_timestamp() + interval '2 s' where id = $1",
      [letter?.id],
    ),
  );
  const again = await stack.client.workflow.start('evaluateAlerts', {
    ...{ workflowId: 'alerts-again', taskQueue: 'engine', args: [{ pack_id }] },
  });
  // Nothing but the dead letter is left: all others were evaluated at this pack.
  expect(await again.result()).toEqual({
    ...{ alerts: 0, fired: 0, not_fired: 1, not_available: 0, silent: 0, failed: 0 },
  });
  expect(await as(alice, (tx) => listDeadLetters(tx, { limit: 5 }))).toEqual([]);
  expect(await told(alice)).toHaveLength(2);
}, 120_000);

describe('the activities', () => {
  const dependencies = { breakers: localBreakerStore(), memo: createMemo(localMemoStore()) };
  let made: ReadonlyMap<string, CapabilityCall> | null = null;
  const calls = (): ReadonlyMap<string, CapabilityCall> =>
    (made ??= capabilityCalls(shippedAgents, { database: stack.pool }, dependencies));
  const failing = (code: 'PROVIDER_UNAVAILABLE' | 'DATABASE_UNAVAILABLE' | 'DATA_MISSING') =>
    new Map(calls()).set('metrics.compute_risk', async () => {
      throw new EngineError(code, 'told to fail');
    });
  const given = { pack_id: 'PP_2013-02-28', run_id: 'run' };
  const evaluate = (how: ReadonlyMap<string, CapabilityCall>): Promise<AlertCounts> =>
    new MockActivityEnvironment().run(() =>
      alertActivities({ database: stack.pool, calls: how })['alerts.evaluate_all'](given),
    );
  const reset = () =>
    owner.query(`set session_replication_role = replica;
    alter table alert_evaluations disable row level security; delete from alert_evaluations;
    alter table alert_evaluations enable row level security; set session_replication_role = default`);

  it('note a value that is not there, keep what failed, and say nothing of an alert while the database is away', async () => {
    await expect(evaluate(failing('DATABASE_UNAVAILABLE'))).rejects.toMatchObject({
      type: 'DATABASE_UNAVAILABLE',
    });
    expect(await as(alice, (tx) => listDeadLetters(tx, { limit: 5 }))).toEqual([]);
    // Bob's is about the economy; Alice's three are about her drawdown.
    expect(await evaluate(failing('PROVIDER_UNAVAILABLE'))).toMatchObject({ failed: 3 });
    const letters = await as(alice, (tx) => listDeadLetters(tx, { limit: 5 }));
    expect(letters.map(({ code, attempts }) => `${code} ${String(attempts)}`)).toEqual(
      Array(3).fill('PROVIDER_UNAVAILABLE 1'),
    );
    // A repeated attempt of the activity does not count as another failure.
    expect(await evaluate(failing('PROVIDER_UNAVAILABLE'))).toMatchObject({ alerts: 0 });
  });

  it('retry what is due, note a reason, and tell nothing within the cooldown', async () => {
    const retry = (how: ReadonlyMap<string, CapabilityCall>) =>
      new MockActivityEnvironment().run(() =>
        alertActivities({ database: stack.pool, calls: how })['alerts.retry'](given),
      );
    expect(await retry(calls())).toMatchObject({ alerts: 0 });
    const due =
      'update alert_dead_letters set next_retry_at = clock_timestamp() where pack_id = $1 and next_retry_at is not null';
    await as(alice, (tx) => tx.query(due, [given.pack_id]));
    expect(await retry(failing('PROVIDER_UNAVAILABLE'))).toMatchObject({ alerts: 3, failed: 3 });
    const [letter] = await as(alice, (tx) => listDeadLetters(tx, { limit: 5 }));
    expect(letter).toMatchObject({ attempts: 2 });
    await as(alice, (tx) => tx.query(due, [given.pack_id]));
    expect(await retry(failing('DATA_MISSING'))).toMatchObject({ alerts: 3, not_available: 3 });
    expect(await as(alice, (tx) => findAlert(tx, letter?.alert_id ?? ''))).toMatchObject({
      last_evaluation: { asof_date: '2013-03-01' },
    });
    const { rows } = await as(alice, (tx) =>
      tx.query('select outcome, reason from alert_evaluations where pack_id = $1', [given.pack_id]),
    );
    expect(rows).toEqual(Array(3).fill({ outcome: 'not_available', reason: 'DATA_MISSING' }));
    expect(await told(alice)).toHaveLength(2);
  });

  it('tell nothing twice when three attempts of the whole stage run at the same time', async () => {
    await reset();
    const before = [(await told(alice)).length, (await told(bob)).length];
    const fresh = await create(alice, 'Deeper', { ...fall, threshold: 0.015 });
    const counts = await Promise.all(Array.from({ length: 3 }, () => evaluate(calls())));
    expect(counts.reduce((sum, { fired }) => sum + fired, 0)).toBe(1);
    expect((await told(alice)).filter(({ alert_id }) => alert_id === fresh)).toHaveLength(1);
    expect([(await told(alice)).length, (await told(bob)).length]).toEqual([(before[0] ?? 0) + 1, before[1]]);
  }, 60_000);
});
