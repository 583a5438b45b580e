import fc from 'fast-check';
import { portfolio } from '../../tests/support/bacon';
import { addDays } from './dates';
import { drawdown, type DrawdownOptions } from './drawdown';
import { type PathArguments, wealthPath } from './wealth-path';

const days = (count: number, from = 0): string[] =>
  Array.from({ length: count }, (_, i) => addDays('2020-01-01', from + i));
const of = (args: PathArguments, options?: DrawdownOptions) => drawdown(wealthPath(args), options);
const near = (value: number): number => expect.closeTo(value, 12) as number;

describe('drawdown of an index', () => {
  const index = [100, 120, 90, 120, 150, 75, 100];
  const fall = of({ index, dates: days(7) }, { periods_per_year: 6 });

  it('deepest fall with its days; not recovered: until the end', () => {
    expect(fall).toMatchObject({
      ...{ max_drawdown: -0.5, peak: '2020-01-05', trough: '2020-01-06', recovery: null, duration: 2 },
      ...{ current_drawdown: near(-1 / 3), high: { date: '2020-01-05', value: 150 } },
      reasons: { recovery: 'TOO_FEW_OBSERVATIONS' },
    });
  });

  it('means over the six observations after the first value', () => {
    // falls: 0, −1/4, 0, 0, −1/2, −1/3
    expect(fall.average_drawdown).toBeCloseTo(-(1 / 4 + 1 / 2 + 1 / 3) / 6, 12);
    expect(fall.pain_index).toBeCloseTo(13 / 72, 12);
    expect(fall.ulcer_index).toBeCloseTo(Math.sqrt((1 / 16 + 1 / 4 + 1 / 9) / 6), 12);
    expect(fall.annual_return).toBe(0);
    expect(fall.calmar_ratio).toBe(0);
  });

  it('a point for each value', () => {
    expect(fall.series).toHaveLength(7);
    expect(fall.series[2]).toEqual({ date: '2020-01-03', drawdown: -0.25 });
  });

  it('a recovery ends the fall; the longest time runs to the next higher peak', () => {
    const { peak, trough, recovery, duration, longest_drawdown_days, reasons } = of({
      index: [2, 2, 0.5, 2, 2, 3],
      dates: days(6),
    });
    expect({ peak, trough, recovery, duration, longest_drawdown_days, reasons }).toEqual({
      ...{
        peak: '2020-01-02',
        trough: '2020-01-03',
        recovery: '2020-01-04',
        duration: 2,
        longest_drawdown_days: 5,
      },
      reasons: {},
    });
  });

  it('a rising index: 0, no peak to name, a day from peak to peak', () => {
    expect(of({ index: [1, 2, 3], dates: days(3) }, { periods_per_year: 1 })).toMatchObject({
      ...{ max_drawdown: 0, peak: null, trough: null, recovery: null, duration: 0, longest_drawdown_days: 1 },
      ...{ calmar_ratio: null, drawdown_at_risk: 0, conditional_drawdown_at_risk: 0 },
      reasons: { peak: 'ZERO_DEVIATION', calmar_ratio: 'ZERO_DEVIATION' },
    });
  });

  it('the yearly return is by periods, else by days', () => {
    const index = [100, 50, 121];
    expect(of({ index }, { periods_per_year: 1 }).annual_return).toBeCloseTo(0.1, 12);
    const dates = ['2019-01-01', '2019-06-01', '2020-12-31'];
    expect(of({ index, dates }).annual_return).toBeCloseTo(0.1, 12);
    expect(of({ index, dates }).calmar_ratio).toBeCloseTo(0.2, 12);
    expect(of({ index }).reasons).toMatchObject({
      annual_return: 'MISSING_INPUT',
      calmar_ratio: 'MISSING_INPUT',
    });
  });
});

