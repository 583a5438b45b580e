/** What the analyst says of the demo's performance, from the real database, against figures computed by another program. */
import { windowNames } from '../../src/contract/window-names';
import { type Analyst, bob, startAnalyst } from '../support/ask-analyst';

let analyst: Analyst;
beforeAll(async () => {
  analyst = await startAnalyst();
});
afterAll(() => analyst.close());

const near = (value: number, digits = 10): number => expect.closeTo(value, digits) as number;

describe('metrics.compute_twr', () => {
  it('gives every calendar window with its period, the year annualised, the month not', async () => {
    const { windows, value, since_inception } = await analyst.ask('metrics.compute_twr');
    expect(windows).toMatchObject({
      '1d': { value: near(-0.00453427419172), from: '2013-02-27', days: 1, observations: 1 },
      mtd: { value: near(0.00776937300382), annualised: null, from: '2013-01-31', observations: 19 },
      qtd: { value: near(-0.02448430182783), from: '2012-12-31', days: 59 },
      ytd: { value: near(-0.02448430182783), from: '2012-12-31', days: 59 },
      '1y': {
        value: near(-0.00977553813832),
        annualised: near(-0.00974895963653),
        from: '2012-02-28',
        days: 366,
      },
      '3y': { value: near(0.53451918520507), annualised: near(0.15297900853714), from: '2010-02-26' },
      '5y': { value: near(1.10791124818901), annualised: near(0.16064541641037), from: '2008-02-28' },
      since_inception: {
        value: near(1.06508746307244),
        annualised: near(0.12489693125962),
        from: '2007-01-02',
      },
    });
    expect(windows.mtd.reasons).toEqual({ annualised: 'PERIOD_UNDER_ONE_YEAR' });
    expect(windows.since_inception.value).toBe(since_inception.value);
    expect(value).toBe(since_inception.value);
  });

  it('knows on 29 February which day a year ago was', async () => {
    const { windows } = await analyst.ask('metrics.compute_twr', {}, { day: '2012-02-29' });
    expect(windows).toMatchObject({
      '1y': { value: near(0.25628411925513), from: '2011-02-28', days: 366 },
      '3y': { value: near(1.10635717202539), from: '2009-02-27' },
      '5y': { value: near(1.1316020848032), from: '2007-02-28' },
    });
  });

  it('gives no shorter period under a longer name', async () => {
    const { windows } = await analyst.ask('metrics.compute_twr', {}, { day: '2007-06-29' });
    const missing = windowNames.filter((name) => windows[name].value === null);
    expect(missing).toEqual(['ytd', '1y', '3y', '5y']);
    expect(windows['1y']).toMatchObject({
      from: null,
      observations: 0,
      reasons: { value: 'PERIOD_BEFORE_INCEPTION', annualised: 'PERIOD_BEFORE_INCEPTION' },
    });
    expect(windows.mtd.from).toBe('2007-05-31');
  });
});

describe('metrics.compute_mwr', () => {
  it('counts opening value, flows and end value of every window, and gives the gain beside', async () => {
    const result = await analyst.ask('metrics.compute_mwr');
    expect(result.windows).toMatchObject({
      '1d': { period_return: near(-0.00453427419172), flows: 0, gain: '-1146.2135778418' },
      '1y': {
        value: near(-0.00527475147902),
        period_return: near(-0.00528916456762),
        flows: 1,
        from: '2012-02-28',
        days: 366,
      },
      '3y': { value: near(0.15569407554205), period_return: near(0.54541519386802), flows: 3 },
      '5y': { value: near(0.16856432575794), period_return: near(1.18089029012111), flows: 4 },
      since_inception: { value: near(0.14003202417794), period_return: near(1.24234584927799), flows: 7 },
    });
    expect(Number(result.windows.since_inception.gain)).toBeCloseTo(129642.55246858, 7);
    expect(result).toMatchObject({
      value: result.windows.since_inception.value,
      begin_value: '0',
      end_value: '251642.552468581',
      net_external_flows: '122000',
      currency: 'CAD',
      multiple_roots: false,
      reasons: {},
    });
  });

  it('says which windows the portfolio is too young for', async () => {
    const { windows } = await analyst.ask('metrics.compute_mwr', {}, { day: '2007-06-29' });
    expect(windows['1y']).toMatchObject({
      value: null,
      gain: null,
      days: null,
      reasons: { value: 'PERIOD_BEFORE_INCEPTION', gain: 'PERIOD_BEFORE_INCEPTION' },
    });
  });
});

describe('metrics.compute_risk', () => {
  it('measures the daily returns since inception, through 2008', async () => {
    const risk = await analyst.ask('metrics.compute_risk');
    expect(risk).toMatchObject({
      from: '2007-01-02',
      observations: 1550,
      annual_return: near(0.12513049669715),
      volatility: near(0.16827762440068),
      sharpe_ratio: near(0.7847473524063),
      sortino_ratio: near(1.17276909799205),
      downside_deviation: near(0.11260138116169),
      skewness: near(0.17141972349004),
      excess_kurtosis: near(2.30649223951777),
      max_drawdown: near(-0.19584300539452),
      peak: '2008-08-13',
      trough: '2008-11-20',
      recovery: '2009-06-25',
      duration: 316,
      current_drawdown: near(-0.12386837258419),
      current_peak: '2012-09-20',
      calmar_ratio: near(0.63893268204843),
      value_at_risk: {
        historical: near(-0.01576954660032),
        gaussian: near(-0.01690660594772),
        cornish_fisher: near(-0.01589113119077),
      },
      expected_shortfall: { historical: near(-0.02308139626937), gaussian: near(-0.02133469055206) },
      warnings: [],
      reasons: {},
    });
  });

  it('measures against a risk-free rate and a minimum per year, at another confidence', async () => {
    const rates = { risk_free: 0.02, minimum_acceptable_return: 0.03, confidence: 0.99 };
    const risk = await analyst.ask('metrics.compute_risk', { ...rates, lookback_days: 252 });
    expect(risk).toMatchObject({
      observations: 252,
      volatility: near(0.15049282306713),
      sharpe_ratio: near(-0.10054243895978),
      sortino_ratio: near(-0.24163751399284),
      max_drawdown: near(-0.14328347326632),
      recovery: null,
      duration: 161,
      value_at_risk: { historical: near(-0.0213965000946) },
      expected_shortfall: { historical: near(-0.02686314949493) },
      convention: rates,
      reasons: { recovery: 'NOT_RECOVERED' },
    });
  });

  it('refuses a confidence of everything', async () => {
    await expect(analyst.ask('metrics.compute_risk', { confidence: 1 })).rejects.toMatchObject({
      code: 'ARGS_INVALID',
    });
  });
});

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
