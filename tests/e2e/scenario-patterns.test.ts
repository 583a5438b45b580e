/** portfolio_scenario_analysis and cycle_deleveraging_scenarios on the demo, over HTTP, with figures worked out by hand. */
import demo from '../../demo/demo.json';
import type { ExecuteResponse } from '../../src/contract/execution';
import { type Answer, type Stack, startStack } from '../support/stack';

const [alice] = demo.portfolios as [(typeof demo.portfolios)[number]];
const rights = ['portfolio_read', 'scenario_analysis'];

let stack: Stack;
beforeAll(async () => {
  stack = await startStack('shipped');
});
afterAll(() => stack.close());

const execute = (pattern_id: string, inputs: object = {}, granted = rights): Promise<Answer> =>
  stack.call('/v1/execute', {
    as: alice.user_id,
    rights: granted,
    headers: { Prefer: 'wait=60' },
    body: { pattern_id, portfolio_id: alice.id, inputs },
  });

async function run<T>(
  pattern_id: string,
  inputs: object = {},
): Promise<{ data: T; charts: ExecuteResponse['charts']; trace: ExecuteResponse['trace'] }> {
  const { status, body } = await execute(pattern_id, inputs);
  expect(body).toMatchObject({ data: expect.any(Object) as object });
  expect(status).toBe(200);
  return body as unknown as ExecuteResponse & { data: T };
}

interface Result {
  scenario: { id: string | null; probability: number | null; shocks: Record<string, number> };
  pre_value: string;
  post_value: string;
  change: string;
  positions: { symbol: string; change: string }[];
}
interface Analysis {
  valued_base: { total_value: string };
  scenario_result: Result;
  hedge_suggestions: {
    hedges: { factor: string; action: string; notional_usd: string; expected_offset: string; cost: string }[];
    total_cost: string;
    cost_limit: string;
    change_with_hedges: string;
    reasons: Record<string, string>;
  };
  summary: { change: string };
}

/** CAD per USD; shares and dollars of the demo at the pack's prices, in CAD. */
const rate = 1.3461 / 1.3129;
const sharesUsd = 210 * 441.4 + 240 * 200.83 + 550 * 27.8;
const shares = sharesUsd * rate;
const dollars = 43_296.63 * rate;

