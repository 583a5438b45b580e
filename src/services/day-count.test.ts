import { type DayCount, dayCounts, yearsBetween } from './day-count';

describe('years between two days', () => {
  it.each<[DayCount, string, string, number]>([
    ['act_365f', '2020-01-01', '2021-01-01', 366 / 365],
    ['act_360', '2011-01-01', '2012-01-01', 365 / 360],
    // ISDA's own example: 61 days of 2003, 121 of the leap year 2004.
    ['act_act_isda', '2003-11-01', '2004-05-01', 61 / 365 + 121 / 366],
    ['act_act_isda', '1999-02-01', '1999-07-01', 150 / 365],
    ['act_act_isda', '2002-08-15', '2003-07-15', 334 / 365],
    ['act_act_isda', '1999-12-30', '2000-06-30', 2 / 365 + 181 / 366],
    ['act_act_isda', '1900-01-01', '1901-01-01', 1],
    ['30_360', '2007-01-12', '2008-02-14', 392 / 360],
    ['30_360', '2007-01-31', '2007-03-31', 60 / 360],
    ['30_360', '2007-01-30', '2007-01-31', 0],
    ['30_360', '2007-01-29', '2007-03-31', 62 / 360],
    ['30_360', '2007-02-28', '2007-03-31', 30 / 360],
    ['30_360', '2007-02-28', '2008-02-29', 360 / 360],
    ['30_360', '2008-02-28', '2008-03-01', 3 / 360],
  ])('%s from %s to %s', (dayCount, from, to, expected) => {
    expect(yearsBetween(from, to, dayCount)).toBeCloseTo(expected, 12);
  });

  it('is none on the same day', () => {
    for (const dayCount of dayCounts) expect(yearsBetween('2012-02-29', '2012-02-29', dayCount)).toBe(0);
  });
});
