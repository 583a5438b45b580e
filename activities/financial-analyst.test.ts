import type { Pool } from 'pg';
import { catalogue, type CapabilityName } from '../src/capabilities';
import { fxHistory } from '../src/db/fx-rates';
import { cashChanges, currencyConversions, holdingChanges } from '../src/db/history';
import { packQuotes } from '../src/db/pack-quotes';
import { withUser } from '../src/db/pool';
import { positionFlows } from '../src/db/position-history';
import { findPortfolio } from '../src/db/portfolios';
import { cashBalancesAt, openLotsAt } from '../src/db/positions';
import { packDates, priceHistory } from '../src/db/prices';
import { findPack } from '../src/db/pricing-packs';
import { findSecurities } from '../src/db/securities';
import { compileSchema } from '../src/validate';
import { financialAnalyst } from './financial-analyst';

jest.mock('../src/db/fx-rates');
jest.mock('../src/db/history');
jest.mock('../src/db/pack-contents', () => ({ packChain: async () => [], packContents: async () => [] }));
jest.mock('../src/db/pack-quotes');
jest.mock('../src/db/pool');
jest.mock('../src/db/position-history');
jest.mock('../src/db/portfolios');
jest.mock('../src/db/positions');
jest.mock('../src/db/prices');
jest.mock('../src/db/pricing-packs');
jest.mock('../src/db/securities');

const portfolio_id = 'a11ce000-0000-4000-8000-0000000000a1';
const security_id = '5ec00000-0000-4000-8000-00000000aa91';
const pack_id = 'PP_2013-02-28';
const dates = ['2013-02-26', '2013-02-27', '2013-02-28'];
const ctx = {
  trace_id: 't',
  request_id: 'r',
  user_id: 'a11ce000-0000-4000-8000-000000000001',
  portfolio_id,
  pricing_pack_id: pack_id,
  ledger_commit_hash: 'sha256:abc',
  asof_date: '2013-02-28',
  base_currency: 'CAD',
  benchmark_id: null,
  rights: [],
};
const query = jest.fn();
const handlers = financialAnalyst.handlers({ database: {} as Pool });

/** Runs the handler and checks its result against the contract. */
async function ask<R = Record<string, unknown>>(
  name: CapabilityName,
  args: unknown,
  context = {},
): Promise<{ result: R; source?: string | null }> {
  const call = {
    ctx: { ...ctx, ...context },
    effect_key: null,
    attempt: 1,
    signal: new AbortController().signal,
  };
  const answer = await handlers[name]?.(args, call);
  expect(compileSchema(catalogue[name].result)(answer?.result)).toEqual([]);
  return answer as { result: R };
}

/**
 * 1000 CAD come in on the 27th, 800 of them become 800 USD, 700 USD become 10 shares at 70, with a fee of 5 USD.
 * The day after, the share is at 77 and a USD costs 1.1 CAD.
 */
