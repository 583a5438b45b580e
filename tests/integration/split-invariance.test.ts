/**
 * Two portfolios that differ by a split only, one share halved in price and doubled in number: through ledger import, packs
 * and every measure of the analyst they come out the same.
 */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import demo from '../../demo/demo.json';
import type { CapabilityName } from '../../src/capabilities';
import { seedDemo } from '../../src/db/seed';
import { Decimal } from '../../src/services/decimal';
import { alice, type Analyst, startAnalyst } from '../support/ask-analyst';
import { emptyDatabase } from '../support/database';

const root = path.join(__dirname, '../..');
const exDate = '2012-09-04';
const [plain, halved] = [
  'a11ce000-0000-4000-8000-0000000000b1',
  'a11ce000-0000-4000-8000-0000000000b2',
] as const;

let analyst: Analyst;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'dawsos-split-'));
  cpSync(path.join(root, 'demo'), folder, { recursive: true });
  writeDemo();
  const database = await emptyDatabase();
  const env = { ...process.env, DATABASE_OWNER_URL: database.ownerUrl, DATABASE_URL: database.appUrl };
  await promisify(execFile)(process.execPath, ['--require', 'tsx/cjs', 'src/cli/migrate.ts'], {
    cwd: root,
    env,
  });
  await seedDemo({ ownerUrl: database.ownerUrl, log: () => undefined, dir: folder });
  analyst = await startAnalyst(database);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await analyst.close();
});

/** The last year of the demo, with Apple's prices twice: PLAIN as they are, HALVED from the ex-date on by half. */
function writeDemo(): void {
  const edit = (file: string, change: (lines: string[]) => string[]): void => {
    const at = path.join(folder, file);
    const [header = '', ...lines] = readFileSync(at, 'utf8').trimEnd().split('\n');
    writeFileSync(at, [header, ...change(lines), ''].join('\n'));
  };
  const since = (lines: string[], column: number): string[] =>
    lines.filter((line) => (line.split(',')[column] ?? '') >= '2012-02-01');
  const half = (price: string): string => new Decimal(price).div(2).toFixed();
  edit('data/stocks_wiki_2007_2013.csv', (lines) =>
    since(lines, 1)
      .filter((line) => line.startsWith('AAPL'))
      .flatMap((line) => {
        const [, date = '', close = ''] = line.split(',');
        return [`PLAIN,${date},${close},0`, `HALVED,${date},${date < exDate ? close : half(close)},0`];
      }),
  );
  edit('data/ecb_fx_2007_2013.csv', (lines) => since(lines, 0));
  edit('data/sp500_index_2007_2013.csv', (lines) => since(lines, 0));
  edit('data/dividends.csv', () => [
    'PLAIN,2012-11-07,2012-11-15,2.65,USD',
    'HALVED,2012-11-07,2012-11-15,1.325,USD',
  ]);
  const security = {
    name: 'A share',
    asset_class: 'equity',
    currency: 'USD',
    sector: 'Information Technology',
  };
  const of = { user_id: alice.user_id, base_currency: 'CAD', benchmark_id: 'SP500' };
  const securities = [
    ...demo.securities.filter(({ asset_class }) => asset_class === 'index'),
    { ...security, id: '5ec00000-0000-4000-8000-000000000b01', symbol: 'PLAIN' },
    { ...security, id: '5ec00000-0000-4000-8000-000000000b02', symbol: 'HALVED' },
  ];
  const portfolios = [
    { ...of, id: plain, name: 'Plain', ledger: 'plain.beancount' },
    { ...of, id: halved, name: 'Halved', ledger: 'halved.beancount' },
  ];
  writeFileSync(path.join(folder, 'demo.json'), JSON.stringify({ ...demo, securities, portfolios }));
  writeFileSync(path.join(folder, 'plain.beancount'), ledgerOf('PLAIN', 1));
  writeFileSync(path.join(folder, 'halved.beancount'), ledgerOf('HALVED', 2));
}

/** `n` new shares for one old; 1: no split. Two lots, one of them sold in part before and after, a dividend with tax. */
function ledgerOf(symbol: string, n: number): string {
  const per = (price: string): string => new Decimal(price).div(n).toFixed();
  const split = `
${exDate} * "Split"
  Assets:Shares  -8 ${symbol} {480.00 USD, 2012-02-10}
  Assets:Shares  ${String(8 * n)} ${symbol} {${per('480.00')} USD, 2012-02-10}
  Assets:Shares  -6 ${symbol} {610.00 USD, 2012-07-02}
  Assets:Shares  ${String(6 * n)} ${symbol} {${per('610.00')} USD, 2012-07-02}
`;
  return `2012-02-01 open Assets:Cash
2012-02-01 open Assets:Shares "FIFO"
2012-02-01 open Equity:Contributions
2012-02-01 open Income:Gains
2012-02-01 open Income:Dividends:${symbol}
2012-02-01 open Expenses:Fees
2012-02-01 open Expenses:Taxes
2012-02-03 * "in"
  Assets:Cash  12000.00 USD
  Equity:Contributions
2012-02-10 * "buy"
  Assets:Shares  12 ${symbol} {480.00 USD}
  Expenses:Fees  9.95 USD
  Assets:Cash
2012-05-01 * "sell before"
  Assets:Shares  -4 ${symbol} {} @ 582.00 USD
  Assets:Cash  2328.00 USD
  Income:Gains
2012-07-02 * "buy more"
  Assets:Shares  6 ${symbol} {610.00 USD}
  Assets:Cash
${n === 1 ? '' : split}
2012-11-15 * "dividend"
  Assets:Cash  31.53 USD
  Expenses:Taxes  5.57 USD
  Income:Dividends:${symbol}
2012-12-03 * "in again"
  Assets:Cash  500.00 USD
  Equity:Contributions
2013-01-15 * "sell after"
  Assets:Shares  -${String(10 * n)} ${symbol} {} @ ${per('485.92')} USD
  Expenses:Fees  9.95 USD
  Assets:Cash  4849.25 USD
  Income:Gains
`;
}

