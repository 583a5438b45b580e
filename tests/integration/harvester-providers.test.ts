/** data_harvester as a run asks it: figures as the provider wrote them, dated, and none of after the run's day. */
import { type AskProviders, startAskProviders } from '../support/ask-providers';
import {
  fmpIncome,
  fmpProfile,
  fmpRatios,
  fredObservations,
  fredSeries,
  newsArticles,
  polygonPrevious,
} from '../support/provider-answers';
import { json, type Play, type ProviderServer, startProviderServer } from '../support/provider-server';
import { latestVintage } from '../../src/providers/fred-periods';
import { createProviders } from '../../src/providers/providers';

let server: ProviderServer;
let on: AskProviders;
let off: AskProviders;

beforeAll(async () => {
  server = await startProviderServer();
  on = await startAskProviders(server);
  off = await startAskProviders(null);
});
afterAll(async () => {
  await on.close();
  await off.close();
  await server.close();
});

/** FRED is asked for the series first and its values then. */
const fred =
  (observations: object): Play =>
  (res, asked) => {
    const answer = asked.path.endsWith('/observations') ? observations : fredSeries;
    res.end(JSON.stringify(answer));
  };

describe('provider.fetch_quote', () => {
  it('gives the bar of the latest day, with the day it is of', async () => {
    server.play(json(polygonPrevious));
    const { result, meta } = await on.call('provider.fetch_quote', { symbol: 'AAPL' });
    expect(result).toEqual({
      symbol: 'AAPL',
      date: '2025-11-25',
      ...{ open: '268.9', high: '271.5', low: '268.1', close: '270.25', volume: '41872310' },
      currency: 'USD',
      provider: 'polygon',
      fetched_at: expect.stringMatching(/^\d{4}-.*Z$/) as string,
    });
    expect(meta).toMatchObject({ source: 'provider:polygon', asof_date: '2025-11-25', cache: 'off' });
    expect(server.asked[0]?.path).toBe('/v2/aggs/ticker/AAPL/prev');
    expect(server.asked[0]?.query.get('adjusted')).toBe('false');
  });

  it('says so where the provider knows no such stock', async () => {
    server.play(json({ status: 'OK', queryCount: 0, resultsCount: 0 }));
    await expect(on.ask('provider.fetch_quote', { symbol: 'ZZZZ' })).rejects.toMatchObject({
      code: 'DATA_MISSING',
      details: { symbol: 'ZZZZ' },
    });
  });

  it('takes no address for a symbol', async () => {
    server.play(json(polygonPrevious));
    for (const symbol of ['../../v3/x', 'AAPL?x=1', 'https://evil.example', ''])
      await expect(on.ask('provider.fetch_quote', { symbol })).rejects.toMatchObject({
        code: 'ARGS_INVALID',
      });
    expect(server.asked).toEqual([]);
  });
});

describe('provider.fetch_macro', () => {
  it('asks for the vintage of the run’s day, and gives the latest values in their order', async () => {
    const rows = [
      { date: '2013-01-01', value: '7.9' },
      { date: '2012-12-01', value: '7.8' },
      { date: '2012-11-01', value: '.' },
    ];
    server.play(fred(fredObservations(rows)));
    const { result, meta } = await on.call('provider.fetch_macro', { series_id: 'UNRATE', limit: 3 });
    expect(result).toMatchObject({
      ...{ series_id: 'UNRATE', title: 'Unemployment Rate', units: 'Percent', known_on: '2013-02-28' },
      observations: [
        { period_end: '2012-11-30', value: null, reasons: { value: 'MISSING_INPUT' } },
        { period_end: '2012-12-31', value: '7.8', reasons: {} },
        { period_end: '2013-01-31', value: '7.9', reasons: {} },
      ],
      latest_period: '2013-01-31',
    });
    expect(meta).toMatchObject({ source: 'provider:fred UNRATE', asof_date: '2013-02-28' });
    for (const { query } of server.asked) {
      expect(query.get('realtime_start')).toBe('2013-02-28');
      expect(query.get('realtime_end')).toBe('2013-02-28');
    }
    expect(server.asked[1]?.query.get('sort_order')).toBe('desc');
  });

  it('asks for no vintage of tomorrow', async () => {
    server.play(fred(fredObservations([])));
    const result = await on.ask('provider.fetch_macro', { series_id: 'UNRATE' }, { day: '2999-01-01' });
    expect(result).toMatchObject({
      known_on: latestVintage(new Date()),
      observations: [],
      latest_period: null,
    });
  });
});

