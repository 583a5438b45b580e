/** Indicators from series: each rule by hand, what is known when, and what is not available. */
import { indicators } from './indicator-definitions';
import { readIndicator } from './indicator-reading';
import { indicatorValues } from './indicator-values';
import { knownAt, type MacroObservation } from './macro-observations';
import { addMonths, endOfMonth } from './months';

const row = (series_id: string, period_end: string, value: string, known_on: string, unit = 'percent') =>
  ({ series_id, period_end, value, unit, known_on }) satisfies MacroObservation;
const monthly = (id: string, from: string, values: readonly number[], unit = 'percent') =>
  values.map((value, at) => {
    const period_end = endOfMonth(addMonths(from, at));
    return row(id, period_end, String(value), period_end, unit);
  });
const valuesAt = (id: keyof typeof indicators, rows: readonly MacroObservation[], day = '9999-12-31') =>
  indicatorValues(indicators[id], knownAt(rows, day)).map(({ period_end, known_on, value, unit }) => [
    ...[period_end, known_on, value, unit],
  ]);

describe('values of an indicator', () => {
  it('are differences in percentage points, of periods that both series have', () => {
    const rows = [
      row('GS10', '2013-01-31', '1.5', '2013-02-04'),
      row('GS2', '2013-01-31', '2', '2013-02-05'),
      row('GS10', '2013-02-28', '3', '2013-03-04'),
    ];
    expect(valuesAt('T10Y2Y', rows)).toEqual([['2013-01-31', '2013-02-05', -0.5, 'percentage_points']]);
  });

  it('are growth on the same month or quarter a year before, as a fraction; not where that is missing', () => {
    const prices = monthly(
      'CPIAUCSL',
      '2011-12-01',
      [100, ...Array<number>(11).fill(101), 103, 104],
      'level',
    );
    expect(valuesAt('CPI_GROWTH', prices)).toEqual([
      ['2012-12-31', '2012-12-31', expect.closeTo(0.03, 12), 'fraction'],
      ['2013-01-31', '2013-01-31', expect.closeTo(104 / 101 - 1, 12), 'fraction'],
    ]);
    const output = ['2011-09-30', '2012-03-31', '2012-09-30'].map((day, at) =>
      row('GDPC1', day, String(100 + at), day, 'level'),
    );
    expect(valuesAt('GDP_GROWTH', output)).toEqual([
      ['2012-09-30', '2012-09-30', expect.closeTo(0.02, 12), 'fraction'],
    ]);
  });

  it('are changes on the year, and a real rate is the rate less inflation in percent', () => {
    const work = monthly('UNRATE', '2012-01-01', [8, ...Array<number>(11).fill(7), 6.5]);
    expect(valuesAt('UNRATE_CHANGE', work)).toEqual([
      ['2013-01-31', '2013-01-31', -1.5, 'percentage_points'],
    ]);
    const rows = [
      ...monthly('CPIAUCSL', '2012-01-01', [100, ...Array<number>(11).fill(1), 102], 'level'),
      ...monthly('TB3MS', '2013-01-01', [0.5]),
    ];
    expect(valuesAt('REAL_RATE', rows)).toEqual([
      ['2013-01-31', '2013-01-31', expect.closeTo(-1.5, 12), 'percent'],
    ]);
  });

  it('are those that were known on the day, with the latest revision up to then', () => {
    const rows = [
      row('UNRATE', '2013-01-31', '7.9', '2013-02-01'),
      row('UNRATE', '2013-01-31', '8', '2013-03-08'),
      row('UNRATE', '2013-02-28', '7.7', '2013-03-08'),
    ];
    expect(valuesAt('UNRATE', rows, '2013-01-31')).toEqual([]);
    expect(valuesAt('UNRATE', rows, '2013-03-07')).toEqual([['2013-01-31', '2013-02-01', 7.9, 'percent']]);
    expect(valuesAt('UNRATE', rows, '2013-03-08').map(([, , value]) => value)).toEqual([8, 7.7]);
  });

  it('refuse a series in a unit that is none of a rate', () => {
    const rows = [
      row('GS10', '2013-01-31', '2', '2013-01-31', 'level'),
      ...monthly('GS2', '2013-01-01', [1]),
    ];
    expect(() => valuesAt('T10Y2Y', rows)).toThrow(/GS10 is in level/);
  });
});

