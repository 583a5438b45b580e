import { Decimal } from './decimal';
import { dayOf, type DeclaredDividend, dividendEvents } from './dividends';
import type { LedgerTransaction } from './ledger-transactions';

let count = 0;
const row = (
  type: LedgerTransaction['type'],
  date: string,
  amount: string,
  more: Partial<LedgerTransaction> = {},
): LedgerTransaction => {
  const id = String((count += 1));
  return {
    ...{
      transaction_id: id,
      row_ids: [id],
      date,
      entry: count,
      type,
      security_id: 'x',
      symbol: 'X',
      quantity: null,
    },
    ...{
      amount: new Decimal(amount),
      currency: 'USD',
      narration: '',
      counter_amount: null,
      counter_currency: null,
    },
    ...{ line: 1, file: null, fee: new Decimal(0), recorded_rate: null, reasons: {} },
    ...more,
  };
};
const paid = (date: string, amount: string, more: Partial<LedgerTransaction> = {}) =>
  row('DIVIDEND', date, amount, more);
const declared = (
  ex_date: string,
  pay_date: string | null,
  amount = '1',
  more: Partial<DeclaredDividend> = {},
): DeclaredDividend => ({
  ...{ security_id: 'x', symbol: 'X', ex_date, pay_date, amount, currency: 'USD' },
  ...more,
});
const ten = (): Decimal => new Decimal(10);
const statuses = (
  rows: LedgerTransaction[],
  dividends: DeclaredDividend[],
  held = ten,
  asof = '2020-12-31',
) =>
  dividendEvents(rows, dividends, held, asof).map((event) => [
    dayOf(event),
    event.status,
    event.difference?.toFixed() ?? null,
  ]);

it('takes each payment for the dividend with the nearest pay date', () => {
  const quarterly = [declared('2020-02-01', '2020-02-20'), declared('2020-03-01', '2020-03-20', '2')];
  expect(statuses([paid('2020-03-18', '20'), paid('2020-02-22', '10')], quarterly)).toEqual([
    ['2020-02-22', 'matched', '0'],
    ['2020-03-18', 'matched', '0'],
  ]);
});

it('takes none for two payments: the second nobody declared', () => {
  expect(
    statuses([paid('2020-02-20', '10'), paid('2020-02-24', '-3')], [declared('2020-02-01', '2020-02-20')]),
  ).toEqual([
    ['2020-02-20', 'matched', '0'],
    ['2020-02-24', 'not_declared', null],
  ]);
});

it('adds up what came on one day from two accounts', () => {
  expect(
    statuses([paid('2020-02-20', '6'), paid('2020-02-20', '4')], [declared('2020-02-01', '2020-02-20')]),
  ).toEqual([['2020-02-20', 'matched', '0']]);
});

it.each([
  ['a cent too much is different', '10.01', 'different', '0.01'],
  ['less than a cent is rounding', '9.991', 'matched', '-0.009'],
])('%s', (_what, amount, status, difference) => {
  expect(statuses([paid('2020-02-20', amount)], [declared('2020-02-01', '2020-02-20')])).toEqual([
    ['2020-02-20', status, difference],
  ]);
});

it('is different, without a figure, in another currency', () => {
  expect(
    statuses([paid('2020-02-20', '13', { currency: 'CAD' })], [declared('2020-02-01', '2020-02-20')]),
  ).toEqual([['2020-02-20', 'different', null]]);
});

it('that was declared in pence is compared with pounds', () => {
  const pence = declared('2020-02-01', '2020-02-20', '12.5', { currency: 'GBX' });
  const [event] = dividendEvents(
    [paid('2020-02-20', '1.25', { currency: 'GBP' })],
    [pence],
    ten,
    '2020-12-31',
  );
  expect([event?.status, event?.per_share?.toFixed(), event?.expected?.toFixed()]).toEqual([
    'matched',
    '0.125',
    '1.25',
  ]);
  expect(statuses([paid('2020-02-20', '126', { currency: 'GBX' })], [pence])).toEqual([
    ['2020-02-20', 'different', '1'],
  ]);
  expect(statuses([paid('2020-02-20', '125.9', { currency: 'GBX' })], [pence])).toEqual([
    ['2020-02-20', 'matched', '0.9'],
  ]);
});

it('waits until the pay date, and for one that is not known', () => {
  const both = [declared('2020-02-01', '2020-02-20'), declared('2020-02-03', null)];
  expect(statuses([], both, ten, '2020-02-19')).toEqual([
    ['2020-02-03', 'pending', null],
    ['2020-02-20', 'pending', null],
  ]);
  expect(statuses([], both, ten, '2020-02-20')[1]).toEqual(['2020-02-20', 'not_received', '-10']);
  expect(statuses([paid('2020-02-28', '10')], [declared('2020-02-03', null)])).toEqual([
    ['2020-02-28', 'matched', '0'],
  ]);
});

it.each([
  ['paid on the ex-date or before', '2020-02-01', declared('2020-02-01', '2020-02-20')],
  ['more than a month away', '2020-03-22', declared('2020-02-01', '2020-02-20')],
  ['of another security', '2020-02-20', declared('2020-02-01', '2020-02-20', '1', { security_id: 'y' })],
])('is another dividend when %s', (_what, date, dividend) => {
  expect(
    statuses([paid(date, '10')], [dividend])
      .map(([, status]) => status)
      .sort(),
  ).toEqual(['not_declared', 'not_received']);
});

it('goes to nobody who held nothing on the evening before', () => {
  expect(statuses([], [declared('2020-02-01', '2020-02-20')], () => new Decimal(0))).toEqual([]);
});

describe('withheld tax', () => {
  const payment = (rows: LedgerTransaction[]) =>
    dividendEvents(rows, [], ten, '2020-12-31').map((event) => [
      event.payment?.withholding?.toFixed() ?? null,
      event.payment?.reasons['withholding'],
    ]);
  const entry = 1;

  it('is of the same entry, given back too', () => {
    const tax = (amount: string, more = {}) =>
      row('TAX', '2020-02-20', amount, { entry, security_id: null, ...more });
    expect(payment([paid('2020-02-20', '10', { entry }), tax('-1.5'), tax('0.5')])).toEqual([
      ['1', undefined],
    ]);
    expect(payment([paid('2020-02-20', '10', { entry }), tax('-1.5', { entry: 2 })])).toEqual([
      ['0', undefined],
    ]);
  });

  it('in another currency has no figure', () => {
    const tax = row('TAX', '2020-02-20', '-1', { entry, currency: 'CAD' });
    expect(payment([paid('2020-02-20', '10', { entry }), tax])).toEqual([[null, 'MIXED_CURRENCIES']]);
  });

  it('of two dividends at once is no one’s, unless the ledger says whose', () => {
    const both = [
      paid('2020-02-20', '10', { entry }),
      paid('2020-02-20', '5', { entry, security_id: 'y', symbol: 'Y' }),
    ];
    const tax = (security_id: string | null) => row('TAX', '2020-02-20', '-1', { entry, security_id });
    expect(payment([...both, tax(null)])).toEqual([
      [null, 'TAX_NOT_ATTRIBUTED'],
      [null, 'TAX_NOT_ATTRIBUTED'],
    ]);
    expect(payment([...both, tax('y')])).toEqual([
      ['0', undefined],
      ['1', undefined],
    ]);
  });
});
