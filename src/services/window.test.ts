import { dailyValues } from './daily-values';
import { addDays } from './dates';
import { timeWeightedReturn } from './returns';
import { type History, lastDays, sinceInception, valuePoints } from './window';

const day = (index: number) => addDays('2013-01-07', index);

/** Cash in the base currency, by the day: what is on the account, and how much of the day's change came from outside. */
function historyOf(
  days: number,
  cash: [at: number, amount: string, external: string][],
  unquoted: number[] = [],
): History {
  const dates = Array.from({ length: days }, (_, index) => day(index));
  const values = dailyValues({
    base_currency: 'EUR',
    dates,
    holding_changes: [],
    cash_changes: cash.map(([at, amount, external_amount]) => ({
      date: day(at),
      currency: 'USD',
      amount,
      external_amount,
    })),
    conversions: [],
    prices: [],
    rates: dates
      .filter((_, index) => !unquoted.includes(index))
      .map((date) => ({ date, quote_ccy: 'USD', rate: '1' })),
  });
  return { ...values, dates, first_activity: cash[0] ? day(cash[0][0]) : null };
}

function returnOf(window: ReturnType<typeof sinceInception>): number | string {
  return 'reason' in window
    ? window.reason
    : (timeWeightedReturn(valuePoints(window.values)).cumulative as number);
}

describe('windows', () => {
  it('since inception begin before the first day, so its fee counts', () => {
    const window = sinceInception(historyOf(4, [[1, '990', '1000']]));
    expect(window).toMatchObject({ from: day(0), to: day(3), days: 3, unvalued_days: 0 });
    expect(returnOf(window)).toBeCloseTo(-0.01, 12);
  });

  it('begin the day before when the portfolio is as old as the prices', () => {
    const window = sinceInception(historyOf(2, [[0, '990', '1000']]));
    expect(window).toMatchObject({ from: day(-1), days: 2 });
    expect(returnOf(window)).toBeCloseTo(-0.01, 12);
  });

  it('begin with the first value when the portfolio is older than the prices', () => {
    const window = sinceInception(
      historyOf(2, [
        [-30, '990', '500'],
        [1, '99', '0'],
      ]),
    );
    expect(window).toMatchObject({ from: day(0) });
    expect(returnOf(window)).toBeCloseTo(0.1, 12);
  });

  it('count trading days back, start exclusive', () => {
    const history = historyOf(5, [
      [0, '100', '100'],
      [2, '10', '0'],
      [4, '11', '0'],
    ]);
    expect(lastDays(history, 2)).toMatchObject({ from: day(2), to: day(4), days: 2 });
    expect(returnOf(lastDays(history, 2))).toBeCloseTo(0.1, 12);
    expect(returnOf(lastDays(history, 3))).toBeCloseTo(0.21, 12);
  });

  it('are no longer than the portfolio is old', () => {
    const history = historyOf(6, [[3, '100', '100']]);
    expect(lastDays(history, 100)).toEqual(sinceInception(history));
    expect(lastDays(history, 4)).toMatchObject({ from: day(2) });
  });

  it('refuse to measure from or to a day without a value, and count those in between', () => {
    const cash: [number, string, string][] = [
      [0, '100', '100'],
      [2, '10', '0'],
    ];
    expect(lastDays(historyOf(5, cash, [4]), 2)).toEqual({ reason: 'NO_QUOTE' });
    expect(lastDays(historyOf(5, cash, [2]), 2)).toEqual({ reason: 'NO_QUOTE' });
    const window = lastDays(historyOf(5, cash, [2]), 3);
    expect(window).toMatchObject({ from: day(1), unvalued_days: 1 });
    expect(returnOf(window)).toBeCloseTo(0.1, 12);
  });

  it('of nothing are not available', () => {
    expect(sinceInception(historyOf(3, []))).toEqual({ reason: 'TOO_FEW_OBSERVATIONS' });
    expect(sinceInception(historyOf(0, []))).toEqual({ reason: 'TOO_FEW_OBSERVATIONS' });
    expect(sinceInception(historyOf(1, [[-3, '1', '1']]))).toEqual({ reason: 'TOO_FEW_OBSERVATIONS' });
    expect(sinceInception(historyOf(2, [[0, '1', '1']], [0, 1]))).toEqual({ reason: 'NO_QUOTE' });
  });
});