beforeEach(() => {
  const rates = (date: string, cad: string) => [
    { date, quote_ccy: 'CAD', rate: cad, quote_date: date },
    { date, quote_ccy: 'USD', rate: '1', quote_date: date },
  ];
  jest.mocked(withUser).mockImplementation((_pool, _user, work) => work({ query }));
  jest.mocked(currencyConversions).mockResolvedValue([
    { date: '2013-02-27', currency: 'CAD', amount: '-800' },
    { date: '2013-02-27', currency: 'USD', amount: '800' },
  ]);
  jest.mocked(findPortfolio).mockResolvedValue({
    id: portfolio_id,
    name: 'Demo',
    base_currency: 'CAD',
    benchmark_id: null,
    ledger_commit_hash: 'sha256:abc',
  });
  jest.mocked(findPack).mockResolvedValue({
    id: pack_id,
    date: '2013-02-28',
    status: 'fresh',
    sha256: 'sha256:def',
    superseded_by: null,
    status_reason: null,
    built_at: new Date(0),
  });
  jest.mocked(openLotsAt).mockResolvedValue([
    {
      security_id,
      symbol: 'AAPL',
      name: 'Apple Inc.',
      asset_class: 'equity',
      currency: 'USD',
      quantity_open: '10',
      unit_cost_local: '70',
      unit_cost_base: '70',
      acquired_on: '2013-02-27',
    },
  ]);
  jest.mocked(cashBalancesAt).mockResolvedValue([
    { currency: 'CAD', amount: '200' },
    { currency: 'USD', amount: '95' },
  ]);
  jest.mocked(packQuotes).mockResolvedValue({
    prices: [{ security_id, close: '77', currency: 'USD' }],
    rates: rates('2013-02-28', '1.1').map(({ quote_ccy, rate, quote_date }) => ({
      ...{ base_ccy: 'EUR', quote_ccy, rate, quote_date },
    })),
  });
  jest.mocked(holdingChanges).mockResolvedValue([{ date: '2013-02-27', security_id, quantity_change: '10' }]);
  jest.mocked(cashChanges).mockResolvedValue([
    { date: '2013-02-27', currency: 'CAD', amount: '200', external_amount: '1000' },
    { date: '2013-02-27', currency: 'USD', amount: '95', external_amount: '0' },
  ]);
  jest.mocked(positionFlows).mockResolvedValue([
    {
      ...{ date: '2013-02-27', kind: 'security', security_id, currency: 'USD' },
      ...{ bought: '700', sold: '0', income: '0' },
    },
  ]);
  jest.mocked(findSecurities).mockResolvedValue([]);
  jest.mocked(packDates).mockResolvedValue(dates);
  jest.mocked(priceHistory).mockResolvedValue([
    { date: '2013-02-27', security_id, close: '70', currency: 'USD' },
    { date: '2013-02-28', security_id, close: '77', currency: 'USD' },
  ]);
  jest
    .mocked(fxHistory)
    .mockResolvedValue([
      ...rates('2013-02-26', '1'),
      ...rates('2013-02-27', '1'),
      ...rates('2013-02-28', '1.1'),
    ]);
});

const valued = async () => {
  const { result } = await ask<{ positions: unknown[] }>('ledger.positions', { portfolio_id });
  return ask<{ positions: unknown[]; total_value: string }>('pricing.apply_pack', {
    positions: result.positions,
    pack_id,
  });
};
const window = { portfolio_id, pack_id, lookback_days: 1 };