describe('drawdown of returns', () => {
  it('the start is the first peak, so a loss in the first period counts', () => {
    expect(of({ returns: [-0.1, 0.05] }).max_drawdown).toBeCloseTo(-0.1, 12);
  });

  it('gaps are no observations', () => {
    const gaps = of({ returns: [null, -0.1, null, 0.5] });
    expect(gaps).toEqual(of({ returns: [-0.1, 0.5] }));
    expect(gaps.observations).toBe(2);
    expect(of({ index: [null, 4, null, 3], dates: days(4) })).toMatchObject({
      max_drawdown: -0.25,
      peak: '2020-01-02',
    });
  });

  it('a date for each return, or the start’s before them', () => {
    const each = of({ returns: [-0.5, 0.5], dates: days(2) });
    expect(each).toMatchObject({
      peak: null,
      trough: '2020-01-01',
      duration: null,
      series: [{ date: '2020-01-01' }, {}],
    });
    expect(each.reasons).toMatchObject({ peak: 'MISSING_INPUT', duration: 'MISSING_INPUT' });
    const start = of({ returns: [-0.5, 0.5], dates: days(3) });
    expect(start).toMatchObject({ peak: '2020-01-01', trough: '2020-01-02', duration: 2 });
    expect(start.series).toHaveLength(3);
    expect(of({ returns: [0.5, -0.5, 1], dates: days(3) })).toMatchObject({
      peak: '2020-01-01',
      recovery: '2020-01-03',
      duration: 2,
    });
  });

  it('without dates there are no days, and it says so', () => {
    expect(of({ returns: [-0.5, 2] })).toMatchObject({
      ...{
        max_drawdown: -0.5,
        peak: null,
        trough: null,
        recovery: null,
        duration: null,
        longest_drawdown_days: null,
      },
      reasons: { peak: 'MISSING_INPUT', recovery: 'MISSING_INPUT', longest_drawdown_days: 'MISSING_INPUT' },
    });
  });

  it('back at the peak but for rounding is back', () => {
    const { recovery } = of({ returns: [0.2, 5 / 12 - 1, 12 / 5 - 1], dates: days(4) });
    expect(recovery).toBe('2020-01-04');
    expect(of({ returns: [0.1, -0.3, 1 / 0.7 - 1] }).current_drawdown).toBe(0);
  });

  it('refuses returns that no double holds when they are chained', () => {
    const percents = new Array<number>(600).fill(5);
    expect(() => of({ returns: percents })).toThrow(/^\/returns leads beyond every number at value 398/);
  });

  it('not compounded: returns add up, falls are shares of the start', () => {
    const { max_drawdown, series, compounded } = of({ returns: [0.5, -0.3, -0.3], compounded: false });
    expect(max_drawdown).toBeCloseTo(-0.6, 12);
    expect(series).toHaveLength(3);
    expect(compounded).toBe(false);
  });

  it('a total loss stays: −1', () => {
    expect(of({ returns: [0.1, -1, 3] })).toMatchObject({
      max_drawdown: -1,
      current_drawdown: -1,
      drawdown_at_risk: 1,
    });
  });

  it.each([
    [{ returns: [] }, 'TOO_FEW_OBSERVATIONS'],
    [{ index: [] }, 'TOO_FEW_OBSERVATIONS'],
    [{ returns: [null] }, 'TOO_FEW_OBSERVATIONS'],
    [{ index: [7] }, 'TOO_FEW_OBSERVATIONS'],
    [{ index: [0, 5] }, 'ZERO_START'],
  ])('of %j is not available: %s', (args, code) => {
    const { reasons, max_drawdown, current_drawdown, high } = of(args);
    expect({ max_drawdown, current_drawdown, high }).toEqual({
      max_drawdown: null,
      current_drawdown: null,
      high: null,
    });
    expect(new Set(Object.values(reasons))).toEqual(new Set([code]));
  });

  it.each([
    [{}, 'give either /returns or /index'],
    [{ returns: [0.1], index: [1] }, 'give either /returns or /index'],
    [{ index: [1, 2], dates: days(3) }, '/dates has 3 days; needed: 2.'],
    [{ returns: [0.1], dates: days(3) }, "/dates has 3 days; needed: 1, or 2 with the start's first."],
    [
      { index: [1, 2], dates: ['2020-01-02', '2020-01-01'] },
      '/dates/1: 2020-01-01 is not later than 2020-01-02',
    ],
    [{ index: [1, 2], dates: ['2020-01-02', '2020-01-02'] }, '/dates/1'],
    [{ index: [1, -2] }, '/index leads below zero at value 2'],
    [{ returns: [0, -1.2] }, '/returns leads below zero'],
  ])('%j is refused: %s', (args, message) => {
    expect(() => of(args)).toThrow(message);
  });
});

