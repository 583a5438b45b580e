/** tax_harvesting_opportunities and portfolio_tax_report over HTTP: the demo, and an own ledger read in by the command line. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import demo from '../../demo/demo.json';
import type { Catalogue, ResultOf } from '../../src/capabilities';
import type { ExecuteResponse } from '../../src/contract/execution';
import { chartSvg } from '../../src/export/chart-svg';
import { Decimal } from '../../src/services/decimal';
import { runCli } from '../support/cli';
import { type Stack, startStack } from '../support/stack';

const [alice] = demo.portfolios as [(typeof demo.portfolios)[number]];
const carol = 'ca201000-0000-4000-8000-000000000003';

interface Owner {
  user_id: string;
  id: string;
}

let stack: Stack;
let folder: string;
let own: Owner;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'dawsos-tax-'));
  stack = await startStack('shipped');
  own = { user_id: carol, id: await importOwn() };
});
afterAll(async () => {
  await stack.close();
  rmSync(folder, { recursive: true });
});

/** In US dollars, so no rate comes in. */
const ledger = `2012-01-01 open Assets:Cash
2012-01-01 open Assets:Shares "FIFO"
2012-01-01 open Equity:Contributions
2012-01-01 open Income:Gains
2012-01-01 open Expenses:Fees
2012-01-03 * "in"
  Assets:Cash  50000 USD
  Equity:Contributions
2012-03-01 * "buy"
  Assets:Shares  100 MSFT {32 USD}
  Assets:Cash
2012-04-02 * "buy more, dearer"
  Assets:Shares  100 MSFT {33 USD}
  Assets:Cash
2012-07-02 * "sell at a loss"
  Assets:Shares  -100 MSFT {} @ 30 USD
  Expenses:Fees  10 USD
  Assets:Cash  2990 USD
  Income:Gains
2012-07-12 * "buy back"
  Assets:Shares  50 MSFT {29 USD}
  Assets:Cash
2012-10-01 * "buy"
  Assets:Shares  20 AAPL {600 USD}
  Assets:Cash
2012-12-20 * "buy more, cheaper"
  Assets:Shares  5 AAPL {520 USD}
  Assets:Cash
`;

async function importOwn(): Promise<string> {
  const env = {
    DATABASE_OWNER_URL: stack.ownerUrl,
    DAWSOS_URL: stack.url,
    DAWSOS_TOKEN: await stack.tokenFor(carol),
    DATA_DIR: folder,
  };
  const created = await runCli(
    [
      ...['portfolios', 'create', '--name', 'Taxed', '--currency', 'USD', '--as', carol],
      ...['--email', 'carol@demo.example', '--json'],
    ],
    { env },
  );
  expect([created.code, created.stderr]).toEqual([0, '']);
  const { id } = JSON.parse(created.stdout) as { id: string };
  const file = path.join(folder, 'taxed.beancount');
  writeFileSync(file, ledger);
  const imported = await runCli(['ledger', 'import', file, '--portfolio', id, '--as', carol], { env });
  expect([imported.code, imported.stderr]).toEqual([0, '']);
  return id;
}

async function run<Data>(pattern_id: string, owner: Owner, asof_date: string, inputs: object) {
  const { status, body } = await stack.call('/v1/execute', {
    as: owner.user_id,
    headers: { Prefer: 'wait=60' },
    body: { pattern_id, asof_date, portfolio_id: owner.id, inputs },
  });
  expect([status, body['detail'] ?? null]).toEqual([200, null]);
  const response = body as unknown as ExecuteResponse & { data: Data };
  // Every panel is something that a client can draw.
  for (const chart of response.charts)
    expect([chart.panel_id, 'spec' in chart || 'table' in chart]).toEqual([chart.panel_id, true]);
  return response;
}

