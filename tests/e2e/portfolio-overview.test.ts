import { readFileSync } from 'node:fs';
import type { ExecuteResponse } from '../../src/contract/execution';
import { ExecuteResponse as ResponseSchema } from '../../src/contract/execution';
import { executeRequest, executeResponse } from '../../src/executor/openapi-examples';
import { compileSchema } from '../../src/validate';
import { type Answer, type Stack, startStack } from '../support/stack';

interface DemoFile {
  users: { id: string }[];
  portfolios: { id: string; user_id: string }[];
}
const demo = JSON.parse(readFileSync('demo/demo.json', 'utf8')) as DemoFile;
const [alice, bob] = demo.portfolios as [DemoFile['portfolios'][0], DemoFile['portfolios'][0]];
const responseProblems = compileSchema(ResponseSchema);

describe('portfolio_overview on the demo, over HTTP', () => {
  let stack: Stack;
  let answer: Answer;
  let body: ExecuteResponse;
  const execute = (of: typeof alice, more: object = {}): Promise<Answer> =>
    stack.call('/v1/execute', {
      as: of.user_id,
      headers: { Prefer: 'wait=30' },
      body: { pattern_id: 'portfolio_overview', portfolio_id: of.id, ...more },
    });
  beforeAll(async () => {
    stack = await startStack('shipped');
    answer = await execute(alice);
    body = answer.body as unknown as ExecuteResponse;
  });
  afterAll(() => stack.close());

  it('answers 200 with exactly the members that the specification names', () => {
    expect(answer.status).toBe(200);
    expect(responseProblems(body)).toEqual([]);
    expect(Object.keys(body.data).sort()).toEqual(
      [
        'charts',
        'currency_attr',
        'historical_nav',
        'perf_metrics',
        'sector_allocation',
        'valued_positions',
      ].sort(),
    );
  });

  it('values what the ledger holds at the pack’s prices: AAPL 210 × 441.40 USD at the day’s ECB cross', () => {
    const { positions, total_value } = body.data['valued_positions'] as {
      positions: { symbol: string; quantity: string; price: string; value: string; weight: number }[];
      total_value: string;
    };
    // ECB, 2013-02-28, per EUR: USD 1.3129, CAD 1.3461.
    const aapl = positions.find(({ symbol }) => symbol === 'AAPL');
    expect(aapl).toMatchObject({ quantity: '210', price: '441.4' });
    expect(Number(aapl?.value)).toBeCloseTo((210 * 441.4 * 1.3461) / 1.3129, 6);
    expect(positions.reduce((sum, { value }) => sum + Number(value), 0)).toBeCloseTo(Number(total_value), 6);
    expect(positions.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
    // Computed by an independent program from the same files.
    expect(Number(total_value)).toBeCloseTo(251642.552468581, 6);
  });

  it('gives the time-weighted return and an attribution that is tied to it', () => {
    expect(body.data['perf_metrics']).toMatchObject({
      value: expect.closeTo(-0.00656123621, 10) as number,
      from: '2012-02-27',
      to: '2013-02-28',
      observations: 252,
      currency: 'CAD',
      since_inception: { value: expect.closeTo(1.06508746307, 10) as number },
    });
    const split = body.data['currency_attr'] as Record<
      'value' | 'local_return' | 'fx_return' | 'interaction' | 'error_bps',
      number
    >;
    expect(split.local_return + split.fx_return + split.interaction).toBeCloseTo(split.value, 12);
    expect(split.value).toBeCloseTo((body.data['perf_metrics'] as { value: number }).value, 10);
    expect(Math.abs(split.error_bps)).toBeLessThan(0.1);
  });

  it('tells the sectors by value, and cash in a row of its own', () => {
    const { sectors, total_value } = body.data['sector_allocation'] as {
      sectors: { kind: string; symbols: string[]; value: string; weight: number }[];
      total_value: string;
    };
    const shares = (210 * 441.4 + 240 * 200.83 + 550 * 27.8) * (1.3461 / 1.3129);
    expect(sectors.map(({ kind, symbols }) => [kind, symbols])).toEqual([
      ['sector', ['AAPL', 'IBM', 'MSFT']],
      ['cash', ['CAD', 'USD']],
    ]);
    expect(Number(sectors[0]?.value)).toBeCloseTo(shares, 6);
    expect(sectors[0]?.weight).toBeCloseTo(shares / Number(total_value), 12);
  });

  it('traces pack, ledger commit, agents, capabilities, sources and every step', () => {
    const { trace } = body;
    expect(trace).toMatchObject({
      mode: 'durable',
      pattern_id: 'portfolio_overview',
      pricing_pack_id: 'PP_2013-02-28',
      ledger_commit_hash: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as string,
      asof_date: '2013-02-28',
      agents_used: ['financial_analyst'],
      sources: ['pricing_pack:PP_2013-02-28'],
    });
    expect(trace.steps.map(({ path, status }) => [path, status])).toEqual(
      [
        'valued_positions',
        'perf_metrics',
        'currency_attr',
        'historical_nav',
        'sector_allocation',
        'charts',
      ].map((step) => [step, 'success']),
    );
  });

  it('draws every panel and says how stale each is', () => {
    expect(
      body.charts.map(({ panel_id, spec, table }) => [panel_id, spec !== undefined, table !== undefined]),
    ).toEqual([
      ['performance_strip', false, true],
      ['historical_nav', true, false],
      ['currency_attribution', true, false],
      ['allocation', true, false],
      ['sector_allocation', false, true],
      ['holdings', false, true],
    ]);
    const holdings = body.trace.per_panel_staleness.find(({ panel_id }) => panel_id === 'holdings');
    expect(holdings).toMatchObject({
      capability: 'portfolio.get_valued_positions',
      asof_date: '2013-02-28',
      age_days: 0,
      stale: false,
      ttl: 60,
    });
    expect(body.trace.per_panel_staleness).toHaveLength(6);
  });

  it('gives the same data and fingerprint to the byte when it is run again', async () => {
    const again = (await execute(alice)).body as unknown as ExecuteResponse;
    expect(again.execution.id).not.toBe(body.execution.id);
    expect(JSON.stringify(again.data)).toBe(JSON.stringify(body.data));
    expect(again.trace.fingerprint).toBe(body.trace.fingerprint);
  });

  it('knows an earlier day by its own pack, and sees nothing that came later', async () => {
    const earlier = await execute(alice, { asof_date: '2010-06-30', inputs: { lookback_days: 20 } });
    expect(earlier.body).toMatchObject({
      data: { perf_metrics: { to: '2010-06-30', observations: 20 } },
      trace: { pricing_pack_id: 'PP_2010-06-30' },
    });
  });

  it.each([
    ['a warming pack', { asof_date: '2013-03-01' }, 503, 'PACK_WARMING'],
    ['a Sunday', { asof_date: '2013-02-24' }, 404, 'PACK_NOT_FOUND'],
    ['another user’s portfolio', { portfolio_id: bob.id }, 404, 'PORTFOLIO_NOT_FOUND'],
  ])('refuses %s', async (_title, more, status, code) => {
    const refused = await execute(alice, more);
    expect([refused.status, refused.body['code']]).toEqual([status, code]);
  });

  it('runs the second user’s portfolio in its own base currency', async () => {
    const other = await execute(bob);
    expect(other.body).toMatchObject({ data: { valued_positions: { base_currency: 'USD' } } });
  });

  it('routes the second step of annualised_return to the second agent', async () => {
    const { body: annualised } = await stack.call('/v1/execute', {
      as: alice.user_id,
      body: { pattern_id: 'annualised_return', portfolio_id: alice.id },
    });
    expect(annualised).toMatchObject({
      data: { annualised: { annualised: expect.closeTo(0.12489693125961773, 12) as number } },
      trace: { agents_used: ['calculator', 'financial_analyst'] },
    });
  });

  it('answers the OpenAPI document’s example request as the example says', async () => {
    const again = await stack.call('/v1/execute', { as: alice.user_id, body: executeRequest });
    const { data, trace, charts } = again.body as unknown as ExecuteResponse;
    expect([data, charts, trace.fingerprint, trace.pattern]).toEqual([
      executeResponse.data,
      executeResponse.charts,
      executeResponse.trace.fingerprint,
      executeResponse.trace.pattern,
    ]);
  });
});
