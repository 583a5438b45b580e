/** Scenarios on the demo, from the real database, against figures worked out by hand from the pack's prices. */
import { type Economist, startEconomist } from '../support/ask-macro';

let economist: Economist;
beforeAll(async () => {
  economist = await startEconomist();
});
afterAll(() => economist.close());

const day = '2013-02-28';
/** CAD per USD of the pack, see README: cross of EUR/CAD 1.3461 and EUR/USD 1.3129. */
const rate = 1.3461 / 1.3129;
/** AAPL, IBM, MSFT at the pack's prices. */
const shares = (210 * 441.4 + 240 * 200.83 + 550 * 27.8) * rate;
const dollars = 43_296.63 * rate;
const change = (result: { change: string | null }): number => Number(result.change);

describe('macro.run_scenario', () => {
  it('runs a library scenario at market value: technology by 1.3 of the market, US dollars by their translation', async () => {
    const result = await economist.ask('macro.run_scenario', day, { scenario_id: 'equity_selloff' });
    // Shares −20 %, dollar +3 %: local 1.3 × −20 % − 0.3 × 3 %.
    const local = -0.26 - 0.009;
    expect(change(result)).toBeCloseTo(shares * ((1 + local) * 1.03 - 1) + dollars * 0.03, 6);
    expect(result).toMatchObject({
      scenario: {
        id: 'equity_selloff',
        severity: 'extreme',
        probability: 0.02,
        shocks: { rates_bps: -75, credit_bps: 100, usd_pct: 3, equity_pct: -20 },
      },
      asof_date: day,
      pricing_pack_id: 'PP_2013-02-28',
      base_currency: 'CAD',
      pre_value: '251642.552468581',
      unanswered: ['rates', 'credit'],
      without_change: [],
      reasons: {},
    });
    expect(result.losers.map(({ symbol }) => symbol)).toEqual(['AAPL', 'IBM', 'MSFT']);
    expect(result.winners.map(({ symbol }) => symbol)).toEqual(['USD']);
    expect(Number(result.cash.change)).toBeCloseTo(dollars * 0.03, 6);
    expect(result.positions.find(({ symbol }) => symbol === 'CAD')).toMatchObject({
      kind: 'cash',
      change: '0',
    });
  });

  it('lets a Canadian gain when the US dollar rises, and lose when it falls', async () => {
    const up = await economist.ask('macro.run_scenario', day, { custom_shocks: { usd_vs_cad_pct: 10 } });
    const down = await economist.ask('macro.run_scenario', day, { custom_shocks: { usd_pct: -10 } });
    expect(change(up)).toBeCloseTo(shares * ((1 - 0.03) * 1.1 - 1) + dollars * 0.1, 6);
    expect(change(up)).toBeGreaterThan(0);
    expect(change(down)).toBeLessThan(0);
    expect(up.scenario).toMatchObject({ id: null, name: 'Own shocks', probability: null });
    expect(up.reasons).toEqual({
      'scenario.probability': 'NO_PROBABILITY',
      'scenario.severity': 'NOT_APPLICABLE',
      'scenario.id': 'NOT_APPLICABLE',
    });
  });

  it('really counts own shocks, in place of the library’s or beside them', async () => {
    const custom_shocks = { rates_bps: 50, usd_vs_cad_pct: 5, cpi_surprise_pct: 0.4 };
    const own = await economist.ask('macro.run_scenario', day, { custom_shocks });
    const preset = await economist.ask('macro.run_scenario', day, { scenario_id: 'late_cycle_rates_up' });
    expect(own.positions).toEqual(preset.positions);
    // Nothing is said of the market: 1.3 × (−2 × 0.5 % − 3 × 0.4 %) − 0.3 × 5 % = −4.36 %.
    expect(change(own)).toBeCloseTo(shares * ((1 - 0.0436) * 1.05 - 1) + dollars * 0.05, 6);
    const both = await economist.ask('macro.run_scenario', day, {
      scenario_id: 'equity_selloff',
      custom_shocks: { equity_pct: -40, usd_pct: 0 },
    });
    expect(change(both)).toBeCloseTo(shares * -0.52, 6);
    expect(both.scenario).toMatchObject({ id: 'equity_selloff', probability: null });
  });

  it('refuses an id that the library does not hold, and says what was probably meant', async () => {
    await expect(
      economist.ask('macro.run_scenario', day, { scenario_id: 'equity_crash' }),
    ).rejects.toMatchObject({
      code: 'ARGS_INVALID',
      message: expect.stringContaining(
        'did you mean equity_selloff, equity_rally, flash_crash, crash_1987?',
      ) as string,
    });
    await expect(economist.ask('macro.run_scenario', day)).rejects.toMatchObject({ code: 'ARGS_INVALID' });
  });

  it('values what was held on the day of the pack', async () => {
    const early = await economist.ask('macro.run_scenario', '2008-12-31', { scenario_id: 'equity_selloff' });
    const { positions } = await economist.ask('ledger.positions', '2008-12-31');
    expect(early.positions.map(({ symbol }) => symbol)).toEqual(positions.map(({ symbol }) => symbol));
    expect(early.asof_date).toBe('2008-12-31');
  });
});

