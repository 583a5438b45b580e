import { type BookChange, reconcileBooks } from './reconcile-books';

const rows = (text: string): BookChange[] =>
  text
    .split(',')
    .filter((row) => row !== '')
    .map((row) => {
      const [date = '', commodity = '', change = ''] = row.trim().split(' ');
      return { date, commodity, change };
    });
const compared = (ledger: string, database: string) =>
  reconcileBooks({ ledger: rows(ledger), database: rows(database), securities: new Set(['XYZ']) });

it('finds nothing where both sides add up to the same on every day, however many rows a day has', () => {
  expect(
    compared(
      '2020-01-01 USD 0.3, 2020-01-02 USD -0.3',
      '2020-01-01 USD 0.1, 2020-01-01 USD 0.2, 2020-01-02 USD -0.3',
    ),
  ).toEqual({
    checked: 2,
    differences: [],
  });
});

it('names the first day of a difference, and the figures of the last, also when it closes again', () => {
  const { differences } = compared(
    '2020-01-01 XYZ 10, 2020-01-03 XYZ 5',
    '2020-01-01 XYZ 10, 2020-01-02 XYZ 5',
  );
  expect(differences).toEqual([
    {
      account: null,
      commodity: 'XYZ',
      kind: 'quantity',
      expected: '10',
      actual: '15',
      difference: '5',
      difference_bps: null,
      first_date: '2020-01-02',
      status: 'different',
    },
  ]);
});

it.each([
  ['', '2020-01-01 USD 1', 'missing_in_ledger', '1'],
  ['2020-01-01 USD 1', '', 'missing_in_database', '-1'],
  ['2020-01-01 USD 1', '2020-01-01 USD 1.0000000000000000001', 'different', '0.0000000000000000001'],
])('tells %j against %j: %s', (ledger, database, status, difference) => {
  expect(compared(ledger, database).differences).toMatchObject([{ kind: 'cash', status, difference }]);
});

it('takes a commodity that came and went on one side in a single day for nothing', () => {
  expect(compared('2020-01-01 USD 1, 2020-01-01 USD -1', '').differences).toEqual([]);
});
