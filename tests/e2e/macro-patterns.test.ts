/** The patterns about the economy on the demo, over HTTP: in a recession, and on the demo's last day. */
import demo from '../../demo/demo.json';
import type { Catalogue, CapabilityName, ResultOf } from '../../src/capabilities';
import type { ExecuteResponse } from '../../src/contract/execution';
import { type Stack, startStack } from '../support/stack';

const [alice] = demo.portfolios as [(typeof demo.portfolios)[number]];
const rights = ['portfolio_read', 'macro_data_read'];

let stack: Stack;
beforeAll(async () => {
  stack = await startStack('shipped');
});
afterAll(() => stack.close());

type Of<N extends CapabilityName> = ResultOf<Catalogue[N]>;

async function run<Data>(
  pattern_id: string,
  asof_date: string,
  more: object = { portfolio_id: alice.id },
): Promise<ExecuteResponse & { data: Data }> {
  const { status, body } = await stack.call('/v1/execute', {
    as: alice.user_id,
    rights,
    headers: { Prefer: 'wait=60' },
    body: { pattern_id, asof_date, ...more },
  });
  expect([status, body['detail'] ?? null]).toEqual([200, null]);
  return body as unknown as ExecuteResponse & { data: Data };
}

const drawn = ({ charts }: ExecuteResponse) =>
  Object.fromEntries(
    charts.map(({ panel_id, spec, table, reason }) => [panel_id, spec ? 'spec' : table ? 'table' : reason]),
  );

interface Cycles {
  stdc: Of<'cycles.compute_short_term'>;
  civil: Of<'cycles.compute_civil'>;
  overview: Of<'cycles.aggregate_overview'>;
  regime_history: Of<'macro.get_regime_history'>;
}

describe('macro_cycles_overview', () => {
  it.each([
    ['2009-03-31', 'DEEP_RECESSION', 3.56, 'DEEP_CONTRACTION'],
    ['2013-02-28', 'MID_EXPANSION', 0.13, 'MID_EXPANSION'],
  ])('on %s finds the short-term cycle in %s, without any portfolio', async (day, phase, score, regime) => {
    const response = await run<Cycles>('macro_cycles_overview', day, {});
    const { stdc, civil, overview, regime_history } = response.data;
    expect(stdc).toMatchObject({ phase, asof_date: day, missing: ['CREDIT_GROWTH'] });
    expect(stdc.score).toBeCloseTo(score, 2);
    expect(civil).toMatchObject({ phase: null, missing: ['GINI', 'TRUST', 'POLARISATION'] });
    expect(overview.cards.map((card) => card.phase)).toEqual([phase, null, null, null]);
    expect(regime_history.points.at(-1)).toMatchObject({ date: day, regime });
    expect(drawn(response)).toEqual({
      cycle_cards: 'table',
      phases: 'spec',
      timeline: 'spec',
      drivers: 'table',
    });
  });
});

interface Trends {
  regime_history: Of<'macro.get_regime_history'>;
  factor_history: Of<'risk.get_factor_exposure_history'>;
  trend_analysis: Of<'macro.detect_trend_shifts'>;
  alert_suggestions: Of<'alerts.suggest_presets'>;
}

describe('macro_trend_monitor', () => {
  it('compares the last month end before four weeks ago with the demo’s last day', async () => {
    const response = await run<Trends>('macro_trend_monitor', '2013-02-28');
    const { regime_history, factor_history, trend_analysis } = response.data;
    const dates = ['2013-01-31', '2013-02-28'];
    expect(regime_history.points.map(({ date }) => date)).toEqual(dates);
    expect(factor_history.points.map(({ date }) => date)).toEqual(dates);
    const [before, after] = factor_history.points;
    expect(trend_analysis.factor_changes.map(({ factor }) => factor)).toEqual(['mkt_rf', 'smb', 'hml']);
    for (const { factor, change } of trend_analysis.factor_changes)
      expect(change).toBeCloseTo((after?.betas[factor] ?? NaN) - (before?.betas[factor] ?? NaN), 12);
    expect(trend_analysis.regime_shift_detected).toBe(false);
    expect(Object.values(drawn(response))).toEqual(['spec', 'spec', 'table', 'table', 'table']);
  });

  it('tells how the economy went into the recession, though the portfolio is too young for exposures', async () => {
    const response = await run<Trends>('macro_trend_monitor', '2009-03-31', {
      portfolio_id: alice.id,
      inputs: { lookback_weeks: 104 },
    });
    const { trend_analysis, alert_suggestions } = response.data;
    expect(alert_suggestions.count).toBe(alert_suggestions.suggestions.length);
    expect(alert_suggestions.suggestions[0]?.reason).toContain('DEEP_CONTRACTION');
    expect(trend_analysis).toMatchObject({ regime_shift_detected: true, factor_shift_detected: null });
    expect(trend_analysis.regime_shifts.at(-1)?.to).toBe('DEEP_CONTRACTION');
  });
});

