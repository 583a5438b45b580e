/** Periods by their last day, whoever names the frequency. */
import { periodEnd } from './fred-periods';

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
