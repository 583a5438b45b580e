import { cashHistory, weekdays } from '../../tests/support/cash-history';
import { dailyReturns, ratePerPeriod } from './daily-returns';
import { sinceInception } from './window';

const dates = weekdays('2013-01-07', 6); // to Monday, 2013-01-14
const returnsOf = (...cash: Parameters<typeof cashHistory>[1]) =>
  dailyReturns(sinceInception(cashHistory(dates, cash)));

describe('the daily returns of a window', () => {
  it('are free of what comes in and goes out', () => {
    const { returns, dates: days } = returnsOf(
      ['2013-01-07', '100', '100'],
      ['2013-01-08', '60', '50'],
      ['2013-01-10', '-40', '-40'],
    );
    expect(days).toEqual(['2013-01-06', ...dates]);
    [0, 0.1, 0, 0, 0, 0].forEach((value, day) => expect(returns[day]).toBeCloseTo(value, 12));
  });

  it('are none on days that the portfolio was empty', () => {
    const { returns, idle_days } = returnsOf(
      ['2013-01-07', '100', '100'],
      ['2013-01-08', '-100', '-100'],
      ['2013-01-11', '100', '100'],
      ['2013-01-14', '1', '0'],
    );
    expect(returns).toEqual([0, 0, null, null, 0, 0.010000000000000009]);
    expect(idle_days).toBe(2);
  });

  it('are none where an overdraft leaves no capital, with the day and why', () => {
    const { returns, warnings } = returnsOf(
      ['2013-01-07', '100', '100'],
      ['2013-01-08', '-150', '0'],
      ['2013-01-10', '100', '100'],
    );
    expect(returns).toEqual([0, null, null, null, 0, 0]);
    expect(warnings).toEqual([
      { date: '2013-01-08', code: 'TOTAL_LOSS' },
      { date: '2013-01-09', code: 'ZERO_START' },
      { date: '2013-01-10', code: 'ZERO_START' },
    ]);
  });

  it('of no window are none', () => {
    expect(dailyReturns({ reason: 'NO_QUOTE' })).toMatchObject({ dates: [], returns: [] });
  });

  it('meet a rate per year that compounds over its days', () => {
    expect((1 + ratePerPeriod(0.05, 252)) ** 252).toBeCloseTo(1.05, 12);
    expect(ratePerPeriod(0, 252)).toBe(0);
  });
});
