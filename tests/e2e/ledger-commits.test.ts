/** Two states of a ledger, imported and compared on the command line and over HTTP, each user for themselves. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import demo from '../../demo/demo.json';
import type { LedgerCommit, LedgerComparison } from '../../src/contract/ledger-commits';
import { type CliResult, runCli } from '../support/cli';
import { type Answer, type Stack, startStack } from '../support/stack';

const [alice, bob] = demo.users.map(({ id }) => id) as [string, string];
const [ofAlice] = demo.portfolios.map(({ id }) => id) as [string];
const text = readFileSync(path.join(__dirname, '../../demo/ledger.beancount'), 'utf8');
let stack: Stack;
let folder: string;
let hashes: string[];

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'dawsos-ledger-'));
  stack = await startStack('shipped', { worker: false });
  // Inserted above everything: every line moves. One purchase costs more, one dividend is gone, one share is new.
  const changed = `; a remark more\n${text}`
    .replace(/2007-03-10 \* "IBM"[^]*?\n\n/, '')
    .replace(
      '  Assets:Shares:MSFT               300 MSFT {29.81 USD, 2007-01-04}\n  Expenses:Fees                   9.95 USD\n  Assets:Cash:USD             -8952.95 USD',
      '  Assets:Shares:MSFT               300 MSFT {29.91 USD, 2007-01-04}\n  Expenses:Fees                   9.95 USD\n  Assets:Cash:USD             -8982.95 USD',
    )
    .replaceAll('50 MSFT {29.81 USD', '50 MSFT {29.91 USD')
    .replaceAll('{29.81 USD, 2007-01-04}', '{29.91 USD, 2007-01-04}')
    .replaceAll(/^.*balance Assets:.*\n/gm, '')
    .concat('\n2013-02-28 * "Buy 1 AAPL"\n  Assets:Shares:AAPL 1 AAPL {441.40 USD}\n  Assets:Cash:USD\n');
  writeFileSync(path.join(folder, 'l.beancount'), changed);
  const told = await dawsos(
    'ledger',
    'import',
    path.join(folder, 'l.beancount'),
    '--portfolio',
    ofAlice,
    '--json',
  );
  expect([told.code, told.stderr]).toEqual([0, '']);
  hashes = (await commits()).map(({ ledger_commit_hash }) => ledger_commit_hash);
});
afterAll(async () => {
  await stack.close();
  rmSync(folder, { recursive: true });
});

const dawsos = async (...args: string[]): Promise<CliResult> =>
  runCli(args, {
    env: {
      DATABASE_OWNER_URL: stack.ownerUrl,
      DAWSOS_URL: stack.url,
      DAWSOS_TOKEN: await stack.tokenFor(alice),
      DATA_DIR: folder,
    },
  });
const route = (rest = ''): string => `/v1/portfolios/${ofAlice}/ledger-commits${rest}`;
const ask = (rest = '', as = alice): Promise<Answer> => stack.call(route(rest), { as });
const commits = async (): Promise<LedgerCommit[]> => (await ask()).body['ledger_commits'] as LedgerCommit[];
const compared = async (from: string, to: string): Promise<LedgerComparison> =>
  (await ask(`/compare?from=${from}&to=${to}`)).body as unknown as LedgerComparison;

it('lists the states, the current one first, in pages', async () => {
  const list = await commits();
  expect(list.map(({ is_current, first_date, lots }) => [is_current, first_date, lots])).toEqual([
    [true, '2007-01-03', (list[1]?.lots ?? 0) + 1],
    [false, '2007-01-03', list[1]?.lots],
  ]);
  const page = await ask('?limit=1');
  const next = await ask(`?limit=1&cursor=${String(page.body['next_cursor'])}`);
  expect(
    [page, next].map(({ body }) => (body['ledger_commits'] as LedgerCommit[])[0]?.ledger_commit_hash),
  ).toEqual(hashes);
  expect(next.body['next_cursor']).toBeNull();
});

it('tells what differs: rows, quantities, cash, and since when; a row on another line is the same', async () => {
  const [to = '', from = ''] = hashes;
  const told = await compared(from, to);
  expect(told).toMatchObject({ portfolio_id: ofAlice, from, to, equal: false, first_date: '2007-01-04' });
  expect(told.commodities).toEqual([
    expect.objectContaining({ commodity: 'AAPL', kind: 'quantity', change: '1', first_date: '2013-02-28' }),
    // 30.00 more for the purchase, 30.00 less in dividends, 441.40 for the new share.
    expect.objectContaining({ commodity: 'USD', kind: 'cash', change: '-501.4', first_date: '2007-01-04' }),
  ]);
  expect(told.lots.counts).toMatchObject({ added: 1, removed: 0, changed: 1 });
  expect(
    told.lots.changed.map(({ from: a, to: b }) => [a.lot_id, a.unit_cost_local, b.unit_cost_local]),
  ).toEqual([['MSFT_2007-01-04_1', '29.81', '29.91']]);
  expect(told.transactions.removed).toMatchObject([{ type: 'DIVIDEND', symbol: 'IBM', date: '2007-03-10' }]);
  expect(told.transactions.added).toMatchObject([{ type: 'BUY', symbol: 'AAPL', amount: '-441.4' }]);
  expect(told.transactions.changed).toMatchObject([{ from: { amount: '-8943' }, to: { amount: '-8973' } }]);
  expect(told.transactions.counts.unchanged).toBeGreaterThan(80);
});

it('mirrors itself, and finds nothing between a state and itself', async () => {
  const [to = '', from = ''] = hashes;
  const [there, back] = [await compared(from, to), await compared(to, from)];
  expect(back.lots.removed).toEqual(there.lots.added);
  expect(back.transactions.added).toEqual(there.transactions.removed);
  expect(back.commodities.map(({ change }) => change)).toEqual(['-1', '501.4']);
  expect(await compared(from, from)).toMatchObject({ equal: true, first_date: null, commodities: [] });
});

it('says the same on the command line, by the first digits of the hashes', async () => {
  const [to = '', from = ''] = hashes;
  const brief = (hash: string): string => hash.slice('sha256:'.length, 'sha256:'.length + 8);
  const list = await dawsos('ledger', 'commits', '--portfolio', ofAlice);
  expect(list.stdout).toMatch(new RegExp(`${to} .* current\\n${from}`));
  const { code, stdout } = await dawsos('ledger', 'compare', brief(from), brief(to), '--portfolio', ofAlice);
  expect(code).toBe(1);
  expect(stdout).toContain(`${from}\n→ ${to}\n`);
  expect(stdout).toContain('They differ from 2007-01-04 on.');
  expect(stdout).toMatch(/USD +43296\.63 +42795\.23 +-501\.4 +2007-01-04/);
  expect(stdout).toContain('- 2007-03-10  DIVIDEND IBM  30 USD');
  expect(stdout).toContain('+ 2013-02-28  1 AAPL at 441.4 USD, 1 left');
  const same = await dawsos('ledger', 'compare', from, from, '--portfolio', ofAlice);
  expect([same.code, same.stdout]).toEqual([0, expect.stringContaining('The two say the same.')]);
});

it('shows nothing of it to another user, and says what is wrong with a request', async () => {
  const [to = '', from = ''] = hashes;
  const refused = [
    await ask('', bob),
    await ask(`/compare?from=${from}&to=${to}`, bob),
    await ask(`/compare?from=${from}&to=000000`),
    await ask(`/compare?from=${from}`),
    await ask(`/compare?from=HEAD&to=${to}`),
    await stack.call('/v1/portfolios/mine/ledger-commits', { as: alice }),
  ];
  expect(refused.map(({ status, body }) => [status, body['code']])).toEqual([
    [404, 'PORTFOLIO_NOT_FOUND'],
    [404, 'PORTFOLIO_NOT_FOUND'],
    [404, 'LEDGER_COMMIT_NOT_FOUND'],
    [400, 'REQUEST_INVALID'],
    [400, 'REQUEST_INVALID'],
    [404, 'PORTFOLIO_NOT_FOUND'],
  ]);
  const unknown = await dawsos('ledger', 'compare', 'abcdef01', from, '--portfolio', ofAlice);
  expect([unknown.code, unknown.stderr]).toEqual([
    5,
    expect.stringContaining('has no ledger commit "abcdef01"'),
  ]);
  const nonsense = await dawsos('ledger', 'compare', from, 'HEAD', '--portfolio', ofAlice);
  expect([nonsense.code, nonsense.stderr]).toEqual([
    2,
    expect.stringContaining('at TO: must be the later state: a ledger commit'),
  ]);
  expect(nonsense.stderr).not.toContain('/query');
});
