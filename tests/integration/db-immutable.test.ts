/** What results refer to never changes, not even for the owner; a correction is a new pack. */
import { Client } from 'pg';
import type { Pool } from 'pg';
import demo from '../../demo/demo.json';
import { createPool, type Tx, withUser } from '../../src/db/pool';
import { fxHistory, packFx } from '../../src/db/fx-rates';
import { packDates, packPrices, priceHistory } from '../../src/db/prices';
import {
  findPack,
  findPackByDate,
  latestPack,
  nearestEarlierPack,
  newestFreshPack,
} from '../../src/db/pricing-packs';
import { testDatabase, type TestDatabase } from '../support/database';

const [alice] = demo.users.map(({ id }) => id) as [string];
const aapl = demo.securities.find(({ symbol }) => symbol === 'AAPL')?.id ?? '';

let database: TestDatabase;
let owner: Client;
let pool: Pool;

beforeAll(async () => {
  database = await testDatabase();
  pool = createPool(database.appUrl);
  owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
});

afterAll(async () => {
  await owner.end();
  await pool.end();
  await database.drop();
});

it.each([
  [
    "update pricing_packs set sha256 = 'sha256:' || repeat('0', 64) where id = 'PP_2013-02-28'",
    'is immutable',
  ],
  ["update pricing_packs set date = date + 1 where id = 'PP_2013-02-28'", 'is immutable'],
  ["update pricing_packs set status = 'warming' where id = 'PP_2013-02-28'", 'stays so'],
  ["delete from pricing_packs where id = 'PP_2013-03-01'", 'append-only'],
  ["update prices set close = 1 where pack_id = 'PP_2013-02-28'", 'append-only'],
  ['truncate fx_rates', 'append-only'],
  [
    "insert into fx_rates values ('PP_2013-02-28', 'EUR', 'NOK', 7.5, '2013-02-28', 'x')",
    'takes no more rows',
  ],
  [
    "insert into fx_rates values ('PP_2013-03-01', 'EUR', 'NOK', 7.5, '2013-02-28', 'x')",
    'takes no more rows',
  ],
  ['update lots set quantity = 1', 'append-only'],
  ['delete from cash_movements', 'append-only'],
  ["update ledger_commits set ledger_commit_hash = 'x'", 'keeps its hash'],
])('refuses %s', async (statement, message) => {
  // A role that is bound by row-level security only meets the triggers on rows it sees.
  await owner.query(`begin; select set_config('app.user_id', '${alice}', true)`);
  await expect(owner.query(statement)).rejects.toThrow(message);
  await owner.query('rollback');
});

it('lets a warming pack become fresh', async () => {
  await owner.query("begin; update pricing_packs set status = 'fresh' where id = 'PP_2013-03-01'");
  expect((await newestFreshPack(owner, '2026-01-01'))?.id).toBe('PP_2013-03-01');
  await owner.query('rollback');
});

it('finds the newest fresh pack, and the warming one only by its date', async () => {
  await withUser(pool, alice, async (tx) => {
    expect(await newestFreshPack(tx, '2026-11-25')).toMatchObject({
      id: 'PP_2013-02-28',
      date: '2013-02-28',
    });
    expect(await newestFreshPack(tx, '2007-01-02')).toBeNull();
    expect(await findPackByDate(tx, '2013-03-01')).toMatchObject({ id: 'PP_2013-03-01', status: 'warming' });
    expect(await findPackByDate(tx, '2013-02-24')).toBeNull();
    expect(await nearestEarlierPack(tx, '2013-02-24')).toMatchObject({ id: 'PP_2013-02-22' });
    expect(await nearestEarlierPack(tx, '2013-03-05')).toMatchObject({ id: 'PP_2013-02-28' });
    expect((await latestPack(tx))?.id).toBe('PP_2013-03-01');
  });
});

describe('a correction', () => {
  // PP_2013-02-27_C1 corrects a day in the middle; PP_2013-02-28_C1 is rebuilt upon it. Only the first has other prices.
  const correct = `
    begin;
    update pricing_packs set superseded_by = id || '_C1' where id in ('PP_2013-02-27', 'PP_2013-02-28');
    insert into pricing_packs (id, date, status, sha256, previous_pack_id, line_id, source)
      select id || '_C1', date, status, 'sha256:' || repeat(case date when '2013-02-27' then 'a' else 'b' end, 64),
             case date when '2013-02-27' then previous_pack_id else 'PP_2013-02-27_C1' end, 'PP_2013-02-27_C1', source
        from pricing_packs where id in ('PP_2013-02-27', 'PP_2013-02-28');
    insert into prices select pack_id || '_C1', security_id, close + case pack_id when 'PP_2013-02-27' then 1 else 0 end,
                              currency, source from prices where pack_id in ('PP_2013-02-27', 'PP_2013-02-28');
    insert into fx_rates select pack_id || '_C1', base_ccy, quote_ccy, rate, quote_date, source
                           from fx_rates where pack_id in ('PP_2013-02-27', 'PP_2013-02-28');
    commit`;
  const read = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => withUser(pool, alice, work);
  const closeOn27th = async (pack_id: string): Promise<string | undefined> => {
    const span = { pack_id, security_ids: [aapl], from: '2013-02-26' };
    const rows = await read((tx) => priceHistory(tx, span));
    return rows.find(({ date }) => date === '2013-02-27')?.close;
  };

  beforeAll(() => owner.query(correct));

  it('is what a date means from then on, and the old pack stays readable', async () => {
    expect(await read((tx) => findPackByDate(tx, '2013-02-28'))).toMatchObject({ id: 'PP_2013-02-28_C1' });
    expect(await read((tx) => findPack(tx, 'PP_2013-02-28'))).toMatchObject({
      superseded_by: 'PP_2013-02-28_C1',
    });
  });

  it('shows in the history of packs built on it, and not in that of the others', async () => {
    expect(await closeOn27th('PP_2013-02-28')).toBe('444.57');
    expect(await closeOn27th('PP_2013-02-28_C1')).toBe('445.57');
    const [old, corrected] = await read(async (tx) => [
      await packDates(tx, { pack_id: 'PP_2013-02-28' }),
      await packDates(tx, { pack_id: 'PP_2013-02-28_C1' }),
    ]);
    expect(corrected).toHaveLength(1550);
    expect(corrected).toEqual(old);
  });

  it('cannot be corrected away', async () => {
    await expect(
      owner.query("update pricing_packs set superseded_by = null where id = 'PP_2013-02-28'"),
    ).rejects.toThrow('already superseded');
  });
});

it('reads numbers and dates as text', async () => {
  await withUser(pool, alice, async (tx) => {
    expect(await packPrices(tx, 'PP_2007-01-03', [aapl])).toEqual([
      { security_id: aapl, close: '83.8', currency: 'USD' },
    ]);
    expect((await packFx(tx, 'PP_2012-12-26')).find(({ quote_ccy }) => quote_ccy === 'USD')).toEqual({
      base_ccy: 'EUR',
      quote_ccy: 'USD',
      rate: '1.3218',
      quote_date: '2012-12-24',
    });
    const fx = await fxHistory(tx, { pack_id: 'PP_2007-01-04', currencies: ['CAD', 'USD'] });
    expect(fx.map(({ date, quote_ccy }) => `${date} ${quote_ccy}`)).toEqual([
      '2007-01-03 CAD',
      '2007-01-03 USD',
      '2007-01-04 CAD',
      '2007-01-04 USD',
    ]);
  });
});
