/** `dawsos ledger import` as a person uses it: a file, a git repository, mistakes, and the database that stays as it was. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Pool } from 'pg';
import demo from '../../demo/demo.json';
import { createPool, withUser } from '../../src/db/pool';
import { findPortfolio } from '../../src/db/portfolios';
import { type CliResult, runCli } from '../support/cli';
import { testDatabase, type TestDatabase } from '../support/database';

const [alice] = demo.users.map(({ id }) => id) as [string];
const [ofAlice] = demo.portfolios.map(({ id }) => id) as [string];
const ledgerText = readFileSync(path.join(__dirname, '../../demo/ledger.beancount'), 'utf8');
let database: TestDatabase;
let pool: Pool;
let folder: string;

beforeEach(async () => {
  database = await testDatabase();
  pool = createPool(database.appUrl);
  folder = mkdtempSync(path.join(tmpdir(), 'dawsos-ledger-'));
});

afterEach(async () => {
  await pool.end();
  await database.drop();
  rmSync(folder, { recursive: true });
});

const git = (...args: string[]): string =>
  execFileSync('git', ['-C', folder, '-c', 'user.name=t', '-c', 'user.email=t@demo.example', ...args], {
    encoding: 'utf8',
  }).trim();
function commit(files: Record<string, string>): string {
  if (git('rev-parse', '--is-inside-work-tree') !== 'true') throw new Error('no repository');
  for (const [name, text] of Object.entries(files)) write(name, text);
  git('add', '.');
  git('commit', '--quiet', '-m', 'ledger');
  return git('rev-parse', 'HEAD');
}
function write(name: string, text: string): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}
const load = (file: string, ...args: string[]): Promise<CliResult> =>
  runCli(['ledger', 'import', path.join(folder, file), '--portfolio', ofAlice, ...args], {
    env: { DATABASE_OWNER_URL: database.ownerUrl, DATA_DIR: folder },
  });
const currentHash = async (): Promise<string | null | undefined> =>
  (await withUser(pool, alice, (tx) => findPortfolio(tx, ofAlice)))?.ledger_commit_hash;
const rowCounts = (): Promise<unknown> =>
  withUser(pool, alice, async (tx) => {
    const tables = [
      'ledger_commits',
      'lots',
      'lot_closures',
      'transactions',
      'cash_movements',
      'ledger_balances',
    ];
    const { rows } = await tx.query<Record<string, number>>(
      `select ${tables.map((table) => `(select count(*)::int from ${table}) as ${table}`).join(', ')}`,
    );
    return rows[0];
  });

const gift = '\n2013-03-01 * "A gift"\n  Assets:Cash:CAD 100.00 CAD\n  Equity:Contributions\n';

it('reads a file, says what it did, and does nothing the second time', async () => {
  write('my.beancount', ledgerText + gift);
  const first = await load('my.beancount');
  expect([first.code, first.stderr]).toEqual([0, '']);
  expect(first.stdout).toMatch(/^Demo portfolio: this state of the ledger written\n/);
  expect(first.stdout).toMatch(/Commit {10}sha256:[0-9a-f]{64}\n/);
  expect(first.stdout).toMatch(/Assertions {6}\d\d of balances, all true/);
  const counts = await rowCounts();
  const second = await load('my.beancount', '--json');
  expect(JSON.parse(second.stdout)).toMatchObject({ outcome: 'unchanged', origin: 'text', dry_run: false });
  expect(await rowCounts()).toEqual(counts);
  write('my.beancount', ledgerText);
  expect((await load('my.beancount')).stdout).toContain('was there already, and is the current one again');
});

it('reads what is committed, with its included files, and says what is not', async () => {
  git('init', '--quiet');
  const hash = commit({
    'books/main.beancount': ledgerText + 'include "more/gift.beancount"\n',
    'books/more/gift.beancount': gift,
  });
  write('books/more/gift.beancount', 'not committed, so not read');
  const told = await load('books/main.beancount', '--json');
  expect(JSON.parse(told.stdout)).toMatchObject({
    ledger_commit_hash: hash,
    origin: 'git',
    outcome: 'written',
    uncommitted: ['books/more/gift.beancount'],
    files: [path.join(folder, 'books/main.beancount'), 'more/gift.beancount'],
  });
  expect(told.stderr).toContain('books/more/gift.beancount has changes that are not committed');
  expect(await currentHash()).toBe(hash);
  const lines = await withUser(pool, alice, (tx) =>
    tx.query(`select file, line from transactions where ledger_commit_hash = $1 and narration = 'A gift'`, [
      hash,
    ]),
  );
  expect(lines.rows).toEqual([{ file: 'more/gift.beancount', line: 2 }]);
});

it('reads an older commit by any name that git knows it by', async () => {
  git('init', '--quiet');
  const older = commit({ 'l.beancount': ledgerText });
  const newer = commit({ 'l.beancount': ledgerText + gift });
  await load('l.beancount');
  expect(await currentHash()).toBe(newer);
  expect((await load('l.beancount', '--commit', 'HEAD~1')).code).toBe(0);
  expect(await currentHash()).toBe(older);
});

it('tells all problems of a broken ledger with file and line, and changes nothing', async () => {
  const [before, counts] = [await currentHash(), await rowCounts()];
  write(
    'a/part.beancount',
    '2013-03-02 * "unbalanced"\n  Assets:Cash:CAD 5.00 CAD\n  Equity:Contributions -4.00 CAD\n',
  );
  const file = write(
    'l.beancount',
    `${ledgerText}include "a/part.beancount"\n2013-03-03 balance Assets:Cash:USD 1.00 USD\n2013-03-03 budget x\n2013-03-04 open Assets:Shares:Odd\n2013-03-04 * "odd"\n  Assets:Shares:Odd  1 MSFTX {5.00 USD}\n  Assets:Cash:USD\n`,
  );
  const { code, stderr, stdout } = await load('l.beancount');
  const last = ledgerText.split('\n').length;
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(`LEDGER_INVALID: ${file} has 4 problems; nothing was imported.`);
  expect(stderr).toContain(`at ${file}:${String(last + 1)}: balance of Assets:Cash:USD`);
  expect(stderr).toContain(`at ${file}:${String(last + 2)}: "budget" is not a directive`);
  expect(stderr).toContain('at a/part.beancount:1: the transaction does not balance: 1 CAD left over');
  expect(stderr).toContain(`at ${file}:${String(last + 4)}: MSFTX is no known security`);
  expect(stderr).toContain('next: Correct the ledger');
  expect([await currentHash(), await rowCounts()]).toEqual([before, counts]);
});

it('names commodities it does not know, and makes securities of them when it is told to', async () => {
  const trade = (line: string): string =>
    `2013-03-01 * "t"\n  Assets:Shares:New  ${line}\n  Assets:Cash:USD\n`;
  write(
    'l.beancount',
    `${ledgerText}2013-01-01 commodity ZZZ\n  name: "Zed Industries"\n2013-01-01 open Assets:Shares:New\n${trade('1 ZZZ {5.00 USD}')}${trade('2 ZZZ {6.00 USD}')}`,
  );
  const counts = await rowCounts();
  const refused = await load('l.beancount');
  const line = ledgerText.split('\n').length + 3;
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain(
    `l.beancount:${String(line)}: ZZZ is no known security (also in line ${String(line + 3)})`,
  );
  expect(refused.stderr).toContain('--add-securities');
  expect(await rowCounts()).toEqual(counts);
  const added = await load('l.beancount', '--add-securities', '--json');
  expect(JSON.parse(added.stdout)).toMatchObject({ added_securities: ['ZZZ'], outcome: 'written' });
  const { rows } = await pool.query("select name, currency from securities where symbol = 'ZZZ'");
  expect(rows).toEqual([{ name: 'Zed Industries', currency: 'USD' }]);
});

it('warns of a sale whose cash is not that of its price, and imports it', async () => {
  const bare = `${ledgerText}2013-03-01 open Assets:Shares:New "FIFO"\n2013-03-02 * "b"\n  Assets:Shares:New  4 AAPL {500.00 USD}\n  Assets:Cash:USD\n`;
  const sale =
    '2013-03-03 * "s"\n  Assets:Shares:New  -2 AAPL {} @ 450.00 USD\n  Assets:Cash:USD 90.00 USD\n';
  const file = write('l.beancount', `${bare}${sale}  Income:Gains\n`);
  const line = bare.split('\n').length + 1;
  const { code, stderr } = await load('l.beancount', '--dry-run');
  expect([code, stderr]).toEqual([
    0,
    `${file}:${String(line)}: warning: the sale of 2 AAPL brings 900 USD by its price, but 90 USD of cash came in (-810): realised gains count the price, returns the cash\n`,
  ]);
  const told = JSON.parse((await load('l.beancount', '--json')).stdout) as { warnings: unknown[] };
  expect(told).toMatchObject({ outcome: 'written', warnings: [{ file, line }] });
});

it('checks all of it on a dry run, and writes none', async () => {
  const [before, counts] = [await currentHash(), await rowCounts()];
  write('l.beancount', ledgerText + gift);
  const { code, stdout } = await load('l.beancount', '--dry-run');
  expect([code, stdout]).toEqual([0, expect.stringContaining('would be written')]);
  expect([await currentHash(), await rowCounts()]).toEqual([before, counts]);
});

it.each([
  ['a file that is not there', ['none.beancount'], 2, /none\.beancount cannot be read/],
  ['a commit without a repository', ['l.beancount', '--commit', 'HEAD'], 2, /lies in no git work tree/],
  ['another’s portfolio', ['l.beancount', '--as', 'b'], 5, /PORTFOLIO_NOT_FOUND: This user has no portfolio/],
  ['what is no portfolio', ['l.beancount', '--portfolio', 'mine'], 5, /This user has no portfolio mine/],
])('refuses %s', async (_what, args, code, message) => {
  write('l.beancount', ledgerText);
  const told = await load(args[0] ?? '', ...args.slice(1));
  expect([told.code, told.stderr]).toEqual([code, expect.stringMatching(message)]);
});

it('refuses a file that git does not have, and a commit that is none', async () => {
  git('init', '--quiet');
  write('l.beancount', ledgerText);
  expect((await load('l.beancount')).stderr).toMatch(/has no commit HEAD: commit the ledger first/);
  commit({ 'other.beancount': ledgerText });
  git('rm', '--quiet', '--cached', 'l.beancount');
  git('commit', '--quiet', '-m', 'without');
  const { code, stderr } = await load('l.beancount');
  expect([code, stderr]).toEqual([
    2,
    expect.stringMatching(/is not in the commit [0-9a-f]{40}: add and commit it/),
  ]);
  expect((await load('l.beancount', '--commit', 'nothing')).stderr).toMatch(/has no commit nothing/);
});

it('asks for the portfolio, and is helpful about itself', async () => {
  const none = await runCli(['ledger', 'import', 'x'], { env: { DATA_DIR: folder } });
  expect([none.code, none.stderr]).toEqual([
    2,
    expect.stringContaining("required option '--portfolio <id>'"),
  ]);
  expect(none.stderr).toContain('next: see `dawsos ledger import --help`');
  const away = await runCli(['ledger', 'import', write('l.beancount', ledgerText), '--portfolio', ofAlice], {
    env: { DATA_DIR: folder },
  });
  expect([away.code, away.stderr]).toEqual([3, expect.stringContaining('DATABASE_UNAVAILABLE')]);
});