describe('provider.fetch_ratios', () => {
  const later = { ...fmpRatios[0], date: '2013-09-28', fiscalYear: '2013' };
  const undated = { ...fmpRatios[0], date: '2011-09-24', fiscalYear: '2011' };
  const fmp: Play = (res, asked) => {
    const filed = [{ ...fmpIncome[0], date: later.date, filingDate: '2013-10-30' }, ...fmpIncome];
    json(asked.path.endsWith('/ratios') ? [later, ...fmpRatios, undated] : filed)(res, asked);
  };

  it('gives the years that had been filed by the run’s day, and says what is missing', async () => {
    server.play(fmp);
    const { result, meta } = await on.call('provider.fetch_ratios', { symbol: 'AAPL' });
    const [year, ...others] = (result as { years: { ratios: object; reasons: object }[] }).years;
    expect(others).toEqual([]);
    expect(result).toMatchObject({
      left_out: [
        { period_end: '2013-09-28', reason: 'FILED_LATER' },
        { period_end: '2011-09-24', reason: 'FILING_DATE_NOT_GIVEN' },
      ],
    });
    expect(year).toMatchObject({
      period_end: '2012-09-29',
      filed_on: '2012-10-31',
      ratios: {
        gross_profit_margin: 0.4387,
        debt_to_equity: 0,
        interest_coverage: null,
        price_to_book: null,
      },
      reasons: { interest_coverage: 'MISSING_INPUT', price_to_book: 'MISSING_INPUT' },
    });
    expect(year?.reasons).not.toHaveProperty('debt_to_equity');
    expect(meta).toMatchObject({ source: 'provider:fmp', asof_date: '2012-10-31' });
  });

  it('knows no ratio of a year that had ended and was not filed, and counts its limit from the run’s day', async () => {
    server.play(fmp);
    const early = await on.ask('provider.fetch_ratios', { symbol: 'AAPL' }, { day: '2012-10-30' });
    expect(early.years).toEqual([]);
    const one = await on.ask('provider.fetch_ratios', { symbol: 'AAPL', limit: 1 });
    expect(one.years.map(({ period_end }) => period_end)).toEqual(['2012-09-29']);
  });
});

describe('FMP’s statements', () => {
  const fmp = () => {
    const keys = { polygon: null, fmp: 'k', fred: null, newsApi: null, anthropic: null };
    return createProviders({ keys, model: '', breakers: null, hosts: { fmp: { baseUrl: server.baseUrl } } })
      .fmp;
  };

  it('are decimals with the day they were filed, the newest year first', async () => {
    server.play(json([...fmpIncome].reverse()));
    const [newest, oldest] = await fmp().incomeStatements({ symbol: 'AAPL', limit: 2 });
    expect(newest).toMatchObject({
      ...{ period_end: '2012-09-29', fiscal_year: '2012', currency: 'USD', filing_date: '2012-10-31' },
      figures: { revenue: '156508000000', eps: '44.64', interest_expense: '0', ebitda: null },
    });
    expect(oldest).toMatchObject({ filing_date: null, figures: { net_income: null } });
    expect(server.asked[0]?.query.toString()).toBe('symbol=AAPL&period=annual&limit=2');
  });

  it('have a profile beside them', async () => {
    server.play(json(fmpProfile));
    expect(await fmp().profile({ symbol: 'AAPL' })).toMatchObject({
      name: 'Apple Inc.',
      sector: 'Technology',
    });
    server.play(json([]));
    await expect(fmp().profile({ symbol: 'AAPL' })).rejects.toMatchObject({ code: 'DATA_MISSING' });
  });
});

