import fc from 'fast-check';
import { recessionRules } from './recession-rules';

const usual = { negative_quarters: 2, sahm_points: 0.5, sahm_lookback: 12, sahm_average: 3 };

const monthly = (values: readonly (number | string)[]) =>
  values.map((value, i) => ({ date: new Date(Date.UTC(2000, i, 1)).toISOString().slice(0, 10), value }));

describe('the technical recession', () => {
  // US real GDP 2007Q4 to 2009Q4, statsmodels macrodata (public domain).
  const quarters = ['2007-10-01', '2008-01-01', '2008-04-01', '2008-07-01', '2008-10-01', '2009-01-01', '2009-04-01', '2009-07-01']; // prettier-ignore
  const levels = [13391.249, 13366.865, 13415.266, 13324.6, 13141.92, 12925.41, 12901.504, 12990.341];
  const series = quarters.map((date, i) => ({ date, value: levels[i] as number }));

  it('is on in the second falling quarter and off in the first that rises', () => {
    const { rules, reasons } = recessionRules(series, undefined, usual);
    expect(rules.technical_recession).toEqual([{ on: '2008-10-01', off: '2009-07-01' }]);
    expect([rules.sahm, reasons]).toEqual([null, { 'rules.sahm': 'MISSING_INPUT' }]);
  });

  it('reads dates in any order and leaves the end open while it lasts', () => {
    const { rules } = recessionRules(series.slice(0, 7).reverse(), undefined, usual);
    expect(rules.technical_recession).toEqual([{ on: '2008-10-01', off: null }]);
    const once = recessionRules(series, undefined, { ...usual, negative_quarters: 1 });
    expect(once.rules.technical_recession).toHaveLength(2);
  });

  it('takes no change for no fall', () => {
    expect(recessionRules(monthly([3, 2, 2, 1]), undefined, usual).rules.technical_recession).toEqual([]);
  });

  it('says when there is too little to go by', () => {
    expect(recessionRules(monthly([2, 1]), [], usual).reasons).toEqual({
      'rules.technical_recession': 'TOO_FEW_OBSERVATIONS',
      'rules.sahm': 'TOO_FEW_OBSERVATIONS',
    });
  });

  it('refuses a period twice', () => {
    expect(() => recessionRules([...series, series[0] as (typeof series)[0]], undefined, usual)).toThrow(
      '2007-10-01',
    );
  });
});

describe('the Sahm rule', () => {
  const flat = new Array<number>(14).fill(4);
  const sahm = (values: readonly (number | string)[], more = {}) =>
    recessionRules(undefined, monthly(values), { ...usual, ...more }).rules.sahm;

  it('is on at exactly the threshold', () => {
    // Averages of three: 4, then 4.5 in the month of the 5.5.
    expect(sahm([...flat, 4, 5.5])).toEqual([{ on: '2001-04-01', off: null }]);
    expect(sahm([...flat, 4, 5.49])).toEqual([]);
    // In doubles (3.7 + 3.7 + 5.2)/3 − 3.7 is below 0.5.
    expect(sahm([...new Array<string>(15).fill('3.7'), '5.2'])).toHaveLength(1);
  });

  it('compares with the lookback before the current period, and needs all of it', () => {
    expect(sahm([...new Array<number>(13).fill(4), 9])).toBeNull();
    expect(sahm([...flat, 9])).toEqual([{ on: '2001-03-01', off: null }]);
    // Off once the averages of 4 and of 4, 4 and 5 (4.33) have left the lookback: 5 − 4.67.
    const [spell] = sahm([...flat, ...new Array<number>(20).fill(5)]) ?? [];
    expect(spell).toEqual({ on: '2001-04-01', off: '2002-04-01' });
  });

  it('takes other thresholds', () => {
    expect(sahm([4, 4.3], { sahm_average: 1, sahm_lookback: 1, sahm_points: 0.3 })).toHaveLength(1);
  });

  it('does what the plain definition says', () => {
    const values = fc.array(fc.integer({ min: 20, max: 100 }), { minLength: 6, maxLength: 60 });
    const size = fc.integer({ min: 1, max: 3 });
    fc.assert(
      fc.property(values, size, size, fc.integer({ min: 1, max: 20 }), (list, average, lookback, points) => {
        const sums = list.map((_, i) =>
          list.slice(Math.max(0, i + 1 - average), i + 1).reduce((a, b) => a + b, 0),
        );
        const first = average - 1 + lookback;
        const on = list.map(
          (_, i) =>
            i >= first && (sums[i] ?? 0) - Math.min(...sums.slice(i - lookback, i)) >= points * average,
        );
        const starts = on.filter((isOn, i) => isOn && !on[i - 1]).length;
        const got = sahm(list, { sahm_average: average, sahm_lookback: lookback, sahm_points: points });
        expect(got).toHaveLength(starts);
        expect(got?.at(-1)?.off === null).toBe(on.at(-1));
      }),
    );
  });
});
