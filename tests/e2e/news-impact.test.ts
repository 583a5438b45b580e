/** The pattern news_impact_analysis on the demo: without a key, and with NewsAPI played by a server on this machine. */
import demo from '../../demo/demo.json';
import type { ExecuteResponse } from '../../src/contract/execution';
import { newsArticles } from '../support/provider-answers';
import { json, type ProviderServer, startProviderServer } from '../support/provider-server';
import { type Answer, type Stack, startStack } from '../support/stack';
import { temporalCli } from '../support/temporal';

const [alice] = demo.portfolios as [(typeof demo.portfolios)[number]];
const key = 's3cr3t-k3y';

interface News {
  valued_positions: { positions: { symbol: string; weight: number }[] };
  news: { news_items: { title: string }[] | null; entities: string[]; reasons: Record<string, string> };
  impact_analysis: {
    news_with_impact: { title: string; impact: number; holdings: { symbol: string }[] }[] | null;
    total_impact_score: number | null;
    weighted_impact: number | null;
    exposed_fraction: number | null;
    entity_mentions: { symbol: string; mentions: number }[];
    reasons: Record<string, string>;
  };
}

async function run(
  { call }: Stack,
  {
    headers = {},
    ...body
  }: { headers?: Record<string, string>; mode?: string; rights?: string[]; inputs?: object } = {},
): Promise<Answer> {
  const { rights = ['portfolio_read', 'news_read'], ...rest } = body;
  return call('/v1/execute', {
    as: alice.user_id,
    rights,
    headers: { Prefer: 'wait=60', ...headers },
    body: { pattern_id: 'news_impact_analysis', portfolio_id: alice.id, ...rest },
  });
}

const answered = ({ status, body }: Answer): ExecuteResponse & { data: News } => {
  expect([status, body['detail']]).toEqual([200, undefined]);
  return body as unknown as ExecuteResponse & { data: News };
};

describe('without a key', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack('shipped');
  });
  afterAll(() => stack.close());

  it('succeeds, and says what is not available and why', async () => {
    const { data, charts, trace } = answered(await run(stack));
    expect(data.news).toMatchObject({ news_items: null, reasons: { news_items: 'KEY_MISSING' } });
    expect(data.impact_analysis).toMatchObject({
      ...{ news_with_impact: null, total_impact_score: null, exposed_fraction: null, entity_mentions: [] },
      reasons: { total_impact_score: 'MISSING_INPUT' },
    });
    const ended = new Map(trace.steps.map(({ path, status }) => [path, status]));
    expect([ended.get('news'), ended.get('impact_analysis')]).toEqual(['success', 'success']);
    expect(charts.find(({ panel_id }) => panel_id === 'entity_mentions')).toMatchObject({
      reason: 'not available',
    });
  });

  it('runs through the worker alone, which has the keys', async () => {
    const { status, body } = await run(stack, { mode: 'direct' });
    expect([status, body['code']]).toEqual([422, 'DIRECT_REFUSED']);
  });

  it('is refused to whoever may not read news', async () => {
    const { status, body } = await run(stack, { rights: ['portfolio_read'] });
    expect(status).toBe(403);
    expect(JSON.stringify(body)).toContain('news_read');
  });
});