describe('the financial analyst', () => {
  it('reads holdings of the day from one state of the ledger', async () => {
    const { result, source } = await ask('ledger.positions', { portfolio_id });
    expect(source).toBe('ledger:sha256:abc');
    expect(result).toMatchObject({ total_positions: 3, asof_date: '2013-02-28', base_currency: 'CAD' });
  });

  it('values them by the pack, to the value of the last day', async () => {
    const { result, source } = await valued();
    const nav = await ask<{ points: { value: string }[] }>('portfolio.historical_nav', window);
    expect(source).toBe(`pricing_pack:${pack_id}`);
    expect(result).toMatchObject({
      total_value: '1151.5',
      positions: [{ value: '847' }, { value: '200' }, { value: '104.5' }],
    });
    expect(nav.result.points.at(-1)?.value).toBe(result.total_value);
  });

  it('measures the return of the window and since inception, with the fee of the first day', async () => {
    const { result } = await ask<{ value: number; since_inception: { value: number } }>(
      'metrics.compute_twr',
      window,
    );
    expect(result.value).toBeCloseTo(1151.5 / 995 - 1, 12);
    expect(result.since_inception.value).toBeCloseTo(1151.5 / 1000 - 1, 12);
    expect(result).toMatchObject({
      annualised: null,
      from: '2013-02-27',
      begin_value: '995',
      end_value: '1151.5',
      net_external_flows: '0',
      reasons: { annualised: 'PERIOD_UNDER_ONE_YEAR' },
      since_inception: { from: '2013-02-26', observations: 2 },
    });
  });

  it('splits it by currency, and ties it to the base values', async () => {
    const { result } = await ask<Record<string, number>>('metrics.currency_attribution', window);
    expect(result['local_return']).toBeCloseTo(70 / 995, 12);
    expect(result['fx_return']).toBeCloseTo(79.5 / 995, 12);
    expect(result['interaction']).toBeCloseTo(7 / 995, 12);
    expect(Math.abs(result['error_bps'] as number)).toBeLessThan(1e-8);
    const whole = await ask<{ by_currency: unknown[] }>('metrics.currency_attribution', {
      portfolio_id,
      pack_id,
    });
    expect(whole.result.by_currency[0]).toMatchObject({ currency: 'CAD', local_return: 0, fx_return: 0 });
  });

  it('draws the value without the day before the first', async () => {
    const { result } = await ask('portfolio.historical_nav', { portfolio_id, pack_id });
    expect(result).toMatchObject({
      points: [
        { date: '2013-02-27', value: '995', external_flow: '1000' },
        { date: '2013-02-28', value: '1151.5' },
      ],
      chart: { title: { text: 'Value over time, 2013-02-26 to 2013-02-28' } },
    });
  });

  it('withholds ratings, and draws the overview', async () => {
    const { positions } = (await valued()).result;
    const metrics = (await ask('metrics.compute_twr', window)).result;
    const currency_attr = (await ask('metrics.currency_attribution', window)).result;
    expect((await ask('ratings.aggregate', { positions })).result).toMatchObject({
      overall: null,
      ratings: [{ symbol: 'AAPL', overall: null }],
      reasons: { overall: 'MISSING_INPUT' },
    });
    expect((await ask('charts.overview', { positions, metrics, currency_attr })).result).toMatchObject({
      allocation: { title: { text: 'Allocation, as of 2013-02-28' } },
    });
  });

  it('says why a measure is not available', async () => {
    jest.mocked(priceHistory).mockResolvedValue([]);
    expect((await ask('metrics.compute_twr', window)).result).toMatchObject({
      value: null,
      from: null,
      reasons: { value: 'NO_QUOTE', end_value: 'NO_QUOTE' },
    });
    expect((await ask('metrics.currency_attribution', window)).result).toMatchObject({
      value: null,
      by_currency: [],
      reasons: { value: 'NO_QUOTE', base_return_actual: 'NO_QUOTE' },
    });
    expect((await ask('portfolio.historical_nav', window)).result).toMatchObject({
      points: [],
      reasons: { points: 'NO_QUOTE' },
    });
  });

  it('says so when a return is no return', async () => {
    jest.mocked(cashChanges).mockResolvedValue([
      { date: '2013-02-27', currency: 'CAD', amount: '200', external_amount: '1000' },
      { date: '2013-02-28', currency: 'CAD', amount: '-5000', external_amount: '0' },
    ]);
    expect((await ask('metrics.compute_twr', window)).result).toMatchObject({
      value: null,
      reasons: { value: 'TOTAL_LOSS' },
    });
    expect((await ask('metrics.currency_attribution', window)).result).toMatchObject({
      value: null,
      reasons: { value: 'TOTAL_LOSS', base_return_actual: 'TOTAL_LOSS' },
    });
  });

  it('loads a history once for steps that ask at the same time', async () => {
    jest.mocked(packDates).mockClear();
    await Promise.all([
      ask('metrics.compute_twr', window),
      ask('portfolio.historical_nav', { portfolio_id, pack_id }),
    ]);
    expect(packDates).toHaveBeenCalledTimes(1);
    await ask('metrics.compute_twr', window);
    expect(packDates).toHaveBeenCalledTimes(2);
  });

  it.each([
    [
      'a portfolio of somebody else',
      () => jest.mocked(findPortfolio).mockResolvedValue(null),
      {},
      'PORTFOLIO_NOT_FOUND',
    ],
    ['an unknown pack', () => jest.mocked(findPack).mockResolvedValue(null), {}, 'PACK_NOT_FOUND'],
    ['a portfolio without a ledger', () => undefined, { ledger_commit_hash: null }, 'DATA_MISSING'],
    ['another portfolio than the request’s', () => undefined, { portfolio_id: ctx.user_id }, 'DATA_MISSING'],
  ])('refuses %s', async (_what, arrange, context, code) => {
    arrange();
    await expect(ask('metrics.compute_twr', window, context)).rejects.toMatchObject({ code });
  });

  it('values nothing without a base currency', async () => {
    await expect(
      ask('pricing.apply_pack', { positions: [], pack_id }, { base_currency: null }),
    ).rejects.toMatchObject({
      code: 'DATA_MISSING',
    });
  });
});