interface Harvest {
  ranked: ResultOf<Catalogue['tax.rank_opportunities']>;
  losses: ResultOf<Catalogue['tax.identify_losses']>;
  wash_sale_check: ResultOf<Catalogue['tax.wash_sale_check']>;
  unrealized: ResultOf<Catalogue['metrics.unrealized_pl']>;
}
interface Report {
  summary: ResultOf<Catalogue['tax.summary']>;
  realized_gains: ResultOf<Catalogue['tax.realized_gains']>;
  wash_sales: ResultOf<Catalogue['tax.wash_sales']> | null;
  lot_details: ResultOf<Catalogue['tax.lot_details']>;
}
const harvest = (owner: Owner, day: string, inputs: object = {}) =>
  run<Harvest>('tax_harvesting_opportunities', owner, day, inputs);
const report = (owner: Owner, inputs: object) =>
  run<Report>('portfolio_tax_report', owner, '2013-02-28', inputs);
const add = (amounts: readonly (string | null)[]): string =>
  amounts.reduce((sum, amount) => sum.plus(amount ?? NaN), new Decimal(0)).toFixed();

/**
 * The demo on 2008-11-28: MSFT at 20.22 USD, IBM at 81.60, AAPL at 92.67; CAD per USD 1.2394908462, on 2007-01-04 1.1742713261,
 * on 2007-07-16 1.0463…, on 2008-01-23 1.0283381364, on 2008-10-15 1.1620550459. 80 AAPL were bought on 2008-11-20.
 */
describe('tax_harvesting_opportunities on the demo in the autumn of 2008', () => {
  const day = '2008-11-28';
  const rates = { tax_rate: 0.32, long_term_tax_rate: 0.15 };

  it('puts off 0.15 of the old and 0.32 of the young losses, and leaves out what was bought a week ago', async () => {
    const { data, charts } = await harvest(alice, day, rates);
    const { ranked, losses, wash_sale_check } = data;
    expect(losses.candidates.map(({ symbol, loss_base }) => [symbol, loss_base])).toEqual([
      ['AAPL', '1688.9654751647'],
      ['IBM', '2109.7323577467'],
      ['MSFT', '3236.6894818834'],
    ]);
    const [microsoft, ibm] = ranked.opportunities;
    expect(microsoft).toMatchObject({
      ...{ rank: 1, symbol: 'MSFT', quantity: '500', disallowed_base: '0', allowed_base: '3236.6894818834' },
      ...{ short_term_allowed_base: '253.932485726', long_term_allowed_base: '2982.7569961574' },
      ...{ clean_sale_on: day, repurchase_clean_on: '2008-12-29' },
    });
    expect(Number(microsoft?.tax_deferred_base)).toBeCloseTo(
      0.32 * 253.932485726 + 0.15 * 2982.7569961574,
      8,
    );
    expect(Number(microsoft?.later_tax_base)).toBeCloseTo(0.15 * 3236.6894818834, 8);
    expect(Number(microsoft?.lasting_benefit_base)).toBeCloseTo(0.17 * 253.932485726, 8);
    expect(ibm).toMatchObject({ rank: 2, symbol: 'IBM', lasting_benefit_base: '0' });
    expect(Number(ibm?.tax_deferred_base)).toBeCloseTo(0.15 * 2109.7323577467, 8);
    expect(ranked.excluded).toMatchObject([
      {
        symbol: 'AAPL',
        reason: 'WASH_SALE',
        disallowed_base: '1688.9654751647',
        clean_sale_on: '2008-12-21',
      },
    ]);
    const apple = wash_sale_check.securities.find(({ symbol }) => symbol === 'AAPL');
    expect(apple?.recent_purchases).toEqual([{ bought_on: '2008-11-20', shares: '80' }]);
    const chart = charts.find(({ panel_id }) => panel_id === 'losses')?.spec as Record<string, unknown>;
    expect(chart).toMatchObject({ title: { text: 'Losses that could be taken as of 2008-11-28' } });
    const drawn = await chartSvg(chart);
    for (const text of ['MSFT', 'IBM', 'AAPL', 'left out', 'Loss in CAD']) expect(drawn).toContain(text);
  });

  it('adds up: lots to securities to totals, opportunities to theirs', async () => {
    const { data } = await harvest(alice, day, rates);
    const { unrealized, ranked } = data;
    for (const field of ['cost_base', 'value_base', 'gain_base'] as const) {
      expect(add(unrealized.lots.map((lot) => lot[field]))).toBe(unrealized.totals[field]);
      expect(add(unrealized.securities.map((row) => row[field]))).toBe(unrealized.totals[field]);
    }
    const { gain_base, short_term_gain_base, long_term_gain_base } = unrealized.totals;
    expect(add([short_term_gain_base, long_term_gain_base])).toBe(gain_base);
    for (const field of ['loss_base', 'allowed_base', 'tax_deferred_base'] as const)
      expect(add(ranked.opportunities.map((row) => row[field]))).toBe(ranked.totals[field]);
  });

  it('has no opportunity in a loss that is disallowed whole, whatever is to be avoided', async () => {
    const { data } = await harvest(alice, day, { ...rates, avoid_wash_sales: false });
    expect(data.ranked.excluded).toMatchObject([{ symbol: 'AAPL', reason: 'ALL_DISALLOWED' }]);
  });

  it('takes larger losses alone where asked, and one rate where one is given', async () => {
    const { data } = await harvest(alice, day, { min_loss_threshold: '3000' });
    const { opportunities } = data.ranked;
    expect(opportunities.map(({ symbol }) => symbol)).toEqual(['MSFT']);
    expect(Number(opportunities[0]?.tax_deferred_base)).toBeCloseTo(0.32 * 3236.6894818834, 8);
    expect(data.losses.below_threshold.map(({ symbol }) => symbol)).toEqual(['AAPL', 'IBM']);
  });

  it('has nothing to take on the demo’s last day, and says so', async () => {
    const { data } = await harvest(alice, '2013-02-28');
    expect(data.ranked).toMatchObject({
      opportunities: [],
      excluded: [],
      totals: { tax_deferred_base: '0' },
    });
    // 40 AAPL bought a month ago, and what is left of the first 300 MSFT: 50 × (29.81 × 1.17427… − 27.80 × 1.02528…).
    expect(data.losses.below_threshold.map(({ symbol, loss_base }) => [symbol, loss_base])).toEqual([
      ['AAPL', '48.6523544896'],
      ['MSFT', '325.1017428948'],
    ]);
  });
});