describe('scenarios.deleveraging_*', () => {
  const names = ['money_printing', 'austerity', 'default'] as const;

  it('are the library’s three, with a probability in a phase in which a deleveraging is under way', async () => {
    const within = await Promise.all(
      names.map((name) => economist.ask(`scenarios.deleveraging_${name}`, day, { ltdc_phase: 'DEPRESSION' })),
    );
    expect(within.map(({ scenario }) => [scenario.id, scenario.probability])).toEqual([
      ['dalio_money_printing', 0.25],
      ['dalio_austerity', 0.15],
      ['dalio_default', 0.05],
    ]);
    expect(within[0]?.scenario.probability_condition).toMatch(/DEPRESSION/);
    // Also where it is asked for by its name alone.
    const last = await economist.ask('macro.run_scenario', day, { scenario_id: 'dalio_default' });
    expect(within[2]?.positions).toEqual(last.positions);
    expect(last.scenario).toEqual(within[2]?.scenario);
    // −1.3 × 40 % − 0.3 × 15 %, the dollar up by 15 %.
    expect(change(last)).toBeCloseTo(shares * ((1 - 0.565) * 1.15 - 1) + dollars * 0.15, 6);
  });

  it('have no probability in another phase, or in none', async () => {
    for (const ltdc_phase of ['EXPANSION', null])
      expect(await economist.ask('scenarios.deleveraging_austerity', day, { ltdc_phase })).toMatchObject({
        scenario: { probability: null, probability_condition: null },
        reasons: { 'scenario.probability': 'NO_PROBABILITY' },
      });
  });
});

describe('scenarios.macro_aware_rank', () => {
  it('ranks all of the library by probability × loss, by the regime', async () => {
    const neutral = await economist.ask('scenarios.macro_aware_rank', day);
    const deep = await economist.ask('scenarios.macro_aware_rank', day, { regime: 'DEEP_CONTRACTION' });
    expect(neutral.scenarios).toHaveLength(32);
    const row = (of: typeof neutral) => of.scenarios.find(({ id }) => id === 'equity_selloff');
    // Four times as likely, twice as grave: 1.3 × −40 % − 0.3 × 6 %, the dollar up by 6 %.
    const loss = -(shares * ((1 - 0.538) * 1.06 - 1) + dollars * 0.06);
    expect(row(deep)).toMatchObject({ probability: 0.08, probability_multiplier: 4, severity_multiplier: 2 });
    expect(Number(row(deep)?.expected_loss)).toBeCloseTo(loss * 0.08, 5);
    expect(row(deep)?.rank).toBeLessThan(row(neutral)?.rank as number);
    expect(neutral.scenarios[0]).toMatchObject({ rank: 1, id: 'short_term_debt_crisis' });
    expect(neutral.hedging_priorities[0]?.factor).toBe('equity');
    expect(neutral.reasons).toEqual({ regime: 'NOT_APPLICABLE', ltdc_phase: 'NOT_APPLICABLE' });
  });

  it('ranks the ways through a deleveraging where the long-term cycle is in one', async () => {
    const rankOf = (of: typeof within) => of.scenarios.find(({ id }) => id === 'dalio_austerity')?.rank;
    const within = await economist.ask('scenarios.macro_aware_rank', day, { ltdc_phase: 'DEBT_CRISIS' });
    expect(rankOf(within)).toBe(4);
    expect(rankOf(await economist.ask('scenarios.macro_aware_rank', day))).toBeNull();
  });
});

describe('scenarios.macro_aware_apply', () => {
  it('runs one scenario as the regime has it: the row of the ranking, in the shape that charts take', async () => {
    const { regime } = await economist.ask('macro.detect_regime', '2009-03-31');
    const asked = { scenario_id: 'equity_selloff', regime };
    const found = await economist.ask('scenarios.macro_aware_apply', day, asked);
    expect(found).toMatchObject({
      ...{ regime: 'DEEP_CONTRACTION', probability_multiplier: 4, severity_multiplier: 2, reasons: {} },
      scenario_result: {
        scenario: { id: 'equity_selloff', probability: 0.08, shocks: { equity_pct: -40, usd_pct: 6 } },
      },
    });
    const { scenario_result } = found;
    expect(change(scenario_result)).toBeCloseTo(shares * ((1 - 0.538) * 1.06 - 1) + dollars * 0.06, 5);
    const { scenarios } = await economist.ask('scenarios.macro_aware_rank', day, { regime });
    expect(scenarios.find(({ id }) => id === 'equity_selloff')?.change).toBe(scenario_result.change);
    const { waterfall } = await economist.ask('charts.scenario', day, { scenario_result });
    expect(JSON.stringify(waterfall['title'])).toContain('Shares sell off, as DEEP_CONTRACTION has it');
  });

  it('is the library’s scenario without a regime', async () => {
    const plain = await economist.ask('macro.run_scenario', day, { scenario_id: 'rates_up' });
    const applied = await economist.ask('scenarios.macro_aware_apply', day, { scenario_id: 'rates_up' });
    expect(applied.scenario_result).toEqual(plain);
    expect(applied.reasons).toEqual({ regime: 'NOT_APPLICABLE' });
  });
});

describe('charts.scenario', () => {
  it('draws each position’s change, and a waterfall that begins and ends at the portfolio’s values', async () => {
    const scenario_result = await economist.ask('macro.run_scenario', day, { scenario_id: 'rates_up' });
    const charts = await economist.ask('charts.scenario', day, { scenario_result });
    expect(charts.position_deltas).toMatchObject({
      title: { text: 'Rates up: change by position, as of 2013-02-28' },
      encoding: { x: { title: 'Change, CAD' } },
    });
    const { values } = charts.waterfall['data'] as { values: { step: string; from: number; to: number }[] };
    expect(values[0]).toMatchObject({ step: 'before', from: 0, to: Number(scenario_result.pre_value) });
    expect(values.at(-1)).toMatchObject({ step: 'after', from: 0, to: Number(scenario_result.post_value) });
    values.slice(2, -1).forEach(({ from }, index) => expect(from).toBe(values[index + 1]?.to));
    expect(values.at(-2)?.to).toBeCloseTo(Number(scenario_result.post_value), 6);
  });
});