interface Overview {
  positions: Of<'ledger.positions'>;
  regime: Of<'macro.detect_regime'>;
  indicators: Of<'macro.get_indicators'>;
  factor_exposures: Of<'risk.compute_factor_exposures'>;
  dar: Of<'macro.compute_dar'>;
}

describe('portfolio_macro_overview', () => {
  it.each([
    ['2009-03-31', 'DEEP_CONTRACTION', false],
    ['2013-02-28', 'MID_EXPANSION', true],
  ])('on %s stands in a %s beside the drawdown that the portfolio risks', async (day, regime, hasBetas) => {
    const response = await run<Overview>('portfolio_macro_overview', day);
    const { data } = response;
    expect(data.regime).toMatchObject({ regime, asof_date: day });
    expect(data.indicators.indicators).toHaveLength(13);
    expect(data.factor_exposures.betas['mkt_rf'] !== null).toBe(hasBetas);
    const { median_drawdown, drawdown_at_risk, conditional_drawdown_at_risk, value, amount } = data.dar;
    expect(median_drawdown).toBeGreaterThan(0);
    expect(drawdown_at_risk).toBeGreaterThan(median_drawdown ?? NaN);
    expect(conditional_drawdown_at_risk).toBeGreaterThan(drawdown_at_risk ?? NaN);
    expect(Number(amount)).toBeCloseTo((drawdown_at_risk ?? NaN) * Number(value), 1);
    expect(data.positions.positions.length).toBeGreaterThan(1);
    expect(drawn(response)).toEqual({
      ...{ regime_card: 'spec', indicators: 'spec', indicator_values: 'table' },
      ...{ factor_exposures: 'spec', dar_widget: 'spec', holdings: 'table' },
    });
  });
});

interface CycleRisk {
  factor_exposures: Of<'risk.compute_factor_exposures'>;
  cycle_risk_map: Of<'risk.overlay_cycle_phases'>;
  dar: Of<'macro.compute_dar'>;
}

describe('portfolio_cycle_risk', () => {
  it('amplifies nothing on the demo’s last day, in a usual phase', async () => {
    const response = await run<CycleRisk>('portfolio_cycle_risk', '2013-02-28');
    const { cycle_risk_map, dar, factor_exposures } = response.data;
    expect(cycle_risk_map).toMatchObject({
      overall_multiplier: 1,
      risk_level: 'normal',
      amplified_factors: [],
    });
    expect(cycle_risk_map.factors[0]?.amplified_beta).toBe(factor_exposures.betas['mkt_rf']);
    expect(dar.cycle_multiplier).toBe(1);
    expect(Object.values(drawn(response))).toEqual(['spec', 'spec', 'table', 'table']);
  });

  it('doubles what markets do in a deep recession', async () => {
    const { data } = await run<CycleRisk>('portfolio_cycle_risk', '2009-03-31');
    const usual = await run<Overview>('portfolio_macro_overview', '2009-03-31');
    expect(data.cycle_risk_map).toMatchObject({ overall_multiplier: 2, risk_level: 'high' });
    expect(data.dar.cycle_multiplier).toBe(2);
    const [amplified, plain] = [data.dar.drawdown_at_risk ?? NaN, usual.data.dar.drawdown_at_risk ?? NaN];
    expect(amplified).toBeGreaterThan(1.5 * plain);
    expect(amplified).toBeLessThan(2 * plain);
  });
});

it('a token without the right to see economic series gets none of it', async () => {
  const { status, body } = await stack.call('/v1/execute', {
    as: alice.user_id,
    rights: ['portfolio_read'],
    body: { pattern_id: 'macro_cycles_overview' },
  });
  expect(status).toBe(403);
  expect(JSON.stringify(body)).toContain('macro_data_read');
});
