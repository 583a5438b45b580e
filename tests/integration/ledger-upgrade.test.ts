/** A database of an older version: its lots get their day, its ledgers their balances, and nothing else changes. */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import demo from '../../demo/demo.json';
import { createPool, withUser } from '../../src/db/pool';
import { findPortfolio } from '../../src/db/portfolios';
import { reconcilePortfolio } from '../../src/db/reconcile-portfolio';
import { seedDemo } from '../../src/db/seed';
import { emptyDatabase, testDatabase, type TestDatabase } from '../support/database';

const root = path.join(__dirname, '../..');
const run = promisify(execFile);
const [alice] = demo.users.map(({ id }) => id) as [string];
const [ofAlice] = demo.portfolios.map(({ id }) => id) as [string];

/** In a process of its own: the tool behind it is a module that Jest cannot load. */
async function inProcess(script: string): Promise<void> {
  await run(process.execPath, ['--require', 'tsx/cjs', '-e', script], { cwd: root });
}

/** What an older version had, without the rights of today's columns. */
async function applyOnly({ ownerUrl }: TestDatabase, dir: string): Promise<void> {
  const options = { databaseUrl: ownerUrl, dir, direction: 'up', migrationsTable: 'schema_migrations' };
  await inProcess(
    `require('node-pg-migrate').runner({ ...${JSON.stringify(options)}, noLock: true, logger: { ...console, info() {}, debug() {} } })`,
  );
}

async function migrate({ ownerUrl, appUrl }: TestDatabase): Promise<void> {
  await inProcess(
    `require('./src/db/migrate').migrate({ ...${JSON.stringify({ ownerUrl, appUrl })}, log: () => undefined })`,
  );
}

async function withOwner<T>(database: TestDatabase, work: (owner: Client) => Promise<T>): Promise<T> {
  const owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
  try {
    return await work(owner);
  } finally {
    await owner.end();
  }
}

it('says of lots that were there that they were held since the day they were bought', async () => {
  const database = await emptyDatabase();
  const folder = mkdtempSync(path.join(tmpdir(), 'dawsos-migrations-'));
  const all = path.join(root, 'src/db/migrations');
  for (const name of readdirSync(all).filter((file) => file < '0010'))
    cpSync(path.join(all, name), path.join(folder, name));
  try {
    await applyOnly(database, folder);
    await withOwner(database, async (owner) => {
      await owner.query(`
        select set_config('app.user_id', '${alice}', false);
        insert into users values ('${alice}', 'a@demo.example');
        insert into portfolios (user_id, id, name, base_currency) values ('${alice}', '${ofAlice}', 'p', 'CAD');
        insert into ledger_commits (user_id, portfolio_id, ledger_commit_hash) values ('${alice}', '${ofAlice}', 'h');
        insert into securities (id, symbol, name, asset_class, currency) values ('${ofAlice}', 'X', 'X', 'equity', 'USD');
        insert into lots values ('${alice}', '${ofAlice}', 'h', 'X_1', '${ofAlice}', '2010-02-03', 5, 2, 'USD', 1.5, 15);
        insert into seeds values ('demo', 'x')`);
      await migrate(database);
      const { rows } = await owner.query(
        'select opened_on::text, acquired_on::text, quantity::text from lots',
      );
      expect(rows).toEqual([{ opened_on: '2010-02-03', acquired_on: '2010-02-03', quantity: '5' }]);
      await expect(owner.query("update lots set opened_on = '2011-01-01'")).rejects.toThrow('append-only');
      await expect(owner.query('delete from ledger_balances')).rejects.toThrow('append-only');
      expect((await owner.query('select from seeds')).rowCount).toBe(0);
    });
  } finally {
    await database.drop();
    rmSync(folder, { recursive: true });
  }
});

it('gives a state that was imported before its balances, once, when it is imported again', async () => {
  const database = await testDatabase();
  const pool = createPool(database.appUrl);
  try {
    const counts = (): Promise<unknown> =>
      withOwner(database, async (owner) => {
        const count = (table: string): string => `(select count(*)::int from ${table}) as ${table}`;
        const tables = ['ledger_commits', 'lots', 'transactions', 'cash_movements', 'ledger_balances'];
        return (await owner.query<Record<string, number>>(`select ${tables.map(count).join(', ')}`)).rows[0];
      });
    const before = await counts();
    await withOwner(database, (owner) =>
      owner.query(
        "alter table ledger_balances disable trigger user; delete from ledger_balances; alter table ledger_balances enable trigger user; delete from seeds where name = 'demo'",
      ),
    );
    const reconciled = (): Promise<unknown> =>
      withUser(pool, alice, async (tx) => {
        const ledger_commit_hash = (await findPortfolio(tx, ofAlice))?.ledger_commit_hash ?? '';
        return reconcilePortfolio(tx, {
          portfolio_id: ofAlice,
          ledger_commit_hash,
          pack_id: 'PP_2013-02-28',
        });
      });
    await expect(reconciled()).rejects.toMatchObject({ code: 'DATA_MISSING' });
    expect(await seedDemo({ ownerUrl: database.ownerUrl, log: () => undefined })).toBe(true);
    expect(await counts()).toEqual(before);
    expect(await reconciled()).toMatchObject({ passed: true });
  } finally {
    await pool.end();
    await database.drop();
  }
});
