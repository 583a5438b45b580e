/** The demo against its benchmark and on factors, from the real database, against figures computed by another program. */
import { windowNames } from '../../src/contract/window-names';
import { type Analyst, bob, startAnalyst } from '../support/ask-analyst';

let analyst: Analyst;
beforeAll(async () => {
  analyst = await startAnalyst();
});
afterAll(() => analyst.close());

const near = (value: number, digits = 10): number => expect.closeTo(value, digits) as number;

describe('metrics.compute_benchmark', () => {
  it('measures against the index in Canadian dollars, on the days of the packs', async () => {
    const result = await analyst.ask('metrics.compute_benchmark');
    expect(result).toMatchObject({
      benchmark: { symbol: 'SP500', currency: 'USD', series: 'price' },
      currency: 'CAD',
      convention: { dividends: 'in the portfolio, not in the benchmark' },
      // The portfolio began from nothing on the evening before the first pack, where the index has no level.
      from: '2007-01-03',
      to: '2013-02-28',
      observations: 1549,
      dropped: { portfolio: [], benchmark: ['2007-01-02'] },
      portfolio_return: near(1.06508746086131),
      benchmark_return: near(-0.06160260834068),
      active_return: near(1.12669006920199),
      portfolio_annual_return: near(0.12521613680977),
      benchmark_annual_return: near(-0.0102905236975),
      beta: near(0.52363619849552),
      alpha: near(0.12834219704917),
      correlation: near(0.78905910989383),
      tracking_error: near(0.15904094574423),
      information_ratio: near(0.85202373434824),
      up_capture: near(0.29539082635635),
      down_capture: near(0.8090530338422),
      reasons: {},
    });
  });

  it('puts the index’s return beside the portfolio’s, over each calendar window', async () => {
    const { windows: returns } = await analyst.ask('metrics.compute_twr');
    const { windows } = await analyst.ask('metrics.compute_benchmark', { lookback_days: 20 });
    expect(windows).toMatchObject({
      '1d': { benchmark_return: near(-0.00129617339156), benchmark_annualised: null },
      mtd: { benchmark_return: near(0.0345663323033), from: '2013-01-31' },
      '1y': { benchmark_return: near(0.13666311259905), benchmark_annualised: near(0.13626535982113) },
      '3y': { benchmark_return: near(0.32926535121001), benchmark_annualised: near(0.09923694357259) },
      '5y': { benchmark_return: near(0.16176298430804), benchmark_annualised: near(0.03040806746977) },
      since_inception: { benchmark_return: near(-0.06160260834068), from: '2007-01-03', days: 2248 },
    });
    for (const name of windowNames)
      expect(windows[name].portfolio_return).toBeCloseTo(returns[name].value as number, 8);
  });

  it('measures the last year against a risk-free rate, alpha by the method that is asked for', async () => {
    const args = { lookback_days: 252, risk_free: 0.02, alpha_method: 'arithmetic' };
    expect(await analyst.ask('metrics.compute_benchmark', args)).toMatchObject({
      from: '2012-02-27',
      observations: 252,
      benchmark_return: near(0.13184164920642),
      beta: near(0.72126117037045),
      alpha: near(-0.09650892008853),
      information_ratio: near(-1.13522912163588),
      convention: { alpha_method: 'arithmetic', risk_free: 0.02 },
    });
  });

  it('converts nothing where the portfolio is in the index’s currency', async () => {
    const { benchmark_return, from, to, currency } = await analyst.ask(
      'metrics.compute_benchmark',
      { lookback_days: 252 },
      { owner: bob },
    );
    // 1367.59 on 27 February 2012, 1514.68 a year later.
    expect([from, to, currency]).toEqual(['2012-02-27', '2013-02-28', 'USD']);
    expect(benchmark_return).toBeCloseTo(1514.68 / 1367.59 - 1, 12);
  });

  it('takes a share as a benchmark, from the day it has a price', async () => {
    const { benchmark, from, dropped, reasons, windows } = await analyst.ask('metrics.compute_benchmark', {
      benchmark: 'FB',
      lookback_days: 252,
    });
    expect(benchmark).toMatchObject({ symbol: 'FB', series: 'price' });
    expect(from).toBe('2012-05-18');
    expect(dropped.benchmark).toHaveLength(58);
    expect(reasons).toEqual({});
    // It was listed in May 2012: no shorter period stands under a longer name.
    expect([windows.ytd.benchmark_return, windows['1y'].reasons['benchmark_return']]).toEqual([
      expect.any(Number),
      'NO_QUOTE',
    ]);
  });

  it('says so when the portfolio has no benchmark, or a symbol has no prices yet', async () => {
    const none = await analyst.ask('metrics.compute_benchmark', {}, { ctx: { benchmark_id: null } });
    expect(none).toMatchObject({
      benchmark: null,
      beta: null,
      from: null,
      observations: 0,
      windows: { '1y': { portfolio_return: null, reasons: { portfolio_return: 'NO_BENCHMARK' } } },
      reasons: { benchmark: 'NO_BENCHMARK', beta: 'NO_BENCHMARK', from: 'NO_BENCHMARK' },
    });
    const early = await analyst.ask('metrics.compute_benchmark', { benchmark: 'FB' }, { day: '2010-06-30' });
    expect(early).toMatchObject({ benchmark_return: null, reasons: { benchmark_return: 'NO_QUOTE' } });
  });

  it('refuses a symbol that nothing has, and names what there is', async () => {
    await expect(analyst.ask('metrics.compute_benchmark', { benchmark: 'TSX' })).rejects.toMatchObject({
      code: 'DATA_MISSING',
      message: expect.stringContaining('SP500') as string,
    });
  });
});

