/** Months of unequal length. */
import { addMonths, endOfMonth } from './months';

it.each([
  ['2012-01-31', 1, '2012-02-29'],
  ['2013-01-31', 1, '2013-02-28'],
  ['2012-02-29', 12, '2013-02-28'],
  ['2012-02-29', -12, '2011-02-28'],
  ['2012-12-15', 1, '2013-01-15'],
  ['2013-01-15', -1, '2012-12-15'],
  ['2013-01-15', -13, '2011-12-15'],
])('%s and %i months is %s', (date, months, expected) => {
  expect(addMonths(date, months)).toBe(expected);
});

it.each([
  ['2012-02-01', '2012-02-29'],
  ['2012-02-29', '2012-02-29'],
  ['2012-12-31', '2012-12-31'],
  ['2013-04-10', '2013-04-30'],
])('the month of %s ends on %s', (date, expected) => {
  expect(endOfMonth(date)).toBe(expected);
});
