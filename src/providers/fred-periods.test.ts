/** Periods by their last day, whoever names the frequency. */
import { latestVintage, periodEnd } from './fred-periods';

it.each([
  ['2013-01-01', 'M', '2013-01-31'],
  ['2012-02-01', 'monthly', '2012-02-29'],
  ['2012-10-01', 'Q', '2012-12-31'],
  ['2012-10-01', 'quarterly', '2012-12-31'],
  ['2012-07-01', 'SA', '2012-12-31'],
  ['2012-01-01', 'yearly', '2012-12-31'],
  ['2013-02-22', 'W', '2013-02-22'],
  ['2013-02-22', 'D', '2013-02-22'],
])('dates the period of %s, %s, by its end', (date, frequency, end) => {
  expect(periodEnd(date, frequency)).toBe(end);
});

it.each([
  ['2026-11-27T05:59:59Z', '2026-11-26'],
  ['2026-11-27T06:00:00Z', '2026-11-27'],
  ['2026-07-01T05:00:00Z', '2026-07-01'],
])('has at %s no later vintage than %s', (now, day) => {
  expect(latestVintage(new Date(now))).toBe(day);
});
