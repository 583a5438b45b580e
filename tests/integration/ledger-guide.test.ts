/** The examples of docs/ledger.md: imported as one ledger, they become the rows the page says, and reconcile. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Pool } from 'pg';
import demo from '../../demo/demo.json';
import { importLedgerFile } from '../../src/db/import-ledger-file';
import { readLedgerSource } from '../../src/db/ledger-source';
import { createPool, withUser } from '../../src/db/pool';
import { reconcileWithStatement, reconcilePortfolio } from '../../src/db/reconcile-portfolio';
import { readStatement } from '../../src/ledger/statement-file';
import { testDatabase, type TestDatabase } from '../support/database';

const [user_id] = demo.users.map(({ id }) => id) as [string];
const [portfolio_id] = demo.portfolios.map(({ id }) => id) as [string];
const page = readFileSync(path.join(__dirname, '../../docs/ledger.md'), 'utf8');
const blocksOf = (language: string): string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'gm'))].map(([, text = '']) => text);

let database: TestDatabase;
let owner: Pool;
let folder: string;
let ledger_commit_hash: string;

beforeAll(async () => {
  database = await testDatabase();
  owner = createPool(database.ownerUrl);
  folder = mkdtempSync(path.join(tmpdir(), 'dawsos-guide-'));
  const file = path.join(folder, 'page.beancount');
  writeFileSync(file, blocksOf('beancount').join('\n'));
  const source = readLedgerSource(file, null);
  ledger_commit_hash = source.ledger_commit_hash;
  await withUser(owner, user_id, (tx) =>
    importLedgerFile(tx, { user_id, portfolio_id, source, addSecurities: true }),
  );
});
afterAll(async () => {
  await owner.end();
  await database.drop();
  rmSync(folder, { recursive: true });
});

it('says of every entry what it becomes, and leaves none out', async () => {
  const { rows } = await owner.query<Record<string, string | null>>(
    `select date::text, type, trim_scale(quantity)::text as quantity, symbol, trim_scale(amount)::text as amount,
            transaction.currency
       from transactions transaction left join securities security on security.id = security_id
      where ledger_commit_hash = $1`,
    [ledger_commit_hash],
  );
  const made = rows.map(({ date, ...row }) =>
    [`${date ?? ''} `, row['type'], row['quantity'], row['symbol'], row['amount'], row['currency']]
      .filter((part) => part !== null)
      .join(' '),
  );
  const said = blocksOf('rows').flatMap((text) => text.trimEnd().split('\n'));
  expect(said.length).toBeGreaterThan(15);
  expect(made.sort()).toEqual(said.sort());
});

it('keeps day and total cost of the lots through split, merger and move', async () => {
  const { rows } = await owner.query(
    `select acquired_on::text, opened_on::text, round(quantity * unit_cost_local, 20)::float as cost, quantity::float
       from lots where ledger_commit_hash = $1 and opened_on >= '2010-07-01' order by opened_on, acquired_on`,
    [ledger_commit_hash],
  );
  expect(rows).toEqual([
    { acquired_on: '2010-01-05', opened_on: '2010-07-01', cost: 1500, quantity: 30 },
    { acquired_on: '2010-02-01', opened_on: '2010-07-01', cost: 1800, quantity: 30 },
    { acquired_on: '2010-01-05', opened_on: '2010-08-02', cost: 1500, quantity: 3.75 },
    { acquired_on: '2010-02-01', opened_on: '2010-08-02', cost: 1800, quantity: 3.75 },
    { acquired_on: '2009-06-15', opened_on: '2010-10-01', cost: 1200, quantity: 4 },
  ]);
});

it('agrees with its own balances, and says that nothing quotes its example', async () => {
  const request = { portfolio_id, ledger_commit_hash, pack_id: 'PP_2013-02-28' };
  const told = await withUser(owner, user_id, (tx) => reconcilePortfolio(tx, request));
  expect(told).toMatchObject({ passed: true, differences: [], reasons: { market_value: 'NO_QUOTE' } });
  expect(told.balances_checked).toBeGreaterThan(15);
  // Held since 2010-01-05 and never quoted; from there on no day has a value.
  expect(told.unvalued).toMatchObject([
    { commodity: 'XYZ', first_date: '2010-01-05', last_date: '2013-02-28' },
  ]);
  expect(told.days.compared + (told.unvalued[0]?.days ?? 0)).toBe(told.days.of);
});

it('has a statement that can be read, and is the demo’s', async () => {
  const [csv = ''] = blocksOf('csv');
  const { rows } = await owner.query<{ hash: string }>(
    'select ledger_commit_hash as hash from ledger_commits where portfolio_id = $1 order by imported_at limit 1',
    [portfolio_id],
  );
  const request = { portfolio_id, ledger_commit_hash: rows[0]?.hash ?? '', pack_id: 'PP_2013-02-28' };
  const told = await withUser(owner, user_id, (tx) =>
    reconcileWithStatement(tx, request, readStatement(csv)),
  );
  expect(told.values_checked).toBe(1);
  expect(told.differences.map(({ commodity, status }) => [commodity, status])).toEqual([
    ['IBM', 'missing_in_statement'],
    ['MSFT', 'missing_in_statement'],
    ['CAD', 'missing_in_statement'],
  ]);
});
