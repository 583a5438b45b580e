/** Notifications on PostgreSQL: at most one per alert in a cooldown and for a day, whatever happens at the same time. */
import fc from 'fast-check';
import { Client } from 'pg';
import { type Look, settle } from '../../activities/alerts/evaluate-alert';
import { settledAt, storeEvaluation, storeFailure } from '../../src/db/alerts-evaluations';
import { type AlertRow, deleteAlert, findAlert, insertAlert, updateAlert } from '../../src/db/alerts';
import { notify } from '../../src/db/alerts-notifications';
import { type Tx, withUser } from '../../src/db/pool';
import { digest } from '../../src/canonical';
import { type Alerts, startAlerts } from '../support/ask-alerts';
import { alice, bob } from '../support/ask-analyst';

const { user_id, portfolio_id } = alice;
const hour = 3_600_000;
const start = Date.parse('2026-01-01T00:00:00Z');

let alerts: Alerts;
let packs: { id: string; date: string }[];
let count = 0;
beforeAll(async () => {
  alerts = await startAlerts();
  const { rows } = await alerts.pool.query<{ id: string; date: string }>(
    'select id, date from pricing_packs where superseded_by is null order by date desc limit 12',
  );
  packs = rows;
});
afterAll(() => alerts.close());

const asAlice = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => withUser(alerts.pool, user_id, work);

function other() {
  count += 1;
  return { type: 'drawdown_limit', threshold: 0.01 + count / 10_000, unit: 'fraction' } as const;
}

async function newAlert(cooldown_hours: number): Promise<string> {
  const condition = other();
  const draft = { user_id, title: 'Once', portfolio_id, condition, cooldown_hours };
  return (await asAlice((tx) => insertAlert(tx, draft))).id;
}

interface Told {
  fired_at: Date;
  asof_date: string;
}

const toldOf = (alert_id: string): Promise<Told[]> =>
  asAlice(
    async (tx) =>
      (
        await tx.query<Told>(
          'select fired_at, asof_date from notifications where alert_id = $1 order by fired_at',
          [alert_id],
        )
      ).rows,
  );

type Fate = 'commits' | 'rolls back' | 'is killed';

/** One evaluation that fires. @returns the notification's id, `null` when it was silent, or how it ended */
async function fire(alert_id: string, day: number, at: number, fate: Fate): Promise<string | null> {
  const pack = packs[day % packs.length];
  if (!pack) throw new Error('the demo has no packs');
  const one = { user_id, alert_id, asof_date: pack.date, pack_id: pack.id, message: 'It fires.' };
  return asAlice(async (tx) => {
    const id = await notify(tx, { ...one, at: new Date(start + at * hour) });
    if (fate === 'rolls back') throw new Error('rolled back');
    if (fate === 'is killed') await tx.query('select pg_terminate_backend(pg_backend_pid())');
    return id;
  }).catch((error: unknown) => {
    if (fate === 'commits') throw error;
    return null;
  });
}

const attempt = fc.record({
  day: fc.nat(11),
  at: fc.nat(100),
  fate: fc.oneof(
    { weight: 6, arbitrary: fc.constant<Fate>('commits') },
    { weight: 1, arbitrary: fc.constant<Fate>('rolls back') },
    { weight: 1, arbitrary: fc.constant<Fate>('is killed') },
  ),
});
/** Batches follow one another; what is in one runs at the same time. */
const interleavings = fc.array(fc.array(attempt, { minLength: 1, maxLength: 5 }), {
  minLength: 1,
  maxLength: 6,
});

