/** Files of a market: what they say, and what they must not. */
import { readFxQuotes, readIndexLevels, readPrices } from './price-files';

const securities = [
  { id: 'a', symbol: 'XYZ', currency: 'CAD', asset_class: 'equity' },
  { id: 'i', symbol: 'SP500', currency: 'USD', asset_class: 'index' },
];

it('reads closes of known securities, in their own currency', () => {
  const csv = 'symbol,date,close,note\nXYZ,2012-01-03,12.70,"up, a little"\nABC,2012-01-03,1,\n';
  expect(readPrices(csv, securities)).toEqual([
    { date: '2012-01-03', close: '12.70', security_id: 'a', currency: 'CAD' },
  ]);
});

it('reads the levels of an index that is known, and of nothing else', () => {
  expect(readIndexLevels('Date,SP500\n2012-01-03,1277.06\n', securities)).toEqual([
    { date: '2012-01-03', close: '1277.06', security_id: 'i', currency: 'USD' },
  ]);
  expect(readIndexLevels('Date,ABC\n2012-01-03,1277.06\n', securities)).toEqual([]);
  expect(readIndexLevels('Date,XYZ\n2012-01-03,1277.06\n', securities)).toEqual([]);
});

it('keeps rates in their columns, also beside one without a name', () => {
  expect(readFxQuotes('Date,USD,,CAD,\n2012-01-03,1.3,,1.32,\n2012-01-04,N/A,,1.33,\n')).toEqual([
    { date: '2012-01-03', rates: { USD: '1.3', CAD: '1.32' } },
    { date: '2012-01-04', rates: { CAD: '1.33' } },
  ]);
});

it.each([
  [
    'prices',
    () => readPrices('symbol,date,close\nXYZ,2013-02-29,1\nXYZ,2013-02-28,1\nXYZ,2013-02-28,2\n', securities),
    'line 2: "2013-02-29" is no day\nline 4: XYZ of 2013-02-28 stands above already',
  ],
  [
    'levels',
    () => readIndexLevels('Date,SP500\n2013-02-29,1\n2013-02-28,.\n2013-02-28,2\n', securities),
    'line 2: "2013-02-29" is no day\nline 3: "." is no positive decimal number\nline 4: 2013-02-28 stands above already',
  ],
  [
    'rates',
    () => readFxQuotes('date,USD\n2013-02-28,1.3\n2013-02-28,0\n'),
    'line 3: 2013-02-28 stands above already\nline 3: "0" is no positive decimal number',
  ],
  [
    'currencies',
    () => readFxQuotes('date,USD,EUR,USD\n2013-02-28,1,1,1\n'),
    'line 1: EUR is what the rates are for one of\nline 1: USD stands above already',
  ],
])('names everything that is wrong with %s', (_what, read, message) => {
  expect(read).toThrow(message);
});