/** AAPL at 532.1729 USD on 2012-12-31: 20 bought at 600 lost 1356.542, 5 bought at 520 on 2012-12-20 gained. */
describe('tax_harvesting_opportunities on an own ledger', () => {
  const day = '2012-12-31';

  it('leaves out a tainted loss, or counts what is left of it: 5 of 20 shares are disallowed', async () => {
    const avoided = (await harvest(own, day)).data.ranked;
    expect(avoided.opportunities).toEqual([]);
    expect(avoided.excluded).toMatchObject([
      { symbol: 'AAPL', reason: 'WASH_SALE', clean_sale_on: '2013-01-20' },
    ]);
    const taken = (await harvest(own, day, { avoid_wash_sales: false })).data.ranked;
    expect(taken.excluded).toEqual([]);
    expect(taken.opportunities).toMatchObject([
      {
        ...{ symbol: 'AAPL', loss_base: '1356.542', disallowed_base: '339.1355', allowed_base: '1017.4065' },
        ...{ tax_deferred_base: '325.57008', later_tax_base: '325.57008', basis_reduction_base: '1017.4065' },
      },
    ]);
  });
});

describe('portfolio_tax_report on an own ledger', () => {
  it('disallows 100 of 200 as booked, and carries them to the shares that were bought back', async () => {
    const { data } = await report(own, { tax_year: 2012 });
    const { realized_gains, wash_sales, lot_details, summary } = data;
    expect(realized_gains.totals).toMatchObject({ sales: 1, gain_base: '-200', fee_base: '10' });
    expect(wash_sales).toMatchObject({
      total_disallowed_base: '100',
      wash_sales: [{ symbol: 'MSFT', matched_quantity: '50', replacements: [{ bought_on: '2012-07-12' }] }],
    });
    expect(
      lot_details.lots.map(({ symbol, quantity, cost_base, wash_added_base }) => [
        ...[symbol, quantity, cost_base, wash_added_base],
      ]),
    ).toEqual([
      ['MSFT', '100', '3300', '0'],
      ['MSFT', '50', '1450', '100'],
      ['AAPL', '20', '12000', '0'],
      ['AAPL', '5', '2600', '0'],
    ]);
    expect(summary.by_term[2]).toMatchObject({
      gain_base: '-200',
      disallowed_base: '100',
      net_gain_base: '-100',
    });
    expect(summary.net_after_fees_base).toBe('-110');
    expect(
      summary.by_method.map(({ method, gain_base, difference_base }) => [method, gain_base, difference_base]),
    ).toEqual([
      ['as_booked', '-200', '0'],
      ['fifo', '-200', '0'],
      ['lifo', '-300', '-100'],
      ['hifo', '-300', '-100'],
    ]);
  });

  it('sells the dearer lot under HIFO, and disallows half of that loss', async () => {
    const { data } = await report(own, { tax_year: 2012, lot_selection_method: 'hifo' });
    expect(data.realized_gains.lots).toMatchObject([
      { acquired_on: '2012-04-02', quantity: '100', cost_base: '3300', gain_base: '-300' },
    ]);
    expect(data.wash_sales).toMatchObject({ total_disallowed_base: '150', lot_selection_method: 'hifo' });
    expect(data.lot_details.lots[0]).toMatchObject({ acquired_on: '2012-03-01', cost_base: '3200' });
    expect(data.summary.by_term[2]).toMatchObject({ net_gain_base: '-150' });
  });

  it('looks for no wash sales where none are wanted', async () => {
    const response = await stack.call('/v1/execute', {
      as: carol,
      headers: { Prefer: 'wait=60' },
      body: {
        pattern_id: 'portfolio_tax_report',
        portfolio_id: own.id,
        inputs: { tax_year: 2012, include_wash_sales: false },
      },
    });
    const { data } = response.body as unknown as { data: Report };
    expect([data.wash_sales, data.summary.by_term[2]?.net_gain_base]).toEqual([null, null]);
    expect(data.summary.by_term[2]?.reasons).toMatchObject({ net_gain_base: 'NOT_ASKED' });
  });
});

