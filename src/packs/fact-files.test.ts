/** Files of facts, as the demo has them. */
import { readDividends, readFactors, readIndexLevels } from './fact-files';

const securities = [{ id: 'a', symbol: 'XYZ', currency: 'USD' }];

it('takes a month of factors for known at the end of the next month', () => {
  const [first, ...others] = readFactors('Date,Mkt-RF,SMB,HML,RF\n201201,5.05,2.15,-1.03,0.00\n');
  expect(first).toEqual({
    ...{ series_id: 'FF3.MKT_RF', period_end: '2012-01-31', value: '5.05', known_on: '2012-02-29' },
  });
  expect(others.map(({ series_id, value }) => [series_id, value])).toEqual([
    ['FF3.SMB', '2.15'],
    ['FF3.HML', '-1.03'],
    ['FF3.RF', '0.00'],
  ]);
});

it('reads the levels of an index that is a known security, and of no other', () => {
  expect(readIndexLevels('Date,XYZ\n2012-01-03,1277.06\n', securities)).toEqual([
    { date: '2012-01-03', close: '1277.06', security_id: 'a', currency: 'USD' },
  ]);
  expect(readIndexLevels('Date,ABC\n2012-01-03,1277.06\n', securities)).toEqual([]);
});

it('knows a dividend from its ex-date on', () => {
  const csv =
    'symbol,ex_date,pay_date,amount,currency\nXYZ,2012-08-09,2012-08-16,2.65,USD\nABC,2012-08-09,2012-08-16,1,USD\n';
  expect(readDividends(csv, securities)).toMatchObject([
    { security_id: 'a', type: 'dividend', known_on: '2012-08-09', amount: '2.65', ratio: null },
  ]);
});
