/** corporate_actions.dividends, splits and earnings with FMP played: per symbol and day, and none that the run's day would have to foresee. */
import { type AskProviders, startAskProviders } from '../support/ask-providers';
import { fmpDividends, fmpEarnings, fmpProfile, fmpSplits } from '../support/provider-answers';
import { json, type Play, type ProviderServer, startProviderServer } from '../support/provider-server';

let server: ProviderServer;
let on: AskProviders;
let off: AskProviders;

beforeAll(async () => {
  server = await startProviderServer();
  on = await startAskProviders(server);
  off = await startAskProviders(null);
});
beforeEach(() => {
  server.play(fmp);
});
afterAll(async () => {
  await on.close();
  await off.close();
  await server.close();
});

/** Knows Apple alone. */
const lists: Record<string, object[]> = {
  '/stable/profile': fmpProfile,
  '/stable/dividends': fmpDividends,
  '/stable/splits': fmpSplits,
  '/stable/earnings': fmpEarnings,
};
const fmp: Play = (res, asked) => {
  json(asked.query.get('symbol') === 'AAPL' ? (lists[asked.path] ?? []) : [])(res, asked);
};

const span = { symbols: ['AAPL'], from_date: '2012-11-01', to_date: '2013-05-31' };
const today = new Date().toISOString().slice(0, 10);

describe('corporate_actions.dividends', () => {
  it('are those that were declared by the run’s day, as declared', async () => {
    const { result, meta } = await on.call('corporate_actions.dividends', span);
    expect(result).toMatchObject({
      dividends: [
        {
          ...{ symbol: 'AAPL', ex_date: '2012-11-07', amount: null, pay_date: null },
          reasons: {
            ...{ amount: 'NOT_GIVEN', pay_date: 'NOT_GIVEN' },
            ...{ record_date: 'NOT_GIVEN', declared_on: 'NOT_GIVEN' },
          },
        },
        {
          ...{ symbol: 'AAPL', ex_date: '2013-02-07', pay_date: '2013-02-14', declared_on: '2013-01-23' },
          ...{ amount: '2.65', currency: 'USD', reasons: {} },
        },
      ],
      ...{ count: 2, unknown_symbols: [], asof_date: '2013-02-28', reasons: {} },
      left_out: [{ symbol: 'AAPL', date: '2013-05-09', reason: 'ANNOUNCED_LATER' }],
    });
    expect(meta).toMatchObject({ source: 'provider:fmp', asof_date: '2013-02-28', cache: 'off' });
  });

  it('are known from the day they were declared, before their ex-date', async () => {
    const on23 = await on.ask('corporate_actions.dividends', span, { day: '2013-04-23' });
    expect(on23.dividends?.map(({ ex_date }) => ex_date)).toEqual(['2012-11-07', '2013-02-07', '2013-05-09']);
    const before = await on.ask('corporate_actions.dividends', span, { day: '2013-04-22' });
    expect(before.count).toBe(2);
  });

  it('are of the days asked for, both inclusive', async () => {
    const args = { ...span, from_date: '2013-02-07', to_date: '2013-02-07' };
    expect((await on.ask('corporate_actions.dividends', args)).count).toBe(1);
    expect(
      (
        await on.ask('corporate_actions.dividends', {
          ...args,
          to_date: '2013-02-08',
          from_date: '2013-02-08',
        })
      ).dividends,
    ).toEqual([]);
    await expect(
      on.ask('corporate_actions.dividends', { ...args, to_date: '2013-02-06' }),
    ).rejects.toMatchObject({ code: 'ARGS_INVALID' });
  });

  it('tell a company that nobody knows from one without dividends', async () => {
    const found = await on.ask('corporate_actions.dividends', { ...span, symbols: ['ZZZZ', 'AAPL'] });
    expect(found).toMatchObject({ unknown_symbols: ['ZZZZ'], count: 2 });
    expect(server.asked.map(({ path, query }) => `${path} ${query.get('symbol') ?? ''}`)).toEqual([
      '/stable/profile ZZZZ',
      '/stable/profile AAPL',
      '/stable/dividends AAPL',
    ]);
  });
});

describe('corporate_actions.splits', () => {
  const all = { ...span, from_date: '2000-01-01', to_date: '2014-12-31' };

  it('are those of up to the run’s day, since nobody says when one was announced', async () => {
    expect(await on.ask('corporate_actions.splits', all)).toMatchObject({
      splits: [{ ex_date: '2005-02-28', new_shares: '2', old_shares: '1', ratio: '2' }],
      left_out: [{ date: '2014-06-09', reason: 'ANNOUNCEMENT_NOT_GIVEN' }],
    });
  });

  it('are all that the provider has where the run’s day is today', async () => {
    const ahead = [{ symbol: 'AAPL', date: '2999-01-04', numerator: 1, denominator: 3 }];
    server.play((res, asked) => {
      if (asked.path === '/stable/splits') json(ahead)(res, asked);
      else fmp(res, asked);
    });
    const args = { ...all, to_date: '2999-12-31' };
    expect(await on.ask('corporate_actions.splits', args, { day: today })).toMatchObject({
      splits: [{ ex_date: '2999-01-04', ratio: '0.33333333333333333333' }],
      left_out: [],
    });
  });
});

it('corporate_actions.earnings tells what was reported, and why a figure is missing', async () => {
  expect(await on.ask('corporate_actions.earnings', span)).toMatchObject({
    earnings: [
      {
        ...{ date: '2013-01-23', eps: '13.81', eps_estimate: '13.48', revenue: '54512000000' },
        ...{ revenue_estimate: null, reasons: { revenue_estimate: 'NOT_GIVEN' } },
      },
    ],
    left_out: [{ date: '2013-04-23', reason: 'ANNOUNCEMENT_NOT_GIVEN' }],
  });
});

it.each(['dividends', 'splits', 'earnings'] as const)(
  'corporate_actions.%s is not available without a key, and fails where the provider does',
  async (list) => {
    const { result, meta } = await off.call(`corporate_actions.${list}`, span);
    expect(result).toMatchObject({
      ...{ [list]: null, count: null, unknown_symbols: null, left_out: null },
      reasons: { [list]: 'KEY_MISSING', count: 'KEY_MISSING' },
    });
    expect(meta.source).toBeNull();
    server.play(json({ 'Error Message': 'Limit Reach.' }, 429, { 'Retry-After': '0' }));
    await expect(on.ask(`corporate_actions.${list}`, span)).rejects.toMatchObject({
      code: 'PROVIDER_UNAVAILABLE',
    });
  },
);
