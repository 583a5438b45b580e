/** `dawsos ledger reconcile` on the demo: agreement, a tampered row, a custodian's statement. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import demo from '../../demo/demo.json';
import { type CliResult, runCli } from '../support/cli';
import { testDatabase, type TestDatabase } from '../support/database';

const [ofAlice] = demo.portfolios.map(({ id }) => id) as [string];
let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  database = await testDatabase();
  folder = mkdtempSync(path.join(tmpdir(), 'dawsos-reconcile-'));
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true });
});

const reconcile = (...args: string[]): Promise<CliResult> =>
  runCli(['ledger', 'reconcile', '--portfolio', ofAlice, ...args], {
    env: { DATABASE_URL: database.appUrl, DATA_DIR: folder },
  });
function statement(...lines: string[]): string {
  const file = path.join(folder, 'statement.csv');
  writeFileSync(file, lines.join('\n'));
  return file;
}

it('finds the demo to agree, up to the newest fresh pack or any other', async () => {
  const { code, stdout } = await reconcile();
  expect([code, stdout]).toEqual([
    0,
    expect.stringMatching(
      /PP_2013-02-28\n\d+ balances and \d+ market values compared with the ledger: all agree\n {2}market values: the portfolio on (\d+) of \1 trading days, 5 positions on 2013-02-28\n/,
    ),
  ]);
  const older = await reconcile('--pack', 'PP_2010-06-30', '--json');
  expect(JSON.parse(older.stdout)).toMatchObject({
    passed: true,
    asof_date: '2010-06-30',
    differences: [],
    statement: null,
  });
});

it('compares a statement by its quantities, its cash and its values', async () => {
  const good = statement(
    'date,commodity,quantity,market_value,currency',
    '2013-02-28,AAPL,210,92694,USD',
    '2013-02-28,IBM,240,48199.20,USD',
    '2013-02-28,MSFT,550,15676.65,CAD',
    '2013-02-28,CAD,47118.37,47118.37,CAD',
    '2013-02-28,USD,43296.63,,',
  );
  const agreed = await reconcile('--statement', good);
  expect([agreed.code, agreed.stdout]).toEqual([
    0,
    expect.stringContaining('5 balances and 4 market values compared with the statement: all agree'),
  ]);
  const bad = statement(
    'date,commodity,quantity',
    '2013-02-28,AAPL,200',
    '2013-02-28,IBM,240',
    '2013-02-28,USD,43296.62',
    '2014-01-01,USD,1',
    '2013-02-25,AAPL,210',
    '2013-02-25,IBM,240',
    '2013-02-25,MSFT,551',
    '2013-02-25,APPL,210',
  );
  const { code, stdout } = await reconcile('--statement', bad);
  expect(code).toBe(1);
  expect(stdout).toContain('compared with the ledger: all agree');
  expect(stdout).toMatch(/AAPL +quantity +200 +210 +10 +2013-02-28/);
  expect(stdout).toMatch(/MSFT +quantity +0 +550 +550 +2013-02-28 +missing in statement/);
  expect(stdout).toMatch(/USD +cash +43296\.62 +43296\.63 +0\.01 +2013-02-28/);
  expect(stdout).toMatch(/MSFT +quantity +551 +550 +-1 +2013-02-25\n/);
  expect(stdout).toMatch(/APPL +quantity +210 +0 +-210 +2013-02-25 +is no known security or currency\n/);
  expect(stdout).toContain('compared with the statement: 6 differences');
  expect(stdout).toContain('line 5 could not be compared: it is of a day after the pack');
});

it('names what could not be valued, and on which days', async () => {
  const owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
  await owner.query(
    `alter table prices disable trigger user;
     alter table prices no force row level security;
     delete from prices where (pack_id, security_id) in (
       select pack.id, security.id from pricing_packs pack, securities security
        where pack.id in ('PP_2013-02-27', 'PP_2013-02-28') and security.symbol = 'IBM')`,
  );
  await owner.end();
  const { stdout } = await reconcile();
  expect(stdout).toMatch(
    /market values: the portfolio on (\d+) of \d+ trading days, 4 positions on 2013-02-28\n/,
  );
  expect(stdout).toContain(
    'IBM could not be valued on 2 trading days, 2013-02-27 to 2013-02-28: no price or exchange rate of the day\n',
  );
});

it('finds a row that somebody changed, ends with 1 and says since when', async () => {
  const owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
  await owner.query('alter table cash_movements disable trigger user');
  await owner.query(
    `update cash_movements set amount = amount - 0.01 where portfolio_id = '${ofAlice}' and movement_id = '2007-01-03_1_CAD_external'`,
  );
  await owner.end();
  const { code, stdout } = await reconcile('--json');
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    passed: false,
    differences: [{ commodity: 'CAD', kind: 'cash', difference: '-0.01', first_date: '2007-01-03' }],
  });
});

it.each([
  [
    'an unknown pack',
    ['--pack', 'PP_2013-02-24'],
    5,
    /PACK_NOT_FOUND: There is no pricing pack PP_2013-02-24/,
  ],
  ['an unknown commit', ['--commit', 'abcdef'], 5, /LEDGER_COMMIT_NOT_FOUND.*has no ledger commit "abcdef"/],
  ['another’s portfolio', ['--as', 'b'], 5, /PORTFOLIO_NOT_FOUND/],
  ['no statement', ['--statement', 'none.csv'], 2, /none\.csv cannot be read/],
])('refuses %s', async (_what, args, code, message) => {
  const told = await reconcile(...args);
  expect([told.code, told.stderr]).toEqual([code, expect.stringMatching(message)]);
});