describe('the notifications of an alert', () => {
  it('are a cooldown apart and of different days over any interleaving, killed and rolled back ones included', async () => {
    await fc.assert(
      fc.asyncProperty(interleavings, fc.integer({ min: 1, max: 48 }), async (batches, cooldown) => {
        const alert_id = await newAlert(cooldown);
        const ids: string[] = [];
        for (const batch of batches) {
          const ended = await Promise.all(batch.map(({ day, at, fate }) => fire(alert_id, day, at, fate)));
          ids.push(...ended.filter((id) => id !== null));
        }
        const told = await toldOf(alert_id);
        expect(told).toHaveLength(ids.length);
        expect(new Set(told.map(({ asof_date }) => asof_date)).size).toBe(told.length);
        told.slice(1).forEach(({ fired_at }, index) => {
          const before = told[index]?.fired_at.getTime() ?? 0;
          expect(fired_at.getTime() - before).toBeGreaterThanOrEqual(cooldown * hour);
        });
        // Silence is no way to keep the rule: whatever commits first is told.
        const first = batches.find((batch) => batch.some(({ fate }) => fate === 'commits'));
        expect(told.length > 0).toBe(first !== undefined);
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  it('are one of fifty evaluations at the same time', async () => {
    const alert_id = await newAlert(24);
    const ids = await Promise.all(Array.from({ length: 50 }, () => fire(alert_id, 0, 0, 'commits')));
    expect(ids.filter((id) => id !== null)).toHaveLength(1);
    expect(await toldOf(alert_id)).toHaveLength(1);
  });

  it('come when the cooldown has just passed, and not a millisecond before', async () => {
    const alert_id = await newAlert(24);
    expect(await fire(alert_id, 0, 0, 'commits')).not.toBeNull();
    expect(await fire(alert_id, 1, 24 - 1 / 3_600_000, 'commits')).toBeNull();
    expect(await fire(alert_id, 1, 24, 'commits')).not.toBeNull();
  });

  it('are not told again for a day, even when the cooldown has passed', async () => {
    const alert_id = await newAlert(1);
    expect(await fire(alert_id, 0, 0, 'commits')).not.toBeNull();
    expect(await fire(alert_id, 0, 90, 'commits')).toBeNull();
  });

  it('wait for one under way: when it is killed the next is told, when it commits none is', async () => {
    for (const [fate, told] of [
      ['is killed', true],
      ['commits', false],
    ] as const) {
      const alert_id = await newAlert(24);
      let release: () => void = () => undefined;
      let begun: () => void = () => undefined;
      const held = new Promise<void>((resolve) => (release = resolve));
      const started = new Promise<void>((resolve) => (begun = resolve));
      const [pack] = packs;
      const one = { user_id, alert_id, asof_date: pack?.date ?? '', pack_id: pack?.id ?? '', message: 'x' };
      const slow = asAlice(async (tx) => {
        await notify(tx, one);
        begun();
        await held;
        if (fate === 'is killed') await tx.query('select pg_terminate_backend(pg_backend_pid())');
      }).catch(() => undefined);
      await started;
      const second = asAlice((tx) => notify(tx, { ...one, message: 'y' }));
      setTimeout(release, 50);
      await slow;
      expect((await second) !== null).toBe(told);
      expect(await toldOf(alert_id)).toHaveLength(1);
    }
  });

  describe('are guarded by the table itself', () => {
    const insert = (alert_id: string, day: number, at: number, previous: number | null): Promise<unknown> => {
      const pack = packs[day];
      const moment = (hours: number | null): string | null =>
        hours === null ? null : new Date(start + hours * hour).toISOString();
      return asAlice((tx) =>
        tx.query(
          `insert into notifications (user_id, id, alert_id, title, message, asof_date, pack_id, content_hash, fired_at,
             previous_at, cooldown_hours) values ($1, gen_random_uuid(), $2, 't', 'm', $3, $4, $5, $6, $7, 24)`,
          [
            user_id,
            alert_id,
            pack?.date,
            pack?.id,
            digest({ alert_id, day, at, previous }),
            moment(at),
            moment(previous),
          ],
        ),
      );
    };

    it.each<[string, number, number, number | null, string]>([
      ['a second beginning', 1, 48, null, '23505'],
      ['a successor within the cooldown', 1, 23, 0, '23514'],
      ['a successor of none', 1, 48, 7, '23503'],
      ['a second one of a day', 0, 48, 0, '23505'],
    ])('%s is refused', async (_what, day, at, previous, code) => {
      const alert_id = await newAlert(24);
      await insert(alert_id, 0, 0, null);
      await expect(insert(alert_id, day, at, previous)).rejects.toMatchObject({ code });
      await insert(alert_id, 1, 24, 0);
      await expect(insert(alert_id, 2, 60, 0)).rejects.toMatchObject({ code: '23505' });
    });

    it('a notification is neither deleted nor written anew', async () => {
      const alert_id = await newAlert(24);
      await insert(alert_id, 0, 0, null);
      for (const statement of [
        'delete from notifications',
        "update notifications set fired_at = '2020-01-01'",
      ])
        await expect(asAlice((tx) => tx.query(statement))).rejects.toMatchObject({ code: '42501' });
    });
  });

  it('are nobody else’s', async () => {
    const alert_id = await newAlert(24);
    await fire(alert_id, 0, 0, 'commits');
    for (const table of ['alerts', 'notifications', 'alert_evaluations', 'alert_dead_letters']) {
      const seen = await withUser(alerts.pool, bob.user_id, (tx) => tx.query(`select from ${table}`));
      expect([table, seen.rowCount]).toEqual([table, 0]);
    }
    const [pack] = packs;
    const foreign = { user_id, alert_id, asof_date: pack?.date ?? '', pack_id: pack?.id ?? '', message: 'x' };
    expect(await withUser(alerts.pool, bob.user_id, (tx) => notify(tx, foreign))).toBeNull();
  });
});

describe('a dead letter', () => {
  const letterOf = async (alert_id: string) => {
    const { rows } = await asAlice((tx) =>
      tx.query<{ attempts: number; status: string; seconds: number | null }>(
        `select attempts, status, round(extract(epoch from next_retry_at - updated_at))::integer as seconds
           from alert_dead_letters where alert_id = $1`,
        [alert_id],
      ),
    );
    return rows[0];
  };

  it('is tried again after 1, 5 and 15 minutes, 1 and 6 hours, then no more; a verdict resolves it', async () => {
    const alert_id = await newAlert(24);
    const key = { user_id, alert_id, pack_id: 'PP_2013-02-28' };
    const seen = [];
    for (let failure = 0; failure < 7; failure += 1) {
      await asAlice((tx) => storeFailure(tx, key, { code: 'PROVIDER_UNAVAILABLE', message: 'away' }));
      seen.push(await letterOf(alert_id));
    }
    expect(seen.map((one) => [one?.attempts, one?.status, one?.seconds])).toEqual([
      [1, 'retrying', 60],
      [2, 'retrying', 300],
      [3, 'retrying', 900],
      [4, 'retrying', 3600],
      [5, 'retrying', 21_600],
      [6, 'failed', null],
      [7, 'failed', null],
    ]);
    await asAlice((tx) =>
      storeEvaluation(tx, {
        ...{ ...key, condition_digest: digest(1), outcome: 'does_not_fire', sentence: 's', reason: null },
      }),
    );
    expect(await letterOf(alert_id)).toMatchObject({ status: 'resolved', seconds: null });
    await asAlice((tx) => storeFailure(tx, key, { code: 'INTERNAL', message: 'again' }));
    expect(await letterOf(alert_id)).toMatchObject({ attempts: 1, status: 'retrying', seconds: 60 });
  });
});

describe('an alert that is changed while it is evaluated', () => {
  const pack = { id: 'PP_2013-02-28', date: '2013-02-28' };
  const fires: Look = { verdict: { outcome: 'fires', sentence: 'It fires.', reason: null } };
  const failed: Look = { failure: { code: 'PROVIDER_UNAVAILABLE', message: 'away' } };
  const rowOf = async (id: string): Promise<AlertRow> => {
    const row = await asAlice((tx) => findAlert(tx, id));
    if (!row) throw new Error('there is no such alert');
    return row;
  };
  const lettersOf = (alert_id: string) =>
    asAlice(
      async (tx) =>
        (
          await tx.query<{ status: string; attempts: number }>(
            'select status, attempts from alert_dead_letters where alert_id = $1',
            [alert_id],
          )
        ).rows,
    );

  it.each([
    ['deleted', (tx: Tx, id: string) => deleteAlert(tx, id)],
    ['given another condition', (tx: Tx, id: string) => updateAlert(tx, id, { condition: other() })],
  ])('tells nothing and leaves no dead letter when it is %s', async (_what, change) => {
    const alert = await rowOf(await newAlert(24));
    await asAlice((tx) => change(tx, alert.id));
    expect(await asAlice((tx) => settle(tx, alert, pack, fires))).toBeNull();
    expect(await asAlice((tx) => settle(tx, alert, pack, failed))).toBeNull();
    expect([await toldOf(alert.id), await lettersOf(alert.id)]).toEqual([[], []]);
  });

  it('tells nothing when it is paused, and what was found is noted', async () => {
    const alert = await rowOf(await newAlert(24));
    await asAlice((tx) => updateAlert(tx, alert.id, { active: false }));
    expect(await asAlice((tx) => settle(tx, alert, pack, fires))).toMatchObject({ notification_id: null });
    expect(await toldOf(alert.id)).toEqual([]);
    expect(await rowOf(alert.id)).toMatchObject({ last_evaluation: { outcome: 'fires' } });
  });

  it('has its dead letter settled by a deletion that comes while it is written', async () => {
    const alert = await rowOf(await newAlert(24));
    let gone: Promise<unknown> = Promise.resolve();
    await asAlice(async (tx) => {
      await settle(tx, alert, pack, failed);
      gone = asAlice((other) => deleteAlert(other, alert.id));
      await new Promise((resolve) => setTimeout(resolve, 100));
    });
    await gone;
    expect(await lettersOf(alert.id)).toEqual([{ status: 'resolved', attempts: 1 }]);
  });

  it('waits for its owner where the owner asked; the nightly evaluation still counts its own attempts', async () => {
    const alert = await rowOf(await newAlert(24));
    const fail = (isAsked: boolean) => asAlice((tx) => settle(tx, alert, pack, failed, isAsked));
    const isSettled = async () => (await asAlice((tx) => settledAt(tx, pack.id))).has(alert.id);
    await fail(true);
    expect([await lettersOf(alert.id), await isSettled()]).toEqual([
      [{ status: 'failed', attempts: 1 }],
      false,
    ]);
    await fail(false);
    expect([await lettersOf(alert.id), await isSettled()]).toEqual([
      [{ status: 'retrying', attempts: 2 }],
      true,
    ]);
    // It waits for its turn, whoever asks in between.
    await fail(true);
    expect(await lettersOf(alert.id)).toEqual([{ status: 'retrying', attempts: 2 }]);
  });
});

it('knows who has alerts, and no more of them, without a user', async () => {
  const client = new Client({ connectionString: alerts.database.appUrl });
  await client.connect();
  const { rows, fields } = await client.query('select * from alert_owners');
  await client.end();
  expect([rows, fields.map(({ name }) => name)]).toEqual([[{ owner_id: user_id }], ['owner_id']]);
});
