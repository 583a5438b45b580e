import { type CashChange, cashHistory, weekdays } from '../../tests/support/cash-history';
import { benchmarkWindow } from './benchmark-window';
import { lastDays, sinceInception, windowFrom } from './window';

const dates = weekdays('2012-01-02', 290); // to Friday, 2013-02-08
const last = dates.at(-1) as string;
const levels = (skip: string[] = []) =>
  new Map(
    dates.filter((date) => !skip.includes(date)).map((date) => [date, date < '2012-06-01' ? 100 : 120]),
  );
const cash: CashChange[] = [
  ['2012-01-02', '100', '100'],
  ['2012-07-02', '10', '0'],
];
const history = cashHistory(dates, cash);

describe('a window beside its benchmark', () => {
  it('gives both returns, their difference, and both per year', () => {
    const result = benchmarkWindow(windowFrom(history, '2012-01-03'), history, levels());
    expect(result).toMatchObject({ from: '2012-01-03', to: last, days: 402, observations: 288, reasons: {} });
    expect(result.portfolio_return).toBeCloseTo(0.1, 12);
    expect(result.benchmark_return).toBeCloseTo(0.2, 12);
    expect(result.active_return).toBeCloseTo(-0.1, 12);
    expect(result.benchmark_annualised).toBeCloseTo(1.2 ** (365 / 402) - 1, 12);
  });

  it('annualises nothing under a year', () => {
    const result = benchmarkWindow(lastDays(history, 20), history, levels());
    expect(result).toMatchObject({
      portfolio_return: 0,
      portfolio_annualised: null,
      reasons: {
        portfolio_annualised: 'PERIOD_UNDER_ONE_YEAR',
        benchmark_annualised: 'PERIOD_UNDER_ONE_YEAR',
      },
    });
  });

  it('begins at the end of the first day where the portfolio came from nothing', () => {
    expect(benchmarkWindow(sinceInception(history), history, levels())).toMatchObject({
      from: '2012-01-02',
      observations: 289,
    });
  });

  it.each([
    ['the first day', '2012-01-03'],
    ['the last day', last],
  ])('is not available without a level on %s', (_day, missing) => {
    const result = benchmarkWindow(windowFrom(history, '2012-01-03'), history, levels([missing]));
    expect(result).toMatchObject({
      from: null,
      to: null,
      days: null,
      benchmark_return: null,
      observations: 0,
    });
    expect(Object.keys(result.reasons)).toHaveLength(8);
    expect(new Set(Object.values(result.reasons))).toEqual(new Set(['NO_QUOTE']));
  });

  it('needs none on the days between', () => {
    const between = benchmarkWindow(windowFrom(history, '2012-01-03'), history, levels(['2012-06-01']));
    expect(between.benchmark_return).toBeCloseTo(0.2, 12);
    expect(between.observations).toBe(287);
  });

  it('hands on why there is no window, and has no return of a portfolio that has none', () => {
    const none = benchmarkWindow({ reason: 'PERIOD_BEFORE_INCEPTION' }, history, levels());
    expect(new Set(Object.values(none.reasons))).toEqual(new Set(['PERIOD_BEFORE_INCEPTION']));
    const empty = cashHistory(dates, [
      ['2012-01-02', '100', '100'],
      ['2012-01-03', '-100', '-100'],
    ]);
    expect(benchmarkWindow(windowFrom(empty, '2012-01-04'), empty, levels())).toMatchObject({
      from: '2012-01-04',
      benchmark_return: null,
      reasons: { benchmark_return: 'TOO_FEW_OBSERVATIONS', portfolio_annualised: 'TOO_FEW_OBSERVATIONS' },
    });
  });
});