describe('portfolio_scenario_analysis', () => {
  it('runs a scenario of the library: the loss, the hedge of the exposure, and what is left', async () => {
    const { data, charts } = await run<Analysis>('portfolio_scenario_analysis', {
      scenario_id: 'equity_selloff',
    });
    const { scenario_result, hedge_suggestions, valued_base, summary } = data;
    expect(Number(scenario_result.change)).toBeCloseTo(shares * ((1 - 0.269) * 1.03 - 1) + dollars * 0.03, 6);
    expect(scenario_result.pre_value).toBe(valued_base.total_value);
    expect(scenario_result.scenario.probability).toBe(0.02);
    // 1.3 of the shares are sold as an index, and fall by a fifth; what that gains in dollars is worth 3 % more.
    const [hedge] = hedge_suggestions.hedges;
    expect(hedge_suggestions.hedges).toHaveLength(1);
    expect(hedge).toMatchObject({ factor: 'equity', action: 'sell' });
    expect(Number(hedge?.notional_usd)).toBeCloseTo(1.3 * sharesUsd, 6);
    expect(Number(hedge?.expected_offset)).toBeCloseTo(1.3 * shares * 0.2 * 1.03, 6);
    expect(Number(hedge?.cost)).toBeCloseTo(1.3 * shares * 0.0004, 6);
    expect(Number(hedge_suggestions.cost_limit)).toBeCloseTo(251_642.552468581 * 0.002, 6);
    expect(summary.change).toBe(scenario_result.change);
    expect(Number(hedge_suggestions.change_with_hedges)).toBeCloseTo(
      Number(scenario_result.change) + Number(hedge?.expected_offset) - Number(hedge?.cost),
      6,
    );
    for (const chart of charts) expect(chart.reason).toBeUndefined();
    expect(charts.find(({ panel_id }) => panel_id === 'waterfall')?.spec).toMatchObject({
      title: { text: 'Shares sell off: from before to after by factor, as of 2013-02-28' },
    });
    expect(charts.find(({ panel_id }) => panel_id === 'losers')?.table).toMatchObject({
      rows: { length: 3 },
    });
  });

  it('counts own shocks alone, and in place of the library’s', async () => {
    const { data: alone } = await run<Analysis>('portfolio_scenario_analysis', {
      custom_shocks: { equity_pct: -10 },
    });
    expect(Number(alone.scenario_result.change)).toBeCloseTo(shares * -0.13, 6);
    const { data: instead } = await run<Analysis>('portfolio_scenario_analysis', {
      scenario_id: 'equity_selloff',
      custom_shocks: { equity_pct: -10, usd_vs_cad_pct: 0 },
    });
    expect(instead.scenario_result.positions).toEqual(alone.scenario_result.positions);
    expect(instead.scenario_result.scenario).toMatchObject({ id: 'equity_selloff', probability: null });
  });

  it('suggests nothing where nothing loses, and holds its hedges to the limit on costs', async () => {
    const { data: rally } = await run<Analysis>('portfolio_scenario_analysis', {
      scenario_id: 'equity_rally',
    });
    expect(rally.hedge_suggestions).toMatchObject({ hedges: [], reasons: { hedges: 'NOTHING_TO_HEDGE' } });
    const { data: cheap } = await run<Analysis>('portfolio_scenario_analysis', {
      scenario_id: 'equity_selloff',
      max_cost_bps: 1,
    });
    expect(Number(cheap.hedge_suggestions.total_cost)).toBeCloseTo(25.1642552469, 8);
    expect(cheap.hedge_suggestions.hedges).toMatchObject([{ factor: 'equity' }]);
  });

  it('fails for a scenario that there is not, and names those that were probably meant', async () => {
    const { status, text } = await execute('portfolio_scenario_analysis', { scenario_id: 'equity_sell_off' });
    expect(status).toBe(422);
    expect(text).toContain('ARGS_INVALID');
    expect(text).toContain('equity_selloff');
  });

  it.each([
    [
      'neither a scenario nor shocks',
      {},
      '/inputs/scenario_id',
      'is required unless "custom_shocks" is given',
    ],
    ['no shock at all', { custom_shocks: {} }, '/inputs/custom_shocks', '1'],
    [
      'a shock of another name',
      { custom_shocks: { oil_pct: 5 } },
      '/inputs/custom_shocks/oil_pct',
      'unknown member',
    ],
    [
      'a shock out of range',
      { custom_shocks: { equity_pct: -95 } },
      '/inputs/custom_shocks/equity_pct',
      '-90',
    ],
  ])('refuses %s before anything runs, and says what to give', async (_what, inputs, pointer, says) => {
    const { status, body } = await execute('portfolio_scenario_analysis', inputs);
    expect(body).toMatchObject({ code: 'REQUEST_INVALID', action: expect.any(String) as string });
    const [problem] = body['problems'] as { pointer: string; message: string }[];
    expect([status, problem?.pointer]).toEqual([400, pointer]);
    expect(problem?.message).toContain(says);
  });

  it('is refused without the right to run scenarios', async () => {
    const { status } = await execute('portfolio_scenario_analysis', { scenario_id: 'rates_up' }, [
      'portfolio_read',
    ]);
    expect(status).toBe(403);
  });
});

describe('cycle_deleveraging_scenarios', () => {
  interface Ways {
    ltdc: { phase: string | null };
    money_printing: Result;
    austerity: Result;
    default: Result;
    hedge_suggestions: {
      ltdc_phase: string | null;
      recommendations: object[];
      reasons: Record<string, string>;
    };
    comparison: { rows: { scenario: string; change: string }[] };
  }

  it('gives the three ways out side by side; without a phase of the cycle no probability and no playbook', async () => {
    const { data, charts } = await run<Ways>('cycle_deleveraging_scenarios');
    const ways = [data.money_printing, data.austerity, data.default];
    // Local: 1.3 × market − 0.3 × dollar, then the dollar: +5 % and −12 %, −20 % and +8 %, −40 % and +15 %.
    const expected = [
      [0.065 + 0.036, -0.12],
      [-0.26 - 0.024, 0.08],
      [-0.52 - 0.045, 0.15],
    ].map(([local = 0, dollar = 0]) => shares * ((1 + local) * (1 + dollar) - 1) + dollars * dollar);
    ways.forEach(({ change }, index) => expect(Number(change)).toBeCloseTo(expected[index] as number, 6));
    expect(data.comparison.rows.map(({ change }) => change)).toEqual(ways.map(({ change }) => change));
    // The demo knows neither debt nor its service.
    expect(data.ltdc.phase).toBeNull();
    for (const { scenario } of ways) expect(scenario.probability).toBeNull();
    expect(data.hedge_suggestions).toMatchObject({
      ltdc_phase: null,
      recommendations: [],
      reasons: { recommendations: 'MISSING_INPUT' },
    });
    for (const chart of charts) expect(chart.reason).toBeUndefined();
  });

  it('gives the same to the byte when all of it is computed again', async () => {
    const [first, second] = [
      await run<Ways>('cycle_deleveraging_scenarios'),
      await run<Ways>('cycle_deleveraging_scenarios'),
    ];
    expect(second.trace.fingerprint).toBe(first.trace.fingerprint);
  });
});