async function both<N extends CapabilityName>(name: N, args: object = {}, day = '2013-02-28') {
  const ask = (portfolio_id: string) =>
    analyst.ask(name, args, { day, owner: { user_id: alice.user_id, portfolio_id } });
  return { plain: await ask(plain), halved: await ask(halved) };
}

it('values every day the same', async () => {
  const nav = await both('portfolio.historical_nav');
  expect(nav.halved.points.length).toBeGreaterThan(250);
  expect(nav.halved).toEqual(nav.plain);
});

it.each([
  'metrics.compute_twr',
  'metrics.compute_mwr',
  'metrics.compute_risk',
  'metrics.compute_benchmark',
] as const)('%s is the same', async (name) => {
  const measure = await both(name);
  expect(measure.halved).toEqual(measure.plain);
});

it.each([{}, { lookback_days: 120 }, { from: '2012-09-03' }])(
  'the nine lines of %j are the same, and leave nothing',
  async (args) => {
    const statement = await both('portfolio.performance_statement', args);
    const amounts = ({ lines, residual }: typeof statement.plain) => [
      residual,
      ...Object.entries(lines).map(([line, { amount }]) => [line, amount]),
    ];
    expect(amounts(statement.halved)).toEqual(amounts(statement.plain));
    expect(statement.halved.residual).toBe('0');
  },
);

it('gains the same by each sale, on lots as old as they were', async () => {
  const gains = await both('portfolio.realised_gains', { long_term_days: 200 });
  // The new lot's cost is rounded on its own: a unit of the tenth place may fall to another sale.
  const rounded = ({ total, by_year }: typeof gains.plain) =>
    [total, ...by_year].map((row) =>
      Object.entries(row).map(([field, value]) => [
        field,
        typeof value === 'string' ? new Decimal(value).toFixed(8) : value,
      ]),
    );
  expect(rounded(gains.halved)).toEqual(rounded(gains.plain));
  expect(gains.plain.total).toMatchObject({ sales: 2, reasons: {} });
  const sales = await both('ledger.transactions', { types: ['SELL'] });
  const days = ({ transactions }: typeof sales.plain) =>
    transactions.flatMap(({ realised }) => realised?.lots.map((lot) => [lot.acquired_on, lot.holding_days]));
  expect(days(sales.halved)).toEqual(days(sales.plain));
});

it('holds twice the shares, at the same cost and value', async () => {
  const held = await both('ledger.positions');
  const share = ({ positions }: typeof held.plain) => positions[0];
  expect([share(held.plain)?.quantity, share(held.halved)?.quantity]).toEqual(['4', '8']);
  for (const cost of ['cost_local', 'cost_base'] as const)
    expect(Number(share(held.halved)?.[cost])).toBeCloseTo(Number(share(held.plain)?.[cost]), 8);
});

it('tells the split with its cost, and the dividend by the shares there were on its ex-date', async () => {
  const actions = await both('portfolio.corporate_actions');
  expect(actions.plain.splits).toEqual([]);
  expect(actions.halved.splits).toMatchObject([
    {
      ...{ ex_date: exDate, ratio: '2', quantity_before: '14', quantity_after: '28', status: 'not_declared' },
      ...{ cost_before: '7500', cost_after: '7500' },
    },
  ]);
  expect(actions.halved.totals).toEqual(actions.plain.totals);
  const entitled = [actions.plain, actions.halved].map(({ dividends: [paid] }) => [
    paid?.shares_entitled,
    paid?.expected_gross_local,
    paid?.withholding_local,
    paid?.status,
  ]);
  expect(entitled).toEqual([
    ['14', '37.1', '5.57', 'matched'],
    ['28', '37.1', '5.57', 'matched'],
  ]);
});

describe('once the split is declared', () => {
  beforeAll(async () => {
    const owner = new Client({ connectionString: analyst.database.ownerUrl });
    await owner.connect();
    await owner.query(`alter table pack_actions disable trigger user;
      insert into pack_actions (pack_id, security_id, type, ex_date, ratio)
      select 'PP_2012-08-31', id, 'split', '${exDate}', 2 from securities where symbol = 'HALVED';
      alter table pack_actions enable trigger user`);
    await owner.end();
  });

  it('a benchmark does not fall by it', async () => {
    const against = (benchmark: string) => analyst.ask('metrics.compute_benchmark', { benchmark }, of(plain));
    const [{ benchmark: _plain, ...whole }, { benchmark: _halved, ...half }] = [
      await against('PLAIN'),
      await against('HALVED'),
    ];
    expect(half).toEqual(whole);
    expect(whole.benchmark_return).toBeGreaterThan(-0.1);
  });

  it('a position carries the same risk', async () => {
    const risk = async (portfolio_id: string, security_id: string) =>
      (await analyst.ask('portfolio.position_performance', { security_id }, of(portfolio_id))).risk;
    const whole = await risk(plain, '5ec00000-0000-4000-8000-000000000b01');
    const half = await risk(halved, '5ec00000-0000-4000-8000-000000000b02');
    expect(half.component_value_at_risk).toBeCloseTo(whole.component_value_at_risk as number, 12);
  });
});

function of(portfolio_id: string) {
  return { owner: { user_id: alice.user_id, portfolio_id } };
}