describe('news', () => {
  const positions = [
    { symbol: 'AAPL', name: 'Apple Inc.', asset_class: 'equity', weight: 0.4 },
    { symbol: 'IBM', name: 'International Business Machines Corp.', asset_class: 'equity', weight: 0.2 },
    { symbol: 'CAD', name: 'Canadian dollar', asset_class: 'cash', weight: 0.4 },
  ];
  const articles = newsArticles(
    [
      { title: 'Apple beats, profit surges', publishedAt: '2013-02-28T09:00:00+01:00' },
      { title: 'Apple beats, profit surges - Reprint', publishedAt: '2013-02-28T10:00:00Z' },
      { title: 'IBM opens an office', description: 'Near Apple' },
      { title: '[Removed]', url: 'https://removed.com' },
      { title: 'Dollar falls', description: 'CAD loses' },
    ],
    5,
  );

  it('are those that name a holding, each with what was found where', async () => {
    server.play(json(articles));
    const { result, meta } = await on.call('news.search', { entities: positions });
    expect(result).toMatchObject({
      news_items: [
        {
          ...{ title: 'IBM opens an office', sentiment: null, published_at: '2013-02-28T12:00:00.000Z' },
          matches: [
            { symbol: 'AAPL', matched: 'name', where: 'description', relevance: 0.7 },
            { symbol: 'IBM', matched: 'symbol', where: 'title', relevance: 0.85 },
          ],
          reasons: { sentiment: 'NO_OPINION_WORDS' },
        },
        {
          ...{ title: 'Apple beats, profit surges', published_at: '2013-02-28T08:00:00.000Z' },
          ...{ sentiment: 0.45, positive_words: ['beats', 'profit', 'surges'], negative_words: [] },
          reasons: { description: 'NOT_GIVEN' },
        },
      ],
      ...{ total_count: 2, duplicates_removed: 1, unmatched: 1, entities: ['AAPL', 'IBM'] },
      ...{ from: '2013-02-27T23:59:59.000Z', to: '2013-02-28T23:59:59.000Z' },
      reasons: {},
    });
    expect(meta).toMatchObject({ source: 'provider:newsapi', asof_date: '2013-02-28' });
    expect(server.asked.map(({ query }) => [query.get('q'), query.get('from'), query.get('to')])).toEqual([
      [
        '"AAPL" OR "Apple" OR "IBM" OR "International Business Machines"',
        '2013-02-27T23:59:59Z',
        '2013-02-28T23:59:59Z',
      ],
    ]);
  });

  it('reach up to now where the run’s day is not over', async () => {
    server.play(json(newsArticles([])));
    const before = Date.now();
    const { to } = await on.ask(
      'news.search',
      { entities: positions, lookback_hours: 2 },
      { day: '2999-01-01' },
    );
    expect(Date.parse(to)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(to)).toBeLessThanOrEqual(Date.now());
  });

  it('give what they could mean for the holdings', async () => {
    server.play(json(articles));
    const { news_items } = await on.ask('news.search', { entities: positions });
    const impact = await on.ask('news.compute_portfolio_impact', { news_items, positions });
    // 0.45 × 0.85 × 0.4
    expect(impact.news_with_impact).toEqual([
      expect.objectContaining({ impact: expect.closeTo(0.153, 12) as number }),
    ]);
    expect(impact).toMatchObject({
      ...{ high_impact_count: 1, exposed_fraction: 0.4, without_sentiment: 1, min_threshold: 0.05 },
      overall_sentiment: expect.closeTo(0.45, 12) as number,
      reasons: {},
    });
    expect(impact.chart).toMatchObject({ title: { subtitle: 'up to 2013-02-28' } });
  });

  it('are not available without a key, and neither is what depends on them', async () => {
    const search = await off.ask('news.search', { entities: positions });
    expect(search).toMatchObject({
      ...{ news_items: null, total_count: null },
      reasons: { news_items: 'KEY_MISSING', total_count: 'KEY_MISSING' },
    });
    const { news_items } = search;
    expect(await off.ask('news.compute_portfolio_impact', { news_items, positions })).toMatchObject({
      ...{ news_with_impact: null, total_impact_score: null, chart: null, entity_mentions: [] },
      reasons: { total_impact_score: 'MISSING_INPUT', chart: 'MISSING_INPUT' },
    });
  });

  it('fail where the provider refuses', async () => {
    server.play(json({ status: 'error', code: 'parameterInvalid' }, 426));
    await expect(on.ask('news.search', { entities: positions })).rejects.toMatchObject({
      code: 'PROVIDER_REFUSED',
      details: { status: 426 },
    });
  });

  it('can be asked for in words', async () => {
    server.play(json(newsArticles([{ title: 'Apple gains', content: 'not shown' }], 99)));
    const result = await on.ask('provider.fetch_news', { query: 'phones AND chips', limit: 1 });
    expect(result).toMatchObject({ total_count: 99, articles: [{ title: 'Apple gains' }] });
    expect(result.articles[0]).not.toHaveProperty('content');
    expect(server.asked[0]?.query.get('pageSize')).toBe('1');
  });
});

it.each([
  ['provider.fetch_quote', { symbol: 'AAPL' }, 'POLYGON_API_KEY'],
  ['provider.fetch_macro', { series_id: 'UNRATE' }, 'FRED_API_KEY'],
  ['provider.fetch_ratios', { symbol: 'AAPL' }, 'FMP_API_KEY'],
  ['provider.fetch_news', { query: 'x' }, 'NEWSAPI_KEY'],
] as const)('%s is refused without a key', async (name, args, variable) => {
  await expect(off.ask(name, args)).rejects.toMatchObject({
    code: 'PROVIDER_REFUSED',
    message: expect.stringContaining(`${variable} is not set`) as string,
    details: { reason: 'KEY_MISSING' },
  });
});

it('stays well while a provider is ill: only that provider is left alone', async () => {
  server.play(json({}, 500));
  for (let attempt = 0; attempt < 5; attempt += 1)
    await expect(on.ask('provider.fetch_quote', { symbol: 'AAPL' })).rejects.toMatchObject({
      code: 'PROVIDER_UNAVAILABLE',
    });
  await expect(on.ask('provider.fetch_quote', { symbol: 'AAPL' })).rejects.toMatchObject({
    code: 'CIRCUIT_OPEN',
    details: { provider: 'Polygon' },
  });
  server.play(json(newsArticles([])));
  await expect(on.ask('provider.fetch_news', { query: 'x' })).resolves.toBeDefined();
  const states = await on.breakers.read(['data_harvester', 'provider:polygon']);
  expect(states['data_harvester']?.open_until).toBe(0);
  expect(states['provider:polygon']?.open_until).toBeGreaterThan(0);
});
