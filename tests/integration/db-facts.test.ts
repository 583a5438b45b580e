/** Observations and corporate actions of the demo's packs: as they were known at a pack, and no later. */
import { Client, type Pool } from 'pg';
import demo from '../../demo/demo.json';
import { observationVintages } from '../../src/db/observation-vintages';
import { observationsAt } from '../../src/db/observations';
import { packActions } from '../../src/db/pack-actions';
import { createPool, withUser } from '../../src/db/pool';
import { testDatabase, type TestDatabase } from '../support/database';

const [alice] = demo.users.map(({ id }) => id) as [string];
const aapl = '5ec00000-0000-4000-8000-00000000aa91';

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await testDatabase();
  pool = createPool(database.appUrl);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const factorsAt = (pack_id: string) =>
  withUser(pool, alice, (tx) => observationsAt(tx, { pack_id, series_ids: ['FF3.MKT_RF'] }));
const dividendsAt = (pack_id: string) =>
  withUser(pool, alice, (tx) => packActions(tx, { pack_id, security_ids: [aapl] }));

it('knows a month of factor returns from the end of the next month on, in the unit of its series', async () => {
  const known = await factorsAt('PP_2013-02-28');
  expect(known.at(-1)).toEqual({
    ...{ series_id: 'FF3.MKT_RF', period_end: '2013-01-31', value: '5.57', unit: 'percent' },
    known_on: '2013-02-28',
  });
  expect(known[0]?.period_end).toBe('2000-01-31');
  const before = await factorsAt('PP_2013-02-27');
  expect(before.at(-1)?.period_end).toBe('2012-12-31');
});

it('knows the economy as late as its series say, and all of it in the order it came', async () => {
  const series_ids = ['CPIAUCSL', 'GDPC1', 'GS10', 'M1', 'UNRATE'];
  const lastOf = (rows: readonly { series_id: string; period_end: string; known_on: string }[]) =>
    Object.fromEntries(rows.map((row) => [row.series_id, `${row.period_end} ${row.known_on}`]));
  const rows = await withUser(pool, alice, (tx) =>
    observationsAt(tx, { pack_id: 'PP_2013-02-28', series_ids }),
  );
  expect(lastOf(rows)).toEqual({
    CPIAUCSL: '2013-01-31 2013-02-20',
    GDPC1: '2012-12-31 2013-01-30',
    GS10: '2013-01-31 2013-02-04',
    M1: '2009-09-30 2009-10-30',
    UNRATE: '2013-01-31 2013-02-07',
  });
  const vintages = await withUser(pool, alice, (tx) =>
    observationVintages(tx, { pack_id: 'PP_2009-03-31', series_ids }),
  );
  expect(lastOf(vintages)).toMatchObject({ GDPC1: '2008-12-31 2009-01-30', UNRATE: '2009-02-28 2009-03-09' });
  const days = vintages.map(({ known_on }) => known_on);
  expect(days).toEqual(days.toSorted());
});

it('says of each series of the demo where it is from, in the unit and frequency that its values have', async () => {
  const { rows } = await pool.query<(typeof demo.series)[number]>(
    'select id, name, unit, frequency, source from series where id = any($1)',
    [demo.series.map(({ id }) => id)],
  );
  const described = demo.series.map(({ publication_lag_days: _, ...one }) => one);
  const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);
  expect(rows.toSorted(byId)).toEqual(described.toSorted(byId));
});

it('knows a dividend from its ex-date on', async () => {
  expect((await dividendsAt('PP_2012-08-08')).map(({ ex_date }) => ex_date)).toEqual([]);
  expect(await dividendsAt('PP_2012-08-09')).toEqual([
    {
      ...{
        security_id: aapl,
        symbol: 'AAPL',
        type: 'dividend',
        ex_date: '2012-08-09',
        pay_date: '2012-08-16',
      },
      ...{ amount: '2.65', currency: 'USD', ratio: null, known_on: '2012-08-09' },
    },
  ]);
});

it.each(['pack_observations', 'pack_actions'])('lets nobody change %s, not even the owner', async (table) => {
  const client = new Client({ connectionString: database.ownerUrl });
  await client.connect();
  try {
    await expect(client.query(`delete from ${table}`)).rejects.toThrow(/append-only/);
    await expect(client.query(`insert into ${table} select * from ${table} limit 1`)).rejects.toThrow(
      /immutable|duplicate/,
    );
  } finally {
    await client.end();
  }
});