describe('a reading', () => {
  const sixty = monthly(
    'UNRATE',
    '2008-02-01',
    Array.from({ length: 60 }, (_, at) => at + 1),
  );

  it('has the z-score of the latest value among those of the last ten years', () => {
    // 1 to 60: mean 30.5, sample variance 60·61/12.
    const found = readIndicator('UNRATE', knownAt(sixty, '2013-02-28'), '2013-02-28');
    expect(found).toMatchObject({ value: 60, age_days: 28, observations: 60, reasons: {} });
    expect(found.z_score).toBeCloseTo(29.5 / Math.sqrt((60 * 61) / 12), 12);
    const long = monthly('UNRATE', '2000-01-01', [999, ...Array.from({ length: 156 }, (_, at) => at)]);
    expect(readIndicator('UNRATE', knownAt(long, '2013-02-28'), '2013-02-28').observations).toBe(120);
  });

  it('has none of too few values, nor of values that do not vary', () => {
    const few = readIndicator('UNRATE', knownAt(sixty.slice(1), '2013-02-28'), '2013-02-28');
    expect(few).toMatchObject({ value: 60, z_score: null, reasons: { z_score: 'TOO_FEW_OBSERVATIONS' } });
    const flat = monthly('UNRATE', '2008-02-01', Array<number>(60).fill(5));
    expect(readIndicator('UNRATE', knownAt(flat, '2013-02-28'), '2013-02-28').reasons).toEqual({
      z_score: 'ZERO_DEVIATION',
    });
  });

  it('takes what rounding leaves of a constant slope or growth for no deviation', () => {
    // 10 years stand 1.64 above 2 years in every month; 1.91 − 0.27 and 2.5 − 0.86 differ in their last bit.
    const two = Array.from({ length: 60 }, (_, at) => (at % 2 === 0 ? 0.27 : 0.86));
    const rows = [
      ...monthly(
        'GS10',
        '2008-02-01',
        two.map((rate) => Number((rate + 1.64).toFixed(2))),
      ),
      ...monthly('GS2', '2008-02-01', two),
    ];
    expect(readIndicator('T10Y2Y', knownAt(rows, '2013-02-28'), '2013-02-28')).toMatchObject({
      ...{ observations: 60, z_score: null, reasons: { z_score: 'ZERO_DEVIATION' } },
    });
    const prices = Array.from({ length: 72 }, (_, at) => (100 + (at % 12)) * 1.02 ** Math.floor(at / 12));
    const growing = knownAt(monthly('CPIAUCSL', '2007-02-01', prices, 'level'), '2013-02-28');
    expect(readIndicator('CPI_GROWTH', growing, '2013-02-28')).toMatchObject({
      ...{ value: expect.closeTo(0.02, 12) as number, z_score: null, reasons: { z_score: 'ZERO_DEVIATION' } },
    });
  });

  it('has ten years in its window whatever the days of the months: of 28 and 29 days, and of a month that is not over', () => {
    const values = Array.from({ length: 180 }, (_, at) => at);
    const leap = monthly('UNRATE', '1999-03-01', values);
    const found = readIndicator('UNRATE', knownAt(leap, '2014-02-28'), '2014-02-28');
    expect(found).toMatchObject({ period_end: '2014-02-28', observations: 120 });
    const begun = [
      ...monthly('UNRATE', '1999-02-01', values),
      row('UNRATE', '2014-02-12', '5', '2014-02-12'),
    ];
    expect(readIndicator('UNRATE', knownAt(begun, '2014-02-14'), '2014-02-14').observations).toBe(120);
  });

  it('is stale a day after its age limit, and missing without a series', () => {
    const onDay = (day: string) => readIndicator('UNRATE', knownAt(sixty, day), day);
    expect(onDay('2013-05-01')).toMatchObject({ age_days: 90, value: 60 });
    expect(onDay('2013-05-02')).toMatchObject({
      ...{ age_days: 91, value: null, z_score: null, period_end: '2013-01-31' },
      reasons: { value: 'STALE', z_score: 'STALE' },
    });
    expect(readIndicator('UNRATE', new Map(), '2013-02-28')).toMatchObject({
      ...{ value: null, period_end: null, reasons: { value: 'MISSING_INPUT', period_end: 'MISSING_INPUT' } },
    });
  });
});