describe('with NewsAPI', () => {
  let stack: Stack;
  let server: ProviderServer;
  const articles = [
    { title: 'Apple profit plunges, shares fall', description: 'Weak quarter for IBM', content: null },
    { title: 'Apple profit plunges, shares fall | Example Post' },
    { title: 'IBM wins', publishedAt: '2013-02-28T18:00:00+02:00' },
    { title: 'Pineapple prices crash' },
  ];
  beforeAll(async () => {
    server = await startProviderServer();
    stack = await startStack('shipped', { playedBy: { baseUrl: server.baseUrl, key } });
  });
  afterAll(async () => {
    await stack.close();
    await server.close();
  });

  it('weighs each article by the holdings it is about', async () => {
    server.play(json(newsArticles(articles)));
    const { data, charts, trace } = answered(await run(stack, { inputs: { min_impact_threshold: 0.02 } }));
    const weightOf = (symbol: string): number =>
      data.valued_positions.positions.find((position) => position.symbol === symbol)?.weight ?? NaN;
    const [apple, ibm] = [weightOf('AAPL'), weightOf('IBM')];
    // profit +0.15, plunges −0.15, fall −0.15, weak −0.05: −0.2; AAPL in the title 0.85, IBM in the description 0.7.
    const bad = 0.2 * (0.85 * apple + 0.7 * ibm);
    // wins +0.15; IBM in the title.
    const good = 0.15 * 0.85 * ibm;
    const { impact_analysis: impact } = data;
    expect(impact.news_with_impact?.map(({ title, impact }) => [title, impact])).toEqual([
      ['Apple profit plunges, shares fall', expect.closeTo(bad, 10)],
      ['IBM wins', expect.closeTo(good, 10)],
    ]);
    expect(impact.total_impact_score).toBeCloseTo(bad + good, 10);
    expect(impact.weighted_impact).toBeCloseTo(good - bad, 10);
    expect(impact.exposed_fraction).toBeCloseTo(apple + ibm, 10);
    expect(impact.entity_mentions.map(({ symbol, mentions }) => [symbol, mentions])).toEqual([
      ['IBM', 2],
      ['AAPL', 1],
    ]);
    expect(data.news.entities.sort()).toEqual(['AAPL', 'IBM', 'MSFT']);
    expect(data.news.news_items?.map(({ title }) => title)).not.toContain('Pineapple prices crash');
    expect(charts.find(({ panel_id }) => panel_id === 'entity_mentions')).toHaveProperty('spec');
    expect(trace.steps.find(({ path }) => path === 'news')).toMatchObject({ source: 'provider:newsapi' });
  });

  it('comes to the same whenever it is verified: the articles are those of then', async () => {
    server.play(json(newsArticles(articles)));
    const { id } = answered(await run(stack)).execution;
    server.play(json(newsArticles([])));
    const { body } = await stack.call(`/v1/executions/${id}/verify`, {
      ...{
        as: alice.user_id,
        rights: ['portfolio_read', 'news_read'],
        headers: { Prefer: 'wait=60' },
        body: {},
      },
    });
    expect(body).toMatchObject({ verified: true, recorded: ['news'] });
    expect(server.asked).toEqual([]);
  });

  it('asks for nothing of after the run’s day, and again for each run', async () => {
    server.play(json(newsArticles([])));
    answered(await run(stack, { headers: { 'Cache-Control': '' } }));
    answered(await run(stack, { headers: { 'Cache-Control': '' } }));
    expect(server.asked.map(({ query }) => [query.get('from'), query.get('to')])).toEqual([
      ['2013-02-27T23:59:59Z', '2013-02-28T23:59:59Z'],
      ['2013-02-27T23:59:59Z', '2013-02-28T23:59:59Z'],
    ]);
  });

  it('keeps the holdings when the provider refuses or answers nonsense', async () => {
    for (const play of [json({ status: 'error' }, 426), json({ status: 'ok' })]) {
      server.play(play);
      const { data, trace } = answered(await run(stack));
      expect(trace.steps.find(({ path }) => path === 'news')).toMatchObject({ status: 'degraded' });
      expect(data.valued_positions.positions.length).toBeGreaterThan(3);
      expect(data.impact_analysis.total_impact_score).toBeNull();
    }
  });

  it('leaves the key in no answer, row or history', async () => {
    server.play(json({ message: key }, 401));
    const response = answered(await run(stack));
    expect(JSON.stringify(response)).not.toContain(key);
    const id = response.trace.workflow_id;
    const history = await temporalCli(
      stack.config.temporalNamespace,
      'workflow',
      'show',
      '-w',
      id,
      '-o',
      'json',
    );
    expect(history).toContain('news.search');
    expect(history).not.toContain(key);
    const stored = await stack.call(`/v1/executions/${response.execution.id}`, { as: alice.user_id });
    expect(stored.text).toContain('PROVIDER_REFUSED');
    expect(stored.text).not.toContain(key);
  });
});
