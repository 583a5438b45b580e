/** Indicators and regimes of the demo's economy, against figures computed from the same file by an independent program. */
import type { Catalogue, ResultOf } from '../../src/capabilities';
import { type Economist, startEconomist } from '../support/ask-macro';

let economist: Economist;
beforeAll(async () => {
  economist = await startEconomist();
});
afterAll(() => economist.close());

const indicator = (result: ResultOf<Catalogue['macro.get_indicators']>, id: string) =>
  result.indicators.find((one) => one.id === id);
const near = (value: number): number => expect.closeTo(value, 9) as number;

describe('macro.get_indicators', () => {
  it('gives the latest values that were known, since when, how old they are, and z-scores of ten years', async () => {
    const result = await economist.ask('macro.get_indicators', '2013-02-28');
    expect(result.asof_date).toBe('2013-02-28');
    expect(indicator(result, 'T10Y2Y')).toEqual({
      id: 'T10Y2Y',
      name: 'Slope of the yield curve: 10 years − 2 years',
      value: near(1.91 - 0.27),
      unit: 'percentage_points',
      period_end: '2013-01-31',
      known_on: '2013-02-04',
      age_days: 28,
      z_score: near(0.1232985487164448),
      observations: 120,
      reasons: {},
    });
    expect(indicator(result, 'CPI_GROWTH')).toMatchObject({
      value: near(0.016593522338277822),
      unit: 'fraction',
      known_on: '2013-02-20',
      z_score: near(-0.5707976464166217),
    });
    expect(indicator(result, 'UNRATE')).toMatchObject({
      value: 8,
      unit: 'percent',
      period_end: '2013-01-31',
    });
    expect(indicator(result, 'GDP_GROWTH')).toMatchObject({ period_end: '2012-12-31', observations: 40 });
    // 0.07 % less inflation of 1.6593… %.
    expect(indicator(result, 'REAL_RATE')).toMatchObject({
      value: near(0.07 - 1.6593522338277822),
      unit: 'percent',
    });
  });

  it('has no value of a series that ended long ago, and says since when', async () => {
    const result = await economist.ask('macro.get_indicators', '2013-02-28');
    expect(indicator(result, 'MONEY_GROWTH')).toMatchObject({
      value: null,
      z_score: null,
      period_end: '2009-09-30',
      age_days: 1247,
      reasons: { value: 'STALE', z_score: 'STALE' },
    });
    expect(result.missing).toEqual(['MONEY_GROWTH']);
    const then = await economist.ask('macro.get_indicators', '2009-11-02', { indicators: ['MONEY_GROWTH'] });
    expect(then.indicators[0]).toMatchObject({ period_end: '2009-09-30', known_on: '2009-10-30' });
    expect(then.indicators[0]?.value).not.toBeNull();
  });

  it('names what the demo has no series for', async () => {
    const result = await economist.ask('macro.get_indicators', '2013-02-28', { indicators: ['DEBT_GDP'] });
    expect(result.missing).toEqual(['DEBT_GDP']);
    expect(result.indicators[0]).toMatchObject({ value: null, reasons: { value: 'MISSING_INPUT' } });
  });

  it('does not know a value on the day before it was published', async () => {
    const ids = { indicators: ['UNRATE'] };
    const before = await economist.ask('macro.get_indicators', '2013-02-06', ids);
    const after = await economist.ask('macro.get_indicators', '2013-02-07', ids);
    expect([before, after].map(({ indicators }) => indicators[0]?.period_end)).toEqual([
      '2012-12-31',
      '2013-01-31',
    ]);
  });
});

describe('macro.detect_regime', () => {
  it('finds a deep contraction in March 2009', async () => {
    const result = await economist.ask('macro.detect_regime', '2009-03-31');
    expect(result).toMatchObject({
      regime: 'DEEP_CONTRACTION',
      label: 'Deep contraction',
      runner_up: 'EARLY_EXPANSION',
      scores: { DEEP_CONTRACTION: 100 },
      coverage: 1,
      missing: [],
      reasons: {},
    });
    expect(result.inputs.map(({ id, period_end, z_score }) => [id, period_end, z_score])).toEqual([
      ['T10Y2Y', '2009-02-28', near(0.9350971110632141)],
      ['UNRATE', '2009-02-28', near(3.8310465627261934)],
      ['CPI_GROWTH', '2009-02-28', near(-2.6716394004879134)],
      ['BAA10Y', '2009-02-28', near(3.145754291007666)],
    ]);
    expect(Object.values(result.shares ?? {}).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  });

  it.each([
    ['2007-06-29', 'LATE_EXPANSION', 86.36],
    ['2013-02-28', 'MID_EXPANSION', 88.38],
  ])('on %s finds %s', async (day, regime, score) => {
    const result = await economist.ask('macro.detect_regime', day);
    expect(result.regime).toBe(regime);
    expect(result.scores?.[regime]).toBeCloseTo(score, 2);
    expect(result.margin).toBeCloseTo(score - (result.scores?.[result.runner_up ?? ''] ?? 0), 2);
  });
});
