/** The demo's ledger, read back: holdings and cash of any day, and older states of the ledger beside the current one. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import type { Pool } from 'pg';
import demo from '../../demo/demo.json';
import { cashChanges, holdingChanges } from '../../src/db/history';
import { createPool, withUser } from '../../src/db/pool';
import { findPortfolio } from '../../src/db/portfolios';
import { cashBalancesAt, openLotsAt } from '../../src/db/positions';
import { seedDemo } from '../../src/db/seed';
import { testDatabase, type TestDatabase } from '../support/database';

const [alice] = demo.users.map(({ id }) => id) as [string];
const [ofAlice] = demo.portfolios.map(({ id }) => id) as [string];
const demoDir = path.join(__dirname, '../../demo');
const folders: string[] = [];

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await testDatabase();
  pool = createPool(database.appUrl);
});

afterAll(async () => {
  await pool.end();
  await database.drop();
  folders.forEach((folder) => rmSync(folder, { recursive: true }));
});

const currentHash = async (): Promise<string> =>
  (await withUser(pool, alice, (tx) => findPortfolio(tx, ofAlice)))?.ledger_commit_hash ?? '';

async function heldOn(asof_date: string, ledger_commit_hash: string): Promise<Record<string, string>> {
  const day = { portfolio_id: ofAlice, ledger_commit_hash, asof_date };
  const { lots, cash } = await withUser(pool, alice, async (tx) => ({
    lots: await openLotsAt(tx, day),
    cash: await cashBalancesAt(tx, day),
  }));
  const shares: Record<string, number> = {};
  for (const { symbol, quantity_open } of lots)
    shares[symbol] = (shares[symbol] ?? 0) + Number(quantity_open);
  return {
    ...Object.fromEntries(Object.entries(shares).map(([symbol, count]) => [symbol, String(count)])),
    ...Object.fromEntries(cash.map(({ currency, amount }) => [currency, amount])),
  };
}

/** A copy of `demo/` whose ledger says a little more. */
function changedDemo(addition: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'dawsos-demo-'));
  folders.push(folder);
  cpSync(demoDir, folder, { recursive: true });
  const file = path.join(folder, 'ledger.beancount');
  writeFileSync(file, readFileSync(file, 'utf8') + addition);
  return folder;
}

const gift = '\n2013-03-01 * "A gift"\n  Assets:Cash:CAD 100.00 CAD\n  Equity:Contributions\n';

it('has on the last day what the ledger asserts', async () => {
  expect(await heldOn('2013-02-28', await currentHash())).toEqual({
    AAPL: '210',
    IBM: '240',
    MSFT: '550',
    CAD: '47118.37',
    USD: '43296.63',
  });
});

it('knows every day before: nothing on the day before the first, and lots not yet sold', async () => {
  const hash = await currentHash();
  expect(await heldOn('2007-01-02', hash)).toEqual({});
  expect(await heldOn('2008-01-01', hash)).toMatchObject({
    AAPL: '100',
    IBM: '150',
    CAD: '28145.35',
    USD: '7450.20',
  });
});

it('gives each lot its cost, in base currency at the rate of its own day', async () => {
  const day = { portfolio_id: ofAlice, ledger_commit_hash: await currentHash(), asof_date: '2007-01-04' };
  const lots = await withUser(pool, alice, (tx) => openLotsAt(tx, day));
  expect(lots[0]).toMatchObject({
    symbol: 'AAPL',
    quantity_open: '100',
    unit_cost_local: '85.66',
    acquired_on: '2007-01-04',
  });
  const quotes = readFileSync(path.join(demoDir, 'data/ecb_fx_2007_2013.csv'), 'utf8').split('\n');
  const [, usd = '', cad = ''] = quotes.find((line) => line.startsWith('2007-01-04'))?.split(',') ?? [];
  expect(Number(lots[0]?.unit_cost_base)).toBeCloseTo((85.66 * Number(cad)) / Number(usd), 10);
});

