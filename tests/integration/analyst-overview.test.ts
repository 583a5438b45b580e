/** What the analyst shows and refuses, on the demo: value over time, ratings, charts, and whose history is loaded. */
import { Client } from 'pg';
import { portfolioHistories } from '../../activities/portfolio-history';
import { alice, type Analyst, bob, contextOf, startAnalyst } from '../support/ask-analyst';

let analyst: Analyst;
beforeAll(async () => {
  analyst = await startAnalyst();
});
afterAll(() => analyst.close());

it('draws the value since inception without a day before the first', async () => {
  const nav = await analyst.ask('portfolio.historical_nav');
  expect(nav.points[0]).toEqual({
    date: '2007-01-03',
    value: expect.any(String) as string,
    external_flow: '60000',
  });
  expect(nav.points).toHaveLength(1550);
  expect(nav.points.at(-1)).toMatchObject({ date: '2013-02-28', value: '251642.552468581' });
  expect(nav.chart).toMatchObject({ title: { text: 'Value over time, 2007-01-02 to 2013-02-28' } });
});

it('draws the overview', async () => {
  const { positions } = await analyst.ask('ledger.positions');
  const valued = await analyst.ask('pricing.apply_pack', { positions });
  const charts = await analyst.ask('charts.overview', {
    positions: valued.positions,
    metrics: await analyst.ask('metrics.compute_twr'),
    currency_attr: await analyst.ask('metrics.currency_attribution'),
  });
  expect(charts.allocation).toMatchObject({ title: { text: 'Allocation, as of 2013-02-28' } });
});

it('loads a history once for calls that ask at the same time', async () => {
  const histories = portfolioHistories(analyst.pool);
  const ctx = await contextOf(analyst.pool, alice, '2013-02-28');
  const args = { portfolio_id: alice.portfolio_id, pack_id: 'PP_2013-02-28' };
  const call = { ctx, effect_key: null, attempt: 1, signal: new AbortController().signal };
  const query = jest.spyOn(Client.prototype, 'query');
  const loads = (): number =>
    query.mock.calls.filter(([text]) => /select date from history/.test(String(text))).length;
  await Promise.all([histories(args, call), histories({ ...args, lookback_days: 20 }, call)]);
  expect(loads()).toBe(1);
  await histories(args, call);
  expect(loads()).toBe(2);
  query.mockRestore();
});

it.each([
  [
    'a portfolio of somebody else',
    { args: { portfolio_id: bob.portfolio_id }, ctx: { portfolio_id: bob.portfolio_id } },
    'PORTFOLIO_NOT_FOUND',
  ],
  ['an unknown pack', { args: { pack_id: 'PP_1999-01-01' }, ctx: {} }, 'PACK_NOT_FOUND'],
  ['a portfolio without a ledger', { args: {}, ctx: { ledger_commit_hash: null } }, 'DATA_MISSING'],
  [
    'another portfolio than the request’s',
    { args: { portfolio_id: bob.portfolio_id }, ctx: {} },
    'DATA_MISSING',
  ],
])('refuses %s', async (_what, { args, ctx }, code) => {
  await expect(analyst.ask('metrics.compute_twr', args, { owner: alice, ctx })).rejects.toMatchObject({
    code,
  });
});

it('values nothing without a base currency', async () => {
  const asked = analyst.ask('pricing.apply_pack', { positions: [] }, { ctx: { base_currency: null } });
  await expect(asked).rejects.toMatchObject({ code: 'DATA_MISSING' });
});
