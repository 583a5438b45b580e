/** A file of securities: names as people write them, and every mistake with its line. */
import { readSecurities } from './security-file';

const header = 'symbol,name,asset_class,currency,sector,is_total_return';
const read = (...lines: string[]): unknown => readSecurities('my.csv', [header, ...lines].join('\n'));

it('takes a name with a comma or a quotation mark', () => {
  expect(read('FB,"Facebook, Inc.",equity,USD,,', 'X,"The ""X"" Fund",fund,CAD,"Oil, Gas",')).toEqual([
    {
      ...{ symbol: 'FB', name: 'Facebook, Inc.', asset_class: 'equity', currency: 'USD' },
      ...{ sector: null, is_total_return: null },
    },
    {
      ...{ symbol: 'X', name: 'The "X" Fund', asset_class: 'fund', currency: 'CAD' },
      ...{ sector: 'Oil, Gas', is_total_return: null },
    },
  ]);
});

it.each([
  [[], 'line 2: there is no security'],
  [['FB,Facebook, Inc.,equity,USD,,'], 'line 2: 7 cells where the header has 6'],
  [
    ['fb,Facebook,share,usd,,true'],
    'line 2: "fb" is no symbol; line 2: "share" is not equity, fund or index',
  ],
  [['SP500,S&P 500,index,USD,,'], 'line 2: is_total_return is true or false for an index'],
  [
    ['X,"X', 'Y",equity,USD,,', 'X,X,equity,USD,,'],
    'line 2: name and sector of X are of one line; line 4: X stands',
  ],
])('refuses %j', (lines, message) => {
  expect(() => read(...lines)).toThrow(`my.csv cannot be read: ${message}`);
});
