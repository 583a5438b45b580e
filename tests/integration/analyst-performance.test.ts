/** What the analyst says of the demo's performance, from the real database, against figures computed by another program. */
import { windowNames } from '../../src/contract/window-names';
import { type Analyst, startAnalyst } from '../support/ask-analyst';

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
      since_inception: { value: near(0.14003202417794), period_return: near(1.24154086046), flows: 7 },
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
