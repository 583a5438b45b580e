/** Files of facts, as the demo has them. */
import { readDividends, readFactors } from './fact-files';

const securities = [{ id: 'a', symbol: 'XYZ', currency: 'USD', asset_class: 'equity' }];

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

it('knows a dividend from its ex-date on', () => {
  const csv =
    'symbol,ex_date,pay_date,amount,currency\nXYZ,2012-08-09,2012-08-16,2.65,USD\nABC,2012-08-09,2012-08-16,1,USD\n';
  expect(readDividends(csv, securities)).toMatchObject([
    { security_id: 'a', type: 'dividend', known_on: '2012-08-09', amount: '2.65', ratio: null },
  ]);
});

it('takes -99.99 and -999 for what they are in these files: no value', () => {
  const csv = 'Date,Mkt-RF,SMB,HML,RF\n201201,-99.99,2.15,-999,-9.99\n';
  expect(readFactors(csv).map(({ series_id, value }) => [series_id, value])).toEqual([
    ['FF3.SMB', '2.15'],
    ['FF3.RF', '-9.99'],
  ]);
});

it('does not know yet when a dividend without a pay date is paid', () => {
  const csv = 'symbol,ex_date,pay_date,amount,currency\nXYZ,2012-08-09,,2.65,USD\n';
  expect(readDividends(csv, securities)).toMatchObject([{ pay_date: null, known_on: '2012-08-09' }]);
});

it('names every line that it cannot read', () => {
  const factors = 'Date,Mkt-RF,SMB,HML,RF\n201213,1,1,1,1\n201201,1,,1,1\n201201,1,1,x,1\n';
  expect(() => readFactors(factors)).toThrow(
    [
      'line 2: "201213" is no month such as 201301',
      'line 3: "" is no decimal number',
      'line 4: 201201 stands above already',
      'line 4: "x" is no decimal number',
    ].join('\n'),
  );
  expect(() => readFactors('Date,SMB,Mkt-RF,HML,RF\n201201,1,1,1,1\n')).toThrow(
    'line 1: the header has to begin with date,mkt-rf,smb,hml,rf',
  );
  const dividends =
    'symbol,ex_date,pay_date,amount,currency\nXYZ,2013-02-29,2013-03-08,0,usd\nXYZ,2013-02-28,13-3-8,1,USD\nXYZ,2013-02-28,,2,USD\n';
  expect(() => readDividends(dividends, securities)).toThrow(
    [
      'line 2: "2013-02-29" is no day',
      'line 2: "0" is no positive decimal number',
      'line 2: "usd" is no currency',
      'line 3: "13-3-8" is no day',
      'line 4: the dividend of XYZ with the ex-date 2013-02-28 stands above already',
    ].join('\n'),
  );
});