it('adds up: the changes by day make the holdings and the cash', async () => {
  const span = { portfolio_id: ofAlice, ledger_commit_hash: await currentHash(), to: '2013-02-28' };
  const [shares, cash] = await withUser(pool, alice, async (tx) => [
    await holdingChanges(tx, span),
    await cashChanges(tx, span),
  ]);
  const total = shares.reduce((sum, row) => sum + Number(row.quantity_change), 0);
  expect(total).toBe(210 + 240 + 550);
  const cents = (rows: { amount: string }[]): number =>
    rows.reduce((sum, row) => sum + Math.round(Number(row.amount) * 100), 0);
  expect(cents(cash.filter(({ currency }) => currency === 'CAD'))).toBe(4_711_837);
  const external = cash.reduce((sum, row) => sum + Number(row.external_amount), 0);
  // Five contributions and a withdrawal; dividends, fees and conversions come from nowhere outside.
  expect(external).toBe(60_000 + 15_000 + 20_000 + 20_000 + 10_000 + 12_000 - 15_000);
});

it('finds the demo there the second time', async () => {
  const before = await currentHash();
  expect(await seedDemo({ ownerUrl: database.ownerUrl, log: () => undefined })).toBe(false);
  expect(await currentHash()).toBe(before);
});

it('takes a changed ledger as a new state, and keeps the old one readable', async () => {
  const before = await currentHash();
  const dir = changedDemo(gift);
  expect(await seedDemo({ ownerUrl: database.ownerUrl, log: () => undefined, dir })).toBe(true);
  const after = await currentHash();
  expect(after).not.toBe(before);
  expect((await heldOn('2013-03-01', after))['CAD']).toBe('47218.37');
  expect((await heldOn('2013-03-01', before))['CAD']).toBe('47118.37');
});

it('goes back to an older state without writing it twice', async () => {
  const later = await currentHash();
  await seedDemo({ ownerUrl: database.ownerUrl, log: () => undefined });
  expect(await currentHash()).not.toBe(later);
  const owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
  await owner.query(`begin; select set_config('app.user_id', '${alice}', true)`);
  const { rows } = await owner.query<{ count: number }>(
    'select count(*)::int as count from ledger_commits where portfolio_id = $1',
    [ofAlice],
  );
  await owner.end();
  expect(rows[0]?.count).toBe(2);
});

it('names the state after the git commit when the ledger comes from a repository', async () => {
  const repo = changedDemo('');
  const git = (...args: string[]): string =>
    execFileSync('git', ['-C', repo, '-c', 'user.name=t', '-c', 'user.email=t@demo.example', ...args], {
      encoding: 'utf8',
    });
  git('init', '--quiet');
  git('add', 'ledger.beancount');
  git('commit', '--quiet', '-m', 'ledger');
  writeFileSync(path.join(repo, 'ledger.beancount'), 'not committed, so not read');
  await seedDemo({ ownerUrl: database.ownerUrl, log: () => undefined, ledgerRepo: repo });
  expect(await currentHash()).toBe(git('rev-parse', 'HEAD').trim());
});

it('refuses a ledger with problems, all of them with their lines, and changes nothing', async () => {
  const before = await currentHash();
  const dir = changedDemo(
    '\n2013-02-20 budget Assets:Cash:CAD 5.00 CAD\n2013-02-21 balance Assets:Cash:CAD 1.00 CAD\n',
  );
  await expect(seedDemo({ ownerUrl: database.ownerUrl, log: () => undefined, dir })).rejects.toThrow(
    /^ledger\.beancount:\d+: "budget" is not a directive.*\nledger\.beancount:\d+: balance of Assets:Cash:CAD/,
  );
  expect(await currentHash()).toBe(before);
});

it('refuses other prices for a day that has a pack', async () => {
  const dir = changedDemo('');
  const file = path.join(dir, 'data/stocks_wiki_2007_2013.csv');
  writeFileSync(file, readFileSync(file, 'utf8').replace('AAPL,2007-01-03,83.8,', 'AAPL,2007-01-03,83.9,'));
  await expect(seedDemo({ ownerUrl: database.ownerUrl, log: () => undefined, dir })).rejects.toThrow(
    'PP_2007-01-03 is in the database with other content',
  );
});
