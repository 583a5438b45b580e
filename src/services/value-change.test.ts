/** Postings of the nine lines, and what only a ledger has: exchanges, gains without a sale, splits. */
import type { Decimal } from './decimal';
import { readStatementRows, type StatementTransaction } from './statement-rows';
import { explainChange, type Line } from './value-change';

const period = { from: '2019-12-31', to: '2020-12-31' };
const explain = (rows: StatementTransaction[], price = '10', rate: (date: string) => string = () => '2') => {
  const toBase = (amount: Decimal, currency: string, date: string): Decimal =>
    currency === 'CAD' ? amount : amount.times(rate(date));
  const valueOf = (_security: string, quantity: Decimal, date: string): Decimal =>
    toBase(quantity.times(price), 'USD', date);
  const postings = explainChange({ period, rows: readStatementRows(rows), valueOf, toBase });
  const of = (line: Line) =>
    (postings.get(line) ?? []).map(({ date, key, amount, narration }) => [
      date,
      key,
      amount.toFixed(),
      narration,
    ]);
  return { of };
};
const row = (
  date: string,
  type: StatementTransaction['type'],
  amount: string,
  currency = 'USD',
  more: Partial<StatementTransaction> = {},
): StatementTransaction => ({
  date,
  type,
  amount,
  currency,
  ...more,
});
const x = (shares: string) => ({ security: 'x', shares });

it('names what was held, and each row with its narration', () => {
  const { of } = explain([
    row('2019-05-01', 'BUY', '50', 'USD', x('10')),
    row('2019-05-01', 'DEPOSIT', '70'),
    row('2020-02-02', 'DIVIDENDS', '3', 'USD', { security: 'x', narration: 'quarter' }),
    row('2020-02-03', 'SELL', '28', 'USD', { ...x('4'), narration: 'a few' }),
    row('2020-02-04', 'FEES', '5', 'CAD', { narration: 'account' }),
  ]);
  expect(of('initial_value')).toEqual([
    ['2019-12-31', 'x', '200', null],
    ['2019-12-31', 'USD', '40', null],
  ]);
  expect(of('earnings')).toEqual([['2020-02-02', 'x', '6', 'quarter']]);
  expect(of('realised_capital_gains')).toEqual([['2020-02-03', 'x', '-24', 'a few']]);
  expect(of('fees')).toEqual([['2020-02-04', 'CAD', '5', 'account']]);
  expect(of('transfers')).toEqual([]);
});

it('tells of an exchange what it brought beyond the day’s rate, of the foreign currency', () => {
  const { of } = explain([
    row('2019-05-01', 'DEPOSIT', '300', 'CAD'),
    row('2020-03-03', 'EXCHANGE_IN', '100', 'USD', { exchange: '1', narration: 'dear' }),
    row('2020-03-03', 'EXCHANGE_OUT', '204', 'CAD', { exchange: '1' }),
  ]);
  expect(of('currency_gains')).toEqual([['2020-03-03', 'USD', '-4', 'dear']]);
  expect(of('final_value').map(([, key, amount]) => [key, amount])).toEqual([
    ['CAD', '96'],
    ['USD', '200'],
  ]);
});

it('tells the gain of cash by what its rate did after it came', () => {
  const { of } = explain(
    [row('2019-05-01', 'DEPOSIT', '10'), row('2020-07-01', 'DEPOSIT', '10')],
    '1',
    (date) => (date < '2020-06-01' ? '1' : date < '2020-12-01' ? '1.5' : '3'),
  );
  // 10 × (3 − 1) + 10 × (3 − 1.5).
  expect(of('currency_gains')).toEqual([['2020-12-31', 'USD', '35', null]]);
});

it('a gain or loss of cash without a sale is realised', () => {
  const { of } = explain([row('2020-03-03', 'GAIN', '7', 'CAD'), row('2020-03-04', 'LOSS', '2', 'CAD')]);
  expect(of('realised_capital_gains')).toEqual([
    ['2020-03-03', 'CAD', '7', null],
    ['2020-03-04', 'CAD', '-2', null],
  ]);
});

it('a split in the middle shares out the cost among more shares, whatever else the day brings', () => {
  const { of } = explain(
    [
      row('2019-05-01', 'BUY', '100', 'USD', x('10')),
      row('2019-05-01', 'DEPOSIT', '1000'),
      row('2020-03-03', 'SELL', '25', 'USD', x('5')),
      row('2020-03-03', 'SPLIT', '0', 'USD', x('10')),
    ],
    '5',
  );
  // 10 shares at 5 on 2019-12-31 cost 50 then, 2.50 each after 2 for 1: 25 − 5 × 2.50, in base twice that.
  expect(of('realised_capital_gains')).toEqual([['2020-03-03', 'x', '25', null]]);
  expect(of('capital_gains')).toEqual([['2020-12-31', 'x', '75', null]]);
});

it('shares put together are fewer, and those of a split of nothing are none', () => {
  const { of } = explain([
    row('2020-01-02', 'SPLIT', '0', 'USD', x('0')),
    row('2020-01-03', 'DELIVERY_INBOUND', '100', 'USD', x('10')),
    row('2020-03-03', 'SPLIT', '0', 'USD', x('-9')),
  ]);
  expect(of('final_value')).toEqual([['2020-12-31', 'x', '20', null]]);
  expect(of('transfers')).toEqual([['2020-01-03', 'x', '200', null]]);
});

it('refuses more shares to go than there are', () => {
  expect(() => explain([row('2020-03-03', 'SELL', '28', 'USD', x('4'))])).toThrow(
    /4 x go on 2020-03-03, 0 held/,
  );
});
