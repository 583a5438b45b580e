import { Decimal } from './decimal';
import type { LedgerTransaction } from './ledger-transactions';
import { type DeclaredSplit, type SplitInputs, splitEvents } from './splits';

const date = '2020-06-01';
const row = (type: 'SPLIT' | 'BUY', id: string, quantity: string, amount = '0'): LedgerTransaction => ({
  ...{
    transaction_id: id,
    row_ids: [id],
    date,
    entry: 1,
    type,
    security_id: 'x',
    symbol: 'X',
    currency: 'USD',
  },
  ...{
    quantity: new Decimal(quantity),
    amount: new Decimal(amount),
    counter_amount: null,
    counter_currency: null,
  },
  ...{ narration: '', line: 1, file: null, fee: null, recorded_rate: null, reasons: {} },
});
const replaced = (transaction_id: string, quantity: string, unit_cost_local: string) => ({
  ...{
    transaction_id,
    lot_id: quantity,
    acquired_on: '2020-01-02',
    quantity,
    closed_before: '0',
    unit_cost_local,
  },
  ...{ currency: 'USD', fx_base_per_local: '1', proceeds_local: null, proceeds_currency: null },
});
const opened = (quantity: string, unit_cost_local: string) => ({
  security_id: 'x',
  opened_on: date,
  quantity,
  unit_cost_local,
});
const declared = (ratio: string, ex_date = date): DeclaredSplit => ({
  security_id: 'x',
  symbol: 'X',
  ex_date,
  ratio,
});
const of = (more: Partial<SplitInputs> = {}) =>
  splitEvents({
    transactions: [row('SPLIT', 's', '15'), row('BUY', 'b', '1', '-51')],
    closures: [replaced('s', '10', '100'), replaced('s', '5', '120'), replaced('other', '7', '1')],
    opened: [opened('20', '50'), opened('10', '60'), opened('1', '51')],
    declared: [],
    heldBefore: () => new Decimal(15),
    asof: '2020-12-31',
    ...more,
  }).map((event) => ({
    ...event,
    ...Object.fromEntries(
      Object.entries(event).map(([name, value]) => [
        name,
        Decimal.isDecimal(value) ? value.toFixed() : value,
      ]),
    ),
  }));

it('keeps the cost of what it replaced, apart from what was bought that day', () => {
  expect(of()).toMatchObject([
    {
      quantity_before: '15',
      quantity_after: '30',
      ratio: '2',
      cost_before: '1600',
      cost_after: '1600',
      status: 'not_declared',
    },
  ]);
});

it('of several accounts on one day is one', () => {
  const transactions = [row('SPLIT', 's', '10'), row('SPLIT', 't', '5')];
  const closures = [replaced('s', '10', '100'), replaced('t', '5', '120')];
  expect(of({ transactions, closures, opened: [opened('20', '50'), opened('10', '60')] })).toMatchObject([
    { quantity_before: '15', quantity_after: '30', cost_before: '1600', cost_after: '1600' },
  ]);
});

it.each([
  ['as declared', '2', '15', 'matched'],
  ['booked some days after', '2', '15', 'matched', '2020-05-28'],
  ['less than a share short: that is cash', '2.05', '15', 'matched'],
  ['in another ratio', '3', '15', 'different'],
  ['of some shares only', '2', '20', 'different'],
])('%s', (_what, ratio, held, status, ex_date = date) => {
  const heldBefore = () => new Decimal(held);
  expect(of({ declared: [declared(ratio, ex_date)], heldBefore })).toMatchObject([
    { status, ex_date, booked_on: date },
  ]);
});

it('is missed once it is due, where shares were held', () => {
  const none = { transactions: [], declared: [declared('2')] };
  expect(of(none)).toMatchObject([
    { status: 'not_received', quantity_before: '15', expected_after: '30', quantity_after: null },
  ]);
  expect(of({ ...none, asof: '2020-05-31' })).toMatchObject([{ status: 'pending' }]);
  expect(of({ ...none, heldBefore: () => new Decimal(0) })).toEqual([]);
});
