/** Lots replayed under another method, counted by hand. */
import type { LedgerLotRow, LotClosure } from '../contract/ledger-rows';
import { Decimal } from './decimal';
import type { LedgerTransaction } from './ledger-transactions';
import { costOfOpen, type Replayed, replayTaxLots, type ReplayMethod } from './tax-replay';
import { taxTimelines } from './tax-timeline';

type Row = [type: 'BUY' | 'SELL' | 'SPLIT', date: string, quantity: string, amount?: string];

const transaction = ([type, date, quantity, amount = '0']: Row, entry: number): LedgerTransaction => ({
  ...{ transaction_id: `${date}_${String(entry)}_1`, row_ids: [`${date}_${String(entry)}_1`] },
  ...{
    date,
    entry,
    type,
    security_id: 'S',
    symbol: 'S',
    currency: 'USD',
    narration: '',
    line: 1,
    file: null,
  },
  ...{ quantity: new Decimal(quantity), amount: new Decimal(amount), fee: null, recorded_rate: null },
  ...{ counter_amount: null, counter_currency: null, reasons: {} },
});
const lot = (
  date: string,
  quantity: string,
  cost: string,
  fx: string | null = '1',
  of = date,
): LedgerLotRow => ({
  ...{ lot_id: `S_${date}_${cost}`, security_id: 'S', symbol: 'S', opened_on: date, acquired_on: of },
  ...{ quantity, unit_cost_local: cost, currency: 'USD', fx_base_per_local: fx },
});
const replaced = (id: string, quantity: string): LotClosure => ({
  ...{ transaction_id: id, lot_id: '', acquired_on: '', quantity, closed_before: '0', unit_cost_local: '0' },
  ...{ currency: 'USD', fx_base_per_local: null, proceeds_local: null, proceeds_currency: null },
});

function timelineOf(rows: Row[], lots: LedgerLotRow[], closures: LotClosure[] = []) {
  const found = taxTimelines({ transactions: rows.map(transaction), lots, closures }).get('S');
  if (!found) throw new Error('no timeline');
  return found;
}
function replay(
  rows: Row[],
  lots: LedgerLotRow[],
  method: ReplayMethod,
  closures: LotClosure[] = [],
): Replayed {
  const found = replayTaxLots(timelineOf(rows, lots, closures), method);
  if ('reason' in found) throw new Error(found.reason);
  return found;
}
const taken = ({ closures }: Replayed) =>
  [...closures.values()].map((parts) => parts.map((part) => [part.acquired_on, part.quantity]));

const bought = [lot('2020-01-02', '10', '10'), lot('2020-02-03', '10', '30'), lot('2020-03-02', '10', '20')];
const rows: Row[] = [
  ['BUY', '2020-01-02', '10', '-100'],
  ['BUY', '2020-02-03', '10', '-300'],
  ['BUY', '2020-03-02', '10', '-200'],
  ['SELL', '2020-04-01', '-15', '375'],
];

it.each([
  [
    'fifo',
    [
      ['2020-01-02', '10'],
      ['2020-02-03', '5'],
    ],
  ],
  [
    'lifo',
    [
      ['2020-03-02', '10'],
      ['2020-02-03', '5'],
    ],
  ],
  [
    'hifo',
    [
      ['2020-02-03', '10'],
      ['2020-03-02', '5'],
    ],
  ],
] as const)('%s sells 15 of three lots of 10', (method, expected) => {
  // prettier-ignore
  expect(taken(replay(rows, bought, method))).toEqual([expected]);
});

it('takes for the dearest what cost most in base currency: 30 at 1.00 is less than 20 at 1.60', () => {
  const lots = [bought[0], bought[1], lot('2020-03-02', '10', '20', '1.6')] as LedgerLotRow[];
  expect(taken(replay(rows, lots, 'hifo'))).toEqual([[['2020-03-02', '10'], ['2020-02-03', '5']]]); // prettier-ignore
});

