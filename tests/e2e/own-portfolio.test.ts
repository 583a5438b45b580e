/** From nothing to figures with one's own ledger: securities, a portfolio, its ledger, a review. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createPool, withUser } from '../../src/db/pool';
import { type CliResult, runCli } from '../support/cli';
import { type Stack, startStack } from '../support/stack';

const carol = 'ca201000-0000-4000-8000-000000000003';
let stack: Stack;
let folder: string;
let token: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'dawsos-own-'));
  stack = await startStack('shipped');
  token = await stack.tokenFor(carol);
});
afterAll(async () => {
  await stack.close();
  rmSync(folder, { recursive: true });
});

const dawsos = (...args: string[]): Promise<CliResult> =>
  runCli(args, {
    env: {
      DATABASE_OWNER_URL: stack.ownerUrl,
      DAWSOS_URL: stack.url,
      DAWSOS_TOKEN: token,
      DATA_DIR: folder,
    },
  });
function file(name: string, ...lines: string[]): string {
  const at = path.join(folder, name);
  writeFileSync(at, `${lines.join('\n')}\n`);
  return at;
}
const header = 'symbol,name,asset_class,currency,sector,is_total_return';

it('adds securities once, lists them, and refuses what contradicts the master', async () => {
  const csv = file(
    'securities.csv',
    header,
    'XIU,iShares S&P/TSX 60,fund,CAD,,',
    'TSX,S&P/TSX,index,CAD,,true',
  );
  expect((await dawsos('securities', 'import', csv)).stdout).toBe('2 securities added, 0 known already\n');
  expect((await dawsos('securities', 'import', csv)).stdout).toBe('0 securities added, 2 known already\n');
  const { stdout } = await dawsos('securities');
  expect(stdout).toMatch(/AAPL +Apple Inc\. +equity +USD +Information Technology/);
  expect(stdout).toMatch(/XIU +iShares S&P\/TSX 60 +fund +CAD +\(not classified\)/);

  const other = file('other.csv', header, 'XIU,Something else,fund,CAD,,');
  const refused = await dawsos('securities', 'import', other);
  expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('known with other content')]);
  const broken = file('broken.csv', header, 'xiu,,bond,C,,true', 'ABC,A,index,CAD,,');
  const { code, stderr } = await dawsos('securities', 'import', broken);
  expect(code).toBe(2);
  for (const problem of ['"xiu" is no symbol', '"bond" is not equity, fund or index', '"C" is no currency'])
    expect(stderr).toContain(problem);
});

it('makes a portfolio for a new user, reads a ledger into it and reviews it', async () => {
  const unknown = await dawsos('portfolios', 'create', '--name', 'Mine', '--currency', 'CAD', '--as', carol);
  expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('--email')]);
  const created = await dawsos(
    ...['portfolios', 'create', '--name', 'Mine', '--currency', 'CAD', '--benchmark', 'SP500'],
    ...['--as', carol, '--email', 'carol@demo.example', '--json'],
  );
  expect([created.code, created.stderr]).toEqual([0, '']);
  const { id } = JSON.parse(created.stdout) as { id: string };
  const again = await dawsos('portfolios', 'create', '--name', 'Mine', '--currency', 'CAD', '--as', carol);
  expect([again.code, again.stderr]).toEqual([2, expect.stringContaining(id)]);

  const ledger = file(
    'mine.beancount',
    '2012-01-01 open Assets:Cash USD,CAD',
    '2012-01-01 open Assets:Shares',
    '2012-01-01 open Equity:Contributions',
    '2012-01-03 * "in"',
    '  Assets:Cash  10000.00 USD',
    '  Equity:Contributions',
    '2012-01-03 * "buy"',
    '  Assets:Shares  10 AAPL {411.23 USD}',
    '  Assets:Cash',
  );
  const imported = await dawsos('ledger', 'import', ledger, '--portfolio', id, '--as', carol);
  expect([imported.code, imported.stderr]).toEqual([0, '']);
  const { stdout: listed } = await dawsos('portfolios');
  expect(listed).toMatch(/Mine +CAD +SP500 +sha256:/);
  expect(listed).toContain(id);

  const review = await dawsos('run', 'performance_review', '--json');
  expect([review.code, review.stderr]).toEqual([0, expect.anything()]);
  const { data } = JSON.parse(review.stdout) as {
    data: Record<string, { value: number | null; reasons: Record<string, string> }>;
  };
  const { time_weighted, contribution, factors } = data;
  expect(contribution?.value).toBeCloseTo(time_weighted?.value ?? Number.NaN, 10);
  // Fourteen months are too few for a regression on three factors, and are said to be.
  expect(factors?.reasons).toMatchObject({ alpha: 'TOO_FEW_OBSERVATIONS' });
});

it('lists all portfolios, also more than a page of the API holds', async () => {
  const owner = createPool(stack.ownerUrl);
  await withUser(owner, carol, (tx) =>
    tx.query(
      `insert into portfolios (user_id, id, name, base_currency)
       select $1, gen_random_uuid(), 'Many ' || n, 'CAD' from generate_series(1, 120) n`,
      [carol],
    ),
  );
  await owner.end();
  const { stdout } = await dawsos('portfolios');
  expect(stdout.match(/^ *Many \d+ /gm)).toHaveLength(120);
});