describe('drawdown at risk', () => {
  it('is among the deepest drawdowns, not the mildest', () => {
    // twenty drawdowns: 1 %, 2 %, … 20 % of the peak
    const index = [100, ...Array.from({ length: 20 }, (_, i) => 99 - i)];
    const { drawdown_at_risk, conditional_drawdown_at_risk } = of({ index }, { beta: 0.9 });
    expect(drawdown_at_risk).toBeCloseTo(0.19, 12);
    expect(conditional_drawdown_at_risk).toBeCloseTo(0.195, 12);
  });

  it('a boundary observation counts with its fraction', () => {
    // falls 0.5, 0.4, 0.3, 0.2, 0.1; the worst 30 % are 1.5 of them: (0.5 + 0.5 × 0.4)/1.5
    const { drawdown_at_risk, conditional_drawdown_at_risk } = of(
      { index: [10, 5, 6, 7, 8, 9] },
      { beta: 0.7 },
    );
    expect(drawdown_at_risk).toBeCloseTo(0.4, 12);
    expect(conditional_drawdown_at_risk).toBeCloseTo(0.7 / 1.5, 12);
  });

  it('with all confidence both are the maximum, with none the mildest and the mean', () => {
    expect(of({ index: [10, 5, 9] }, { beta: 1 })).toMatchObject({
      drawdown_at_risk: 0.5,
      conditional_drawdown_at_risk: 0.5,
    });
    expect(of({ index: [10, 5, 9] }, { beta: 0 })).toMatchObject({
      drawdown_at_risk: near(0.1),
      conditional_drawdown_at_risk: near(0.3),
    });
  });
});

describe('invariants', () => {
  const returns = fc.array(fc.double({ min: -0.9, max: 1, noNaN: true }), { minLength: 1, maxLength: 60 });

  it('−1 ≤ maximum ≤ average ≤ 0; DaR ≤ CDaR ≤ |maximum|; ulcer ≥ pain', () => {
    fc.assert(
      fc.property(returns, fc.double({ min: 0, max: 1, noNaN: true }), (values, beta) => {
        const fall = of({ returns: values }, { beta }) as unknown as Record<string, number>;
        const order = [-1, fall['max_drawdown'], fall['average_drawdown'], 0] as number[];
        // An average of equal falls may differ from them in its last digit.
        for (const [i, value] of order.slice(1).entries())
          expect(value).toBeGreaterThanOrEqual((order[i] as number) - 1e-12);
        expect(fall['drawdown_at_risk']).toBeLessThanOrEqual(
          (fall['conditional_drawdown_at_risk'] as number) + 1e-12,
        );
        expect(fall['conditional_drawdown_at_risk']).toBeLessThanOrEqual(
          -(fall['max_drawdown'] as number) + 1e-12,
        );
        expect(fall['ulcer_index']).toBeGreaterThanOrEqual((fall['pain_index'] as number) - 1e-12);
      }),
    );
  });

  it('returns and their index agree, whatever the index starts from', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 1e6, noNaN: true }), (start) => {
        let value = start;
        const index = [start, ...portfolio.map((r) => (value *= 1 + r))];
        const [a, b] = [of({ index }), of({ returns: portfolio })];
        expect(a.max_drawdown).toBeCloseTo(b.max_drawdown as number, 10);
        expect(a.average_drawdown).toBeCloseTo(b.average_drawdown as number, 10);
        expect(a.drawdown_at_risk).toBeCloseTo(b.drawdown_at_risk as number, 10);
      }),
    );
  });
});