it('sells nothing that was bought later', () => {
  const early: Row[] = [rows[0] as Row, ['SELL', '2020-01-15', '-4', '40'], ...rows.slice(1)];
  expect(taken(replay(early, bought, 'lifo'))[0]).toEqual([['2020-01-02', '4']]);
});

it('goes by the day of the cost where shares came in with their history', () => {
  const lots = [lot('2020-01-02', '10', '10'), lot('2020-02-03', '10', '30', '1', '2019-05-02')];
  const some: Row[] = [rows[0] as Row, rows[1] as Row, ['SELL', '2020-04-01', '-4', '100']];
  expect(taken(replay(some, lots, 'fifo'))).toEqual([[['2019-05-02', '4']]]);
});

it('replays a split with its ratio: 3 for 1 makes 15 shares at 10 of 5 at 30, and their cost stays', () => {
  const split: Row[] = [
    ['BUY', '2020-01-02', '10', '-300'],
    ['SELL', '2020-01-15', '-5', '160'],
    ['SPLIT', '2020-02-03', '10'],
    ['SELL', '2020-03-02', '-6', '72'],
  ];
  const lots = [lot('2020-01-02', '10', '30', '1.1')];
  const { closures, open } = replay(split, lots, 'fifo', [replaced('2020-02-03_2_1', '5')]);
  const [, after] = [...closures.values()];
  expect(after).toMatchObject([
    { acquired_on: '2020-01-02', quantity: '6', unit_cost_local: '10', closed_before: '15' },
  ]);
  expect(open).toHaveLength(1);
  const [left] = open;
  expect([left?.quantity.toFixed(), left && costOfOpen(left)?.toFixed()]).toEqual(['9', '99']);
});

it('takes the rows of several accounts on one day for one split, and counts shares of before as shares of after', () => {
  const some: Row[] = [
    ['BUY', '2020-01-02', '10', '-300'],
    ['SPLIT', '2020-02-03', '4'],
    ['SPLIT', '2020-02-03', '6'],
    ['SELL', '2020-03-02', '-6', '72'],
  ];
  const closures = [replaced('2020-02-03_1_1', '4'), replaced('2020-02-03_2_1', '6')];
  const { events, problem } = timelineOf(some, [lot('2020-01-02', '10', '30')], closures);
  expect([problem, events]).toMatchObject([
    null,
    [
      { type: 'BUY', growth: new Decimal(2) },
      { type: 'SPLIT', ratio: { shares: new Decimal(20), old: new Decimal(10) } },
      { type: 'SELL', growth: new Decimal(1) },
    ],
  ]);
});

it('says of a split that left lots out, or split them twice on a day, that one ratio does not tell it', () => {
  const some: Row[] = [rows[0] as Row, ['SPLIT', '2020-02-03', '4']];
  const timeline = timelineOf(some, [lot('2020-01-02', '10', '10')], [replaced('2020-02-03_1_1', '4')]);
  expect(timeline.problem).toBe('PARTIAL_SPLIT');
  expect(replayTaxLots(timeline, 'fifo')).toEqual({ reason: 'PARTIAL_SPLIT' });
});

it('gives each purchase of a day its own lot: of one size, the one that cost as much', () => {
  const lots = [lot('2020-01-02', '10', '10'), lot('2020-01-02', '10', '12')];
  const { events } = timelineOf([['BUY', '2020-01-02', '10', '-120'], ['BUY', '2020-01-02', '10', '-100']], lots); // prettier-ignore
  expect(events.map((event) => event.type === 'BUY' && event.lot.unit_cost_local)).toEqual(['12', '10']);
});

it('says why it cannot: a purchase without a rate, more sold than held', () => {
  const lots = [lot('2020-01-02', '10', '10', null)];
  expect(replayTaxLots(timelineOf([rows[0] as Row], lots), 'fifo')).toEqual({ reason: 'NO_QUOTE' });
  const short: Row[] = [rows[0] as Row, ['SELL', '2020-02-03', '-11', '110']];
  expect(replayTaxLots(timelineOf(short, [lot('2020-01-02', '10', '10')]), 'lifo')).toEqual({
    reason: 'NOT_ENOUGH_LOTS',
  });
});
