/** A file of economic series, as the demo has it. */
import { readSeries } from './series-file';

const series = [
  { id: 'UNRATE', publication_lag_days: 7 },
  { id: 'GDPC1', publication_lag_days: 30 },
];

it('takes a value for known as many days after the end of its period as its series says', () => {
  expect(readSeries('period_end,UNRATE,GDPC1\n2012-11-30,7.7,\n2012-12-31,7.9,15384.3\n', series)).toEqual([
    { series_id: 'UNRATE', period_end: '2012-11-30', value: '7.7', known_on: '2012-12-07' },
    { series_id: 'UNRATE', period_end: '2012-12-31', value: '7.9', known_on: '2013-01-07' },
    { series_id: 'GDPC1', period_end: '2012-12-31', value: '15384.3', known_on: '2013-01-30' },
  ]);
});

it('names every line that it cannot read', () => {
  const csv = 'period_end,UNRATE,GDPC1\n2012-02-30,7,\n2012-12-31,x,\n2012-12-31,7,.\n';
  expect(() => readSeries(csv, series)).toThrow(
    [
      'line 2: "2012-02-30" is no day',
      'line 3: "x" is no decimal number',
      'line 4: 2012-12-31 stands above already',
      'line 4: "." is no decimal number',
    ].join('\n'),
  );
});

it('refuses a file with other series than those that are described', () => {
  expect(() => readSeries('period_end,UNRATE\n', series)).toThrow(/line 1: the header has to be/);
  expect(() => readSeries('period_end,UNRATE,GDPC1,M1\n', series)).toThrow(/line 1: the header has to be/);
});
