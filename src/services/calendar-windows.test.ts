import fc from 'fast-check';
import { type CashChange, cashHistory, upTo, weekdays } from '../../tests/support/cash-history';
import { windowNames } from '../contract/window-names';
import { calendarStart, calendarWindows } from './calendar-windows';
import { timeWeightedReturn } from './returns';
import { type NoWindow, valuePoints, type Window, windowFrom } from './window';

function growthOf(window: Window | NoWindow): number {
  if ('reason' in window) throw new Error(window.reason);
  return 1 + (timeWeightedReturn(valuePoints(window.values)).cumulative as number);
}

const starts = (to: string) =>
  (['1d', 'mtd', 'qtd', 'ytd', '1y', '3y', '5y'] as const).map((name) => calendarStart(name, to));

describe('calendar windows', () => {
  it('begin the day before the month, quarter and year, and on the same day of earlier years', () => {
    expect(starts('2013-02-28')).toEqual([
      ...['2013-02-27', '2013-01-31', '2012-12-31', '2012-12-31'],
      ...['2012-02-28', '2010-02-28', '2008-02-28'],
    ]);
    expect(starts('2013-09-30').slice(1, 4)).toEqual(['2013-08-31', '2013-06-30', '2012-12-31']);
  });

  it('take the last of February for its 29th in years that have none', () => {
    expect(starts('2012-02-29').slice(4)).toEqual(['2011-02-28', '2009-02-28', '2007-02-28']);
    expect(calendarStart('1y', '2013-02-28')).toBe('2012-02-28');
  });

  const dates = weekdays('2012-01-02', 320); // to Friday, 2013-03-22
  const grown = dates.map((date): CashChange => [date, '1', '0']);
  const history = cashHistory(dates, [['2012-01-02', '100', '100'], ...grown.slice(1)]);

  it('begin at the close of the last trading day before, when that day is none', () => {
    const windows = calendarWindows(upTo(history, '2013-03-04'));
    expect(windows['1d']).toMatchObject({ from: '2013-03-01', to: '2013-03-04', days: 3 });
    expect(windows.mtd).toMatchObject({ from: '2013-02-28', days: 4 });
    // A year before was a Sunday.
    expect(windows['1y']).toMatchObject({ from: '2012-03-02', days: 367 });
  });

  it('are not available where they would begin before the portfolio, even by a day', () => {
    const windows = calendarWindows(upTo(history, '2013-01-02'));
    expect(windows['3y']).toEqual({ reason: 'PERIOD_BEFORE_INCEPTION' });
    expect(windows['1y']).toMatchObject({ from: '2012-01-02' });
    expect(calendarWindows(upTo(history, '2012-12-31'))['1y']).toEqual({ reason: 'PERIOD_BEFORE_INCEPTION' });
    expect(windows.since_inception).toMatchObject({ from: '2012-01-01' });
  });

  it('say so when the portfolio is older than the prices', () => {
    const older = cashHistory(dates, [['2009-05-04', '100', '100']]);
    const windows = calendarWindows(older);
    expect(windows['3y']).toEqual({ reason: 'BEFORE_FIRST_QUOTE' });
    expect(windows['5y']).toEqual({ reason: 'PERIOD_BEFORE_INCEPTION' });
    expect(windows.ytd).toMatchObject({ from: '2012-12-31' });
  });

  it('do not begin or end on a day without a value', () => {
    const hole = cashHistory(dates, [['2012-01-02', '100', '100']], ['2013-02-28']);
    expect(calendarWindows(hole).mtd).toEqual({ reason: 'NO_QUOTE' });
    expect(calendarWindows(hole).ytd).toMatchObject({ unvalued_days: 1 });
    const ended = calendarWindows(upTo(hole, '2013-02-28'));
    expect(Object.values(ended)).toEqual(windowNames.map(() => ({ reason: 'NO_QUOTE' })));
  });

  it('of nothing are not available', () => {
    expect(Object.values(calendarWindows(cashHistory(dates, [])))).toEqual(
      windowNames.map(() => ({ reason: 'TOO_FEW_OBSERVATIONS' })),
    );
  });

  it('chain: what came before a window and the window are the whole', () => {
    const change = fc.record({
      day: fc.integer({ min: 1, max: dates.length - 1 }),
      gain: fc.integer({ min: -2, max: 3 }),
      flow: fc.integer({ min: 0, max: 50 }),
    });
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 40 }),
        fc.integer({ min: 70, max: dates.length - 1 }),
        (changes, last) => {
          const cash = changes
            .toSorted((a, b) => a.day - b.day)
            .map(({ day, gain, flow }): CashChange => [
              dates[day] as string,
              String(gain + flow),
              String(flow),
            ]);
          const day = dates[last] as string;
          const now = upTo(cashHistory(dates, [['2012-01-02', '1000', '1000'], ...cash]), day);
          const windows = calendarWindows(now);
          const whole = growthOf(windows.since_inception);
          for (const name of windowNames) {
            const window = windows[name];
            if ('reason' in window) continue;
            const before = upTo(now, window.from);
            const until = before.dates.length === 0 ? 1 : growthOf(calendarWindows(before).since_inception);
            expect(until * growthOf(window)).toBeCloseTo(whole, 12);
          }
          const month = windows.mtd;
          if ('reason' in month) return;
          // The year to the end of last month, and this month, are the year to date.
          const earlier = calendarWindows(upTo(now, month.from)).ytd;
          if ('reason' in earlier || month.from.slice(0, 4) !== day.slice(0, 4)) return;
          expect(growthOf(earlier) * growthOf(month)).toBeCloseTo(growthOf(windows.ytd), 12);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('from a day that is no trading day there is none', () => {
    expect(windowFrom(history, '2012-06-02')).toEqual({ reason: 'NO_QUOTE' });
  });
});
