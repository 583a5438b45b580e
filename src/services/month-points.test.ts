/** Days at which monthly things are looked at again. */
import { monthPoints } from './month-points';

const dates = [
  '2012-11-29',
  '2012-11-30',
  '2012-12-31',
  '2013-01-02',
  '2013-01-31',
  '2013-02-01',
  '2013-02-15',
];

it('are the months’ last trading days and the last day of all', () => {
  expect(monthPoints(dates)).toEqual(['2012-11-30', '2012-12-31', '2013-01-31', '2013-02-15']);
  expect(monthPoints([])).toEqual([]);
});

it('begin with the last month’s end before the weeks that are asked for', () => {
  // Four weeks before the 15th is 18 January.
  expect(monthPoints(dates, 4)).toEqual(['2012-12-31', '2013-01-31', '2013-02-15']);
  expect(monthPoints(dates, 2)).toEqual(['2013-01-31', '2013-02-15']);
  expect(monthPoints(dates, 500)).toEqual(monthPoints(dates));
});
