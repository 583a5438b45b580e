import fc from 'fast-check';
import { type CashChange, cashHistory, weekdays } from '../../tests/support/cash-history';
import { moneyWeightedWindow } from './money-weighted-window';
import { timeWeightedReturn } from './returns';
import { sinceInception, valuePoints, type Window, windowFrom } from './window';

const dates = weekdays('2012-01-02', 300); // to Friday, 2013-02-22
const windowOf = (cash: CashChange[], from?: string): Window => {
  const history = cashHistory(dates, cash);
  const window = from === undefined ? sinceInception(history) : windowFrom(history, from);
  if ('reason' in window) throw new Error(window.reason);
  return window;
};
const placesOf = (amount: bigint): number => Number(amount) / 1e10;

describe('the money-weighted return of a window', () => {
  it('counts the opening value as a deposit', () => {
    // 100 grow to 110 before, and to 121 within: the year's return knows nothing of the first gain.
    const window = windowOf(
      [
        ['2012-01-02', '100', '100'],
        ['2012-01-31', '10', '0'],
        ['2012-06-01', '11', '0'],
      ],
      '2012-02-22',
    );
    const result = moneyWeightedWindow(window);
    expect(window.days).toBe(366);
    expect(result.period_return).toBeCloseTo(0.1, 12);
    expect(result.value).toBeCloseTo(1.1 ** (365 / 366) - 1, 12);
    expect(result).toMatchObject({ flows: 0, multiple_roots: false, reasons: {} });
    expect(placesOf(result.gain)).toBe(11);
  });

  it('of nothing at the start counts the time from the first money on', () => {
    // 100 come in on Friday, 2012-02-24, a year less a day before the end, and grow by a tenth.
    const cash: CashChange[] = [
      ['2012-02-24', '100', '100'],
      ['2012-06-01', '10', '0'],
    ];
    const window = windowOf(cash);
    const result = moneyWeightedWindow(window);
    expect(window.from).toBe('2012-02-23');
    expect(result).toMatchObject({ from: '2012-02-24', days: 364 });
    expect(result.period_return).toBeCloseTo(0.1, 12);
    expect(result.value).toBeCloseTo(1.1 ** (365 / 364) - 1, 12);
  });

  it('weighs money by the time it was there, where the time-weighted return does not', () => {
    // 100 double in the first half; 900 more come in before the second, in which a tenth is lost.
    const cash: CashChange[] = [
      ['2012-01-02', '100', '100'],
      ['2012-07-02', '100', '0'],
      ['2012-07-03', '900', '900'],
      ['2013-02-22', '-110', '0'],
    ];
    const window = windowOf(cash);
    const result = moneyWeightedWindow(window);
    expect(timeWeightedReturn(valuePoints(window.values)).cumulative).toBeCloseTo(0.8, 12);
    expect(result.value as number).toBeLessThan(0);
    expect(placesOf(result.gain)).toBe(-10);
    expect(result.flows).toBe(2);
  });

  it('is the time-weighted return where nothing comes in or goes out, and scale changes neither', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 299 }), fc.integer({ min: -3, max: 4 })), {
          maxLength: 20,
        }),
        fc.integer({ min: 1, max: 1000 }),
        (changes, scale) => {
          const cash = (times: number): CashChange[] =>
            changes
              .toSorted(([a], [b]) => a - b)
              .map(([day, gain]) => [dates[day] as string, String(gain * times), '0']);
          const opening = (times: number): CashChange => [
            '2012-01-02',
            String(100 * times),
            String(100 * times),
          ];
          const window = windowOf([opening(1), ...cash(1)], '2012-01-02');
          const scaled = windowOf([opening(scale), ...cash(scale)], '2012-01-02');
          const { period_return } = moneyWeightedWindow(window);
          const { cumulative } = timeWeightedReturn(valuePoints(window.values));
          expect(period_return).toBeCloseTo(cumulative as number, 10);
          expect(moneyWeightedWindow(scaled).period_return).toBeCloseTo(period_return as number, 10);
        },
      ),
    );
  });

  it('solves its own equation, and its gain is what the flows do not explain', () => {
    const flow = fc.record({
      day: fc.integer({ min: 1, max: 298 }),
      external: fc.integer({ min: -20, max: 40 }),
      gain: fc.integer({ min: -2, max: 3 }),
    });
    fc.assert(
      fc.property(fc.uniqueArray(flow, { maxLength: 8, selector: ({ day }) => day }), (rows) => {
        const cash = rows
          .toSorted((a, b) => a.day - b.day)
          .map(({ day, external, gain }): CashChange => [
            dates[day] as string,
            String(external + gain),
            String(external),
          ]);
        const window = windowOf([['2012-01-02', '1000', '1000'], ...cash], '2012-01-02');
        const { value, gain } = moneyWeightedWindow(window);
        const end = rows.reduce((sum, row) => sum + row.external + row.gain, 1000);
        const worth = (date: string, amount: number): number =>
          amount *
          (1 + (value as number)) ** (-(Date.parse(date) - Date.parse('2012-01-02')) / 86_400_000 / 365);
        const net = rows.reduce((sum, row) => sum + worth(dates[row.day] as string, row.external), 1000);
        expect(net).toBeCloseTo(worth('2013-02-22', end), 6);
        expect(placesOf(gain)).toBeCloseTo(
          rows.reduce((sum, row) => sum + row.gain, 0),
          9,
        );
      }),
    );
  });

  it('calls a total loss −1 and says so', () => {
    const lost = windowOf([
      ['2012-01-02', '100', '100'],
      ['2012-06-01', '-100', '0'],
    ]);
    expect(moneyWeightedWindow(lost)).toMatchObject({ value: -1, period_return: -1, total_loss: true });
  });

  it('has no rate for money that only goes out, and says why', () => {
    // An overdraft that was settled: the opening is a debt, which money from outside pays.
    const overdrawn = windowOf(
      [
        ['2012-01-02', '-100', '0'],
        ['2012-06-01', '100', '0'],
        ['2012-07-02', '50', '0'],
      ],
      '2012-01-03',
    );
    expect(moneyWeightedWindow(overdrawn)).toMatchObject({
      value: null,
      period_return: null,
      reasons: { value: 'ONE_SIGN', period_return: 'ONE_SIGN' },
    });
    expect(placesOf(moneyWeightedWindow(overdrawn).gain)).toBe(150);
  });

  it('flags several rates', () => {
    // −100, +230, −132 within a year and a bit: 10 % and 20 % a period both solve it.
    const window = windowOf(
      [
        ['2012-01-02', '100', '100'],
        ['2012-07-02', '-230', '-230'],
        ['2013-01-01', '132', '132'],
        ['2013-01-02', '-2', '0'],
      ],
      '2012-01-02',
    );
    expect(moneyWeightedWindow(window).multiple_roots).toBe(true);
  });
});