describe('risk.compute_factor_exposures', () => {
  it('regresses 72 months in US dollars on three factors, as they were known at the pack', async () => {
    const result = await analyst.ask('risk.compute_factor_exposures');
    expect(result).toMatchObject({
      factor_set: 'ff3',
      currency: 'USD',
      from: '2007-01-31',
      to: '2013-01-31',
      observations: 72,
      factors_to: '2013-01-31',
      alpha: near(0.00883289350015),
      alpha_t_stat: near(2.61268705663085),
      betas: { mkt_rf: near(0.79499387768644), smb: near(-0.05116090572975), hml: near(-0.40323768699913) },
      t_stats: { mkt_rf: near(10.60860438578881), smb: near(-0.29962996753419), hml: near(-3.2776850694138) },
      r_squared: near(0.65441207214507),
      // January 2007 began within; the factors of February 2013 were not out yet.
      dropped: { portfolio: ['2007-01'], factors: ['2013-02'] },
      warnings: [],
      reasons: {},
    });
  });

  it('looks back as many months as asked for, or at the market alone', async () => {
    const last = await analyst.ask('risk.compute_factor_exposures', { lookback_months: 36 });
    expect(last).toMatchObject({
      observations: 36,
      from: '2010-01-29',
      betas: { mkt_rf: near(0.57324294340428) },
      r_squared: near(0.40492148056135),
    });
    const { betas, r_squared } = await analyst.ask('risk.compute_factor_exposures', { factor_set: 'capm' });
    expect(betas).toEqual({ mkt_rf: near(0.68971633602873) });
    expect(r_squared).toBeCloseTo(0.59780825397463, 10);
  });

  it('withholds exposures of fewer than 36 months', async () => {
    const young = await analyst.ask('risk.compute_factor_exposures', {}, { day: '2009-12-31' });
    expect(young).toMatchObject({
      observations: 34,
      factors_to: '2009-11-30',
      alpha: null,
      betas: { mkt_rf: null, smb: null, hml: null },
      reasons: { alpha: 'TOO_FEW_OBSERVATIONS', 'betas.hml': 'TOO_FEW_OBSERVATIONS' },
    });
    await expect(analyst.ask('risk.compute_factor_exposures', { lookback_months: 12 })).rejects.toMatchObject(
      { code: 'ARGS_INVALID' },
    );
  });

  it('sees no factor of a month before it was known', async () => {
    const before = await analyst.ask('risk.compute_factor_exposures', {}, { day: '2013-02-27' });
    expect(before).toMatchObject({ factors_to: '2012-12-31', to: '2012-12-31', observations: 71 });
  });
});