it.each([
  ['portfolio_tax_report', { tax_year: 2012, lot_selection_method: 'lofo' }, 'lot_selection_method'],
  ['tax_harvesting_opportunities', { min_loss_threshold: '-1' }, 'min_loss_threshold'],
  ['tax_harvesting_opportunities', { tax_rate: 32 }, 'tax_rate'],
])('%s refuses %j before anything runs', async (pattern_id, inputs, named) => {
  const body = { pattern_id, portfolio_id: own.id, inputs };
  const { status, text } = await stack.call('/v1/execute', { as: carol, body });
  expect(status).toBe(400);
  expect(text).toContain(named);
});

it('portfolio_tax_report on the demo: FIFO would have gained 1660.98 CAD less in 2012', async () => {
  const { data, trace } = await report(alice, { tax_year: 2012, lot_selection_method: 'fifo' });
  expect(data.realized_gains.totals.gain_base).toBe('27369.1595270563');
  expect(data.summary.by_method.map(({ method, difference_base }) => [method, difference_base])).toEqual([
    ['as_booked', '0'],
    ['fifo', '-1660.9813556541'],
    ['lifo', '0'],
    ['hifo', expect.stringMatching(/^-/)],
  ]);
  expect(trace.steps.map(({ path: step }) => step)).toEqual([
    ...['realized_gains', 'wash_sales', 'lot_details', 'summary'],
  ]);
});
