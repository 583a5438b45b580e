/** Row-level security on a real PostgreSQL: nobody sees, and nobody changes, what is not theirs. */
import { Client } from 'pg';
import type { Pool } from 'pg';
import demo from '../../demo/demo.json';
import { checkRole, createPool, type Tx, withUser } from '../../src/db/pool';
import { findPortfolio, listPortfolios } from '../../src/db/portfolios';
import { findPack } from '../../src/db/pricing-packs';
import { testDatabase, type TestDatabase } from '../support/database';

const [alice, bob] = demo.users.map(({ id }) => id) as [string, string];
const [ofAlice, ofBob] = demo.portfolios.map(({ id }) => id) as [string, string];
const userTables = [
  'users',
  'portfolios',
  'ledger_commits',
  'lots',
  'lot_closures',
  'transactions',
  'cash_movements',
  'ledger_balances',
];

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

async function countsOf(tx: Tx): Promise<Record<string, number>> {
  const parts = userTables.map((table) => `(select count(*)::int from ${table}) as ${table}`);
  const { rows } = await tx.query<Record<string, number>>(`select ${parts.join(', ')}`);
  return rows[0] ?? {};
}

it('shows each user their own portfolios and nothing of the other’s', async () => {
  const names = async (user: string): Promise<string[]> =>
    (await withUser(pool, user, (tx) => listPortfolios(tx))).map(({ id }) => id);
  expect(await names(alice)).toEqual([ofAlice]);
  expect(await names(bob)).toEqual([ofBob]);
  expect(await withUser(pool, alice, (tx) => findPortfolio(tx, ofBob))).toBeNull();
  expect(await withUser(pool, bob, (tx) => findPortfolio(tx, ofBob))).toMatchObject({ base_currency: 'USD' });
});

it.each([
  ['alice', alice, bob],
  ['bob', bob, alice],
])('holds in every table: %s has rows there, and none of the other', async (_name, user, other) => {
  const counts = await withUser(pool, user, (tx) => countsOf(tx));
  expect(Object.values(counts).every((count) => count > 0)).toBe(true);
  const foreign = await withUser(pool, user, (tx) =>
    tx.query(
      userTables
        .map((name) => `select from ${name} where ${name === 'users' ? 'id' : 'user_id'} = $1`)
        .join(' union all '),
      [other],
    ),
  );
  expect(foreign.rowCount).toBe(0);
});

it('shows no rows when no user is set, before a transaction and after one', async () => {
  const client = new Client({ connectionString: database.appUrl });
  await client.connect();
  const none = Object.fromEntries(userTables.map((table) => [table, 0]));
  expect(await countsOf(client)).toEqual(none);
  await client.query(`begin; select set_config('app.user_id', '${alice}', true); commit`);
  expect(await countsOf(client)).toEqual(none);
  await client.end();
});

it('forgets the user with the transaction, also a failed one, on a shared connection', async () => {
  const single = createPool(database.appUrl);
  single.options.max = 1;
  await expect(withUser(single, alice, (tx) => tx.query('select 1 / 0'))).rejects.toThrow('division by zero');
  const ids = await withUser(single, bob, (tx) => listPortfolios(tx));
  expect(ids.map(({ id }) => id)).toEqual([ofBob]);
  await expect(withUser(single, alice, async () => Promise.reject(new Error('mine')))).rejects.toThrow(
    'mine',
  );
  expect((await single.query('select from portfolios')).rowCount).toBe(0);
  expect([single.totalCount, single.idleCount]).toEqual([1, 1]);
  await single.end();
});

it('shows the packs to everybody', async () => {
  expect(await withUser(pool, bob, (tx) => findPack(tx, 'PP_2013-02-28'))).toMatchObject({ status: 'fresh' });
});

it.each([
  "update pricing_packs set sha256 = ''",
  'delete from prices',
  "insert into securities values (gen_random_uuid(), 'X', 'X', 'equity', 'USD')",
  "update portfolios set name = 'mine'",
  'delete from lots',
  'truncate transactions',
  'select * from seeds',
  'select * from schema_checksums',
])('refuses the application: %s', async (statement) => {
  await expect(withUser(pool, alice, (tx) => tx.query(statement))).rejects.toMatchObject({ code: '42501' });
});

// It builds packs, so it may add some; not to those that are there, nor take one back.
it.each([
  "update pricing_packs set status = 'error'",
  "insert into fx_rates values ('PP_2013-02-28', 'EUR', 'XXX', 1, '2013-02-28', 'me')",
])('lets a trigger refuse the application: %s', async (statement) => {
  await expect(withUser(pool, alice, (tx) => tx.query(statement))).rejects.toMatchObject({ code: '23001' });
});

describe('the check at the start of a process', () => {
  const checked = async (url: string): Promise<void> => {
    const own = createPool(url);
    await checkRole(own).finally(() => own.end());
  };

  it('accepts the application’s role', async () => {
    await checked(database.appUrl);
  });

  it('refuses the owner, and a table of users without forced row-level security', async () => {
    await expect(checked(database.ownerUrl)).rejects.toThrow(/is a superuser|owns tables/);
    const owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    await owner.query('alter table lots no force row level security');
    await expect(checked(database.appUrl)).rejects.toThrow('not forced on lots');
    await owner.query('alter table lots force row level security');
    await owner.end();
  });
});
