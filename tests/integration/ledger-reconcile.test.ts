/** Reconciliation on the real database: the demo agrees with its ledger, and every tampered row is found. */
import { Client } from 'pg';
import type { Pool } from 'pg';
import demo from '../../demo/demo.json';
import { createPool, withUser } from '../../src/db/pool';
import { findPortfolio } from '../../src/db/portfolios';
import { reconcilePortfolio } from '../../src/db/reconcile-portfolio';
import type { Reconciliation } from '../../src/ledger/reconciliation';
import { testDatabase, type TestDatabase } from '../support/database';

const [alice, bob] = demo.users.map(({ id }) => id) as [string, string];
const [ofAlice, ofBob] = demo.portfolios.map(({ id }) => id) as [string, string];
let database: TestDatabase;
let pool: Pool;
let owner: Client;

beforeEach(async () => {
  database = await testDatabase();
  pool = createPool(database.appUrl);
  owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
});

afterEach(async () => {
  await owner.end();
  await pool.end();
  await database.drop();
});

async function reconciled(
  pack_id = 'PP_2013-02-28',
  user = alice,
  portfolio_id = ofAlice,
): Promise<Reconciliation> {
  return withUser(pool, user, async (tx) => {
    const portfolio = await findPortfolio(tx, portfolio_id);
    const ledger_commit_hash = portfolio?.ledger_commit_hash ?? 'none';
    return reconcilePortfolio(tx, { portfolio_id, ledger_commit_hash, pack_id });
  });
}

/** As an owner who went around the guards of the tables. */
async function tamper(table: string, statement: string): Promise<number> {
  await owner.query(
    `alter table ${table} disable trigger user; alter table ${table} no force row level security`,
  );
  const { rowCount } = await owner.query(statement);
  return rowCount ?? 0;
}

const brief = ({ differences }: Reconciliation): unknown[] =>
  differences.map(({ commodity, kind, expected, actual, first_date, status }) => [
    kind,
    commodity,
    expected,
    actual,
    first_date,
    status,
  ]);

it.each([
  ['PP_2013-02-28', alice, ofAlice],
  ['PP_2009-03-09', alice, ofAlice],
  ['PP_2013-02-28', bob, ofBob],
])('finds the demo to agree with its ledger (%s, user %s)', async (pack, user, portfolio) => {
  const result = await reconciled(pack, user, portfolio);
  expect(result).toMatchObject({ passed: true, differences: [], reasons: {}, asof_date: pack.slice(3) });
  expect(result.balances_checked).toBeGreaterThan(15);
  expect(result.values_checked).toBeGreaterThan(500);
});

it('takes well under a second for six years', async () => {
  const startedAt = performance.now();
  await reconciled();
  expect(performance.now() - startedAt).toBeLessThan(1_000);
});

it('finds a cash movement that is a cent off, with its first day, and no difference in value beyond the tolerance', async () => {
  expect(
    await tamper(
      'cash_movements',
      `update cash_movements set amount = amount + 0.01 where portfolio_id = '${ofAlice}' and currency = 'USD' and date = '2007-03-08'`,
    ),
  ).toBe(1);
  const result = await reconciled();
  expect(result.passed).toBe(false);
  expect(brief(result)).toEqual([['cash', 'USD', '43296.63', '43296.64', '2007-03-08', 'different']]);
  expect(result.differences[0]).toMatchObject({ difference: '0.01', difference_bps: null, account: null });
  expect((await reconciled('PP_2007-03-07')).passed).toBe(true);
});

it('finds a lot with one share too many in its quantity and in every value it is part of', async () => {
  await tamper(
    'lots',
    `update lots set quantity = quantity + 1 where portfolio_id = '${ofAlice}' and lot_id like 'MSFT_2007-01-04%'`,
  );
  const result = await reconciled();
  expect(result.differences.map(({ kind, commodity, first_date }) => [kind, commodity, first_date])).toEqual([
    ['quantity', 'MSFT', '2007-01-04'],
    ['market_value', null, '2007-01-04'],
    ['market_value', 'MSFT', '2007-01-04'],
  ]);
  expect(result.differences[0]).toMatchObject({ expected: '550', actual: '551', difference: '1' });
  expect(result.differences[2]?.difference_bps).toBeCloseTo(10_000 / 550, 3);
});

it('says on which side a commodity is missing', async () => {
  await tamper(
    'ledger_balances',
    `delete from ledger_balances where portfolio_id = '${ofAlice}' and commodity = 'IBM'`,
  );
  expect(brief(await reconciled())[0]).toEqual([
    'quantity',
    'IBM',
    '0',
    '240',
    '2007-01-04',
    'missing_in_ledger',
  ]);
  await tamper(
    'lot_closures',
    `delete from lot_closures where portfolio_id = '${ofAlice}' and lot_id like 'AAPL%'`,
  );
  await tamper('lots', `delete from lots where portfolio_id = '${ofAlice}' and lot_id like 'AAPL%'`);
  expect(brief(await reconciled())[0]).toEqual([
    'quantity',
    'AAPL',
    '210',
    '0',
    '2007-01-04',
    'missing_in_database',
  ]);
});

it('refuses a commit without balances, another’s portfolio and an unknown pack', async () => {
  const ask = (portfolio_id: string, ledger_commit_hash: string, pack_id: string): Promise<unknown> =>
    withUser(pool, alice, (tx) => reconcilePortfolio(tx, { portfolio_id, ledger_commit_hash, pack_id }));
  await expect(ask(ofBob, 'x', 'PP_2013-02-28')).rejects.toMatchObject({ code: 'PORTFOLIO_NOT_FOUND' });
  await expect(ask(ofAlice, 'x', 'PP_2013-02-24')).rejects.toMatchObject({ code: 'PACK_NOT_FOUND' });
  await expect(ask(ofAlice, 'x', 'PP_2013-02-28')).rejects.toMatchObject({
    code: 'DATA_MISSING',
    message: expect.stringContaining('dawsos ledger import') as string,
  });
});
