import { Exact } from './decimal';
import type { BookChange } from './reconcile-books';
import { reconcileStatement, type ReconciledStatement } from './reconcile-statement';
import { readStatement } from './statement-file';

const database: BookChange[] = [
  { commodity: 'XYZ', date: '2020-01-01', change: '10' },
  { commodity: 'ABC', date: '2020-01-01', change: '3' },
  { commodity: 'USD', date: '2020-01-01', change: '100.5' },
];
/** XYZ is worth 20 USD, ABC 10, one USD 1.25 CAD; nothing has a price on the 3rd. */
const compared = (csv: string): ReconciledStatement =>
  reconcileStatement({
    rows: readStatement(csv),
    database,
    securities: new Set(['XYZ', 'ABC']),
    base_currency: 'CAD',
    unitValue: (commodity, currency, date) => {
      if (date === '2020-01-03') return null;
      const dollars = { XYZ: 20, ABC: 10, USD: 1 }[commodity] ?? 0;
      return new Exact(dollars).times(currency === 'CAD' ? '1.25' : 1);
    },
    asof_date: '2020-01-04',
  });
const brief = ({ differences }: ReconciledStatement): unknown[] =>
  differences.map(({ commodity, kind, difference, date, status }) => [
    commodity,
    kind,
    difference,
    date,
    status,
  ]);

it('agrees where quantities are equal and values within a basis point, in the currency given or the base', () => {
  const told = compared(
    'date,commodity,quantity,market_value,currency\n2020-01-02,XYZ,10.00,200.01,USD\n2020-01-02,ABC,3,37.5,\n2020-01-02,USD,100.50,,\n',
  );
  expect(told).toEqual({ quantities_checked: 3, values_checked: 2, differences: [], unchecked: [] });
});

it('finds a cent of cash, a share, and a value beyond a basis point', () => {
  const told = compared(
    'date,commodity,quantity,market_value,currency\n2020-01-01,XYZ,11,200.03,USD\n2020-01-01,ABC,3,30,USD\n2020-01-01,USD,100.51,,',
  );
  expect(brief(told)).toEqual([
    ['XYZ', 'quantity', '-1', '2020-01-01', 'different'],
    ['XYZ', 'market_value', '-0.03', '2020-01-01', 'different'],
    ['USD', 'cash', '-0.01', '2020-01-01', 'different'],
  ]);
  expect(told.differences[1]?.difference_bps).toBeCloseTo(1.4998, 4);
});

it('compares each day for itself, and makes no row of what is equal', () => {
  const told = compared(
    'date,commodity,quantity\n2020-01-02,XYZ,9\n2020-01-01,XYZ,10\n2020-01-03,XYZ,8\n2020-01-01,ABC,3\n2020-01-02,ABC,3\n',
  );
  expect(
    told.differences.map(({ date, commodity, expected, actual, status }) => [
      date,
      commodity,
      expected,
      actual,
      status,
    ]),
  ).toEqual([
    ['2020-01-02', 'XYZ', '9', '10', 'different'],
    ['2020-01-03', 'XYZ', '8', '10', 'different'],
    ['2020-01-03', 'ABC', '0', '3', 'missing_in_statement'],
  ]);
});

it('tells what one side does not know; securities and cash are each complete or not there at all', () => {
  expect(brief(compared('date,commodity,quantity\n2020-01-02,XYZ,10\n2020-01-02,NOK,5\n'))).toEqual([
    ['NOK', 'cash', '-5', '2020-01-02', 'missing_in_database'],
    ['ABC', 'quantity', '3', '2020-01-02', 'missing_in_statement'],
    ['USD', 'cash', '100.5', '2020-01-02', 'missing_in_statement'],
  ]);
  expect(brief(compared('date,commodity,quantity\n2020-01-02,USD,100.5\n'))).toEqual([]);
});

it('calls what is no security and no currency unknown, and concludes nothing from it', () => {
  expect(
    brief(
      compared(
        'date,commodity,quantity,market_value,currency\n2020-01-02,XZY,10,5.00,CAD\n2020-01-02,NEW,5,,',
      ),
    ),
  ).toEqual([
    ['XZY', 'quantity', '-10', '2020-01-02', 'unknown_commodity'],
    ['NEW', 'quantity', '-5', '2020-01-02', 'unknown_commodity'],
  ]);
});

it('says which rows it could not compare', () => {
  const told = compared(
    'date,commodity,quantity,market_value,currency\n2020-01-03,USD,100.5,126,CAD\n2020-02-01,USD,1,,\n',
  );
  expect([told.unchecked, told.values_checked]).toEqual([
    [
      { line: 2, reason: 'NO_QUOTE' },
      { line: 3, reason: 'AFTER_PACK' },
    ],
    0,
  ]);
});

it.each([
  ['date,symbol,quantity\n', 'line 1: the header has to be date,commodity,quantity or'],
  ['date,commodity,quantity\n', 'line 2: there is no row'],
  ['date,commodity,quantity\n2020-02-30,XYZ,1', 'line 2: "2020-02-30" is no day'],
  ['date,commodity,quantity\n2020-02-03,xyz,1', 'line 2: "xyz" is no symbol and no currency'],
  ['date,commodity,quantity\n2020-02-03,XYZ,1e3', 'line 2: "1e3" is no decimal number'],
  ['date,commodity,quantity\n2020-02-03,XYZ,1,000', 'line 2: 4 cells where the header has 3'],
  [
    'date,commodity,quantity\n2020-02-03,XYZ,1\n2020-02-03,XYZ,1',
    'line 3: XYZ of 2020-02-03 stands above already',
  ],
  ['date,commodity,quantity\n2020-02-03,"XYZ,1', 'line 2: a quotation mark begins and does not end'],
])('refuses %j', (csv, message) => {
  expect(() => readStatement(csv)).toThrow(message);
});

it('reads quoted thousands as what they are: no number', () => {
  expect(() => readStatement('date,commodity,quantity\n2020-02-03,XYZ,"1,000"')).toThrow(
    'line 2: "1,000" is no decimal number',
  );
});
