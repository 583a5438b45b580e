import type { EntryDifference, LedgerRow } from '../contract/ledger-rows';
import { ledgerTransactions } from './ledger-transactions';

const row = (type: LedgerRow['type'], amount: string, more: Partial<LedgerRow> = {}): LedgerRow => ({
  ...{ transaction_id: `2020-01-02_1_${String((count += 1))}`, date: '2020-01-02', entry: 1, type, amount },
  ...{
    security_id: null,
    symbol: null,
    quantity: null,
    currency: 'USD',
    line: 1,
    file: null,
    narration: 'n',
  },
  ...{ counter_amount: null, counter_currency: null },
  ...more,
});
let count = 0;
const shares = (type: 'BUY' | 'SELL', amount: string, quantity: string, security_id = 'x'): LedgerRow =>
  row(type, amount, { quantity, security_id });
const difference = (amount: string, currency = 'USD'): EntryDifference => ({
  ...{ date: '2020-01-02', entry: 1, currency, amount },
});
const read = (rows: LedgerRow[], differences: EntryDifference[] = [], unpriced: LedgerRow[] = []) =>
  ledgerTransactions({
    base_currency: 'CAD',
    rows,
    differences,
    unpriced: new Set(unpriced.map(({ transaction_id }) => transaction_id)),
  });

it('makes one sale of the rows of one entry, security and currency', () => {
  const rows = [shares('SELL', '100', '-10'), shares('SELL', '30', '-2'), shares('SELL', '5', '-1', 'y')];
  const { transactions } = read(rows);
  expect(
    transactions.map(({ amount, quantity, row_ids }) => [
      amount.toFixed(),
      quantity?.toFixed(),
      row_ids.length,
    ]),
  ).toEqual([
    ['130', '-12', 2],
    ['5', '-1', 1],
  ]);
  const other = read([rows[0] as LedgerRow, { ...(rows[1] as LedgerRow), entry: 2 }]);
  expect(other.transactions).toHaveLength(2);
});

it('keeps two purchases of one entry apart', () => {
  expect(read([shares('BUY', '-1', '1'), shares('BUY', '-2', '1')]).transactions).toHaveLength(2);
});

it('shares fees by amounts, exactly, among what the entry did beside', () => {
  const { transactions } = read([
    shares('SELL', '200', '-1'),
    shares('BUY', '-100', '1', 'y'),
    row('FEE', '-1'),
  ]);
  expect(transactions.map(({ fee, reasons }) => [fee?.toFixed(), reasons['fee']])).toEqual([
    ['0.6666666667', undefined],
    ['0.3333333333', undefined],
    [undefined, 'NOT_APPLICABLE'],
  ]);
});

it('knows no share of a fee in a currency that nothing else of the entry has', () => {
  const { transactions } = read([shares('SELL', '200', '-1'), row('FEE', '-1', { currency: 'CAD' })]);
  expect(transactions[0]).toMatchObject({ fee: null, reasons: { fee: 'MIXED_CURRENCIES' } });
});

it('takes the rate of an entry that changed money, and lists both sides', () => {
  const sides = [difference('-1000', 'USD'), difference('1250', 'CAD')];
  const { transactions, exchanges, gains } = read([shares('SELL', '1000', '-1')], sides);
  expect(transactions[0]?.recorded_rate?.toFixed()).toBe('1.25');
  expect([exchanges, gains]).toEqual([sides, []]);
});

it.each([
  ['both sides came in', [difference('10'), difference('10', 'CAD')]],
  ['neither is the base', [difference('10'), difference('-10', 'GBP')]],
  ['there are three', [difference('10'), difference('-10', 'CAD'), difference('-1', 'GBP')]],
  ['there is one', [difference('10')]],
])('has no recorded rate where %s', (_why, differences) => {
  expect(read([row('DIVIDEND', '5')], differences).transactions[0]?.recorded_rate).toBeNull();
});

it('lets the one sale without a price have what cash says', () => {
  const sale = shares('SELL', '80', '-1');
  const { transactions, gains } = read([sale], [difference('20')], [sale]);
  expect(transactions[0]).toMatchObject({ reasons: {} });
  expect([transactions[0]?.amount.toFixed(), gains]).toEqual(['100', []]);
});

it('says of two that nobody knows, and what they gained together', () => {
  const sales = [shares('SELL', '80', '-1'), shares('SELL', '50', '-1', 'y')];
  const { transactions, gains } = read(sales, [difference('20')], sales);
  expect(transactions.map(({ reasons }) => reasons['amount'])).toEqual(['NO_SALE_PRICE', 'NO_SALE_PRICE']);
  expect(gains).toEqual([difference('20')]);
});
