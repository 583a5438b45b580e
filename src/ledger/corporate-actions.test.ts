/** Splits, moves between own accounts and withheld taxes: what a ledger says with legs becomes rows that keep cost and age. */
import { Exact } from './decimal';
import { importModel, type ImportModel } from './import-model';
import { parseLedger } from './parse-ledger';

const accounts = [
  ...['Assets:USD', 'Assets:CAD', 'Assets:A', 'Assets:B', 'Equity:Opening', 'Income:Gains'],
  ...['Income:Dividends:XYZ', 'Income:Broker:XYZ:Dividend', 'Income:Broker:Dividend'],
  ...[
    'Expenses:Fees',
    'Expenses:Taxes:Withheld:US',
    'Expenses:WithholdingTax',
    'Expenses:US:Withheld',
    'Expenses:Taxi',
    'Expenses:Taxes',
  ],
]
  .map((account) => `2020-01-01 open ${account}\n`)
  .join('');

/** One Canadian dollar and a tenth more for each month: rates of different days are told apart. */
const rateAt = (_currency: string, date: string): Exact =>
  new Exact(1).plus(new Exact(date.slice(5, 7)).div(10));

function read(text: string): ImportModel {
  const { entries, problems } = parseLedger(accounts + text, 'test');
  expect(problems).toEqual([]);
  const model = importModel(entries, { base_currency: 'CAD', rateAt });
  expect(model.problems).toEqual([]);
  return model;
}
const buy = (date: string, quantity: number, cost: string, account = 'Assets:A'): string =>
  `${date} * "b"\n  ${account}  ${String(quantity)} XYZ {${cost} USD}\n  Assets:USD\n`;
const rowsOf = ({ transactions }: ImportModel): string[] =>
  transactions.map(({ type, symbol, quantity, amount }) => [type, symbol, quantity, amount].join(' '));
const lotsOf = ({ lots }: ImportModel): unknown[] =>
  lots.map((lot) => [
    lot.lot_id,
    lot.acquired_on,
    lot.opened_on,
    lot.quantity,
    lot.unit_cost_local,
    lot.cost_base,
  ]);
const bought = buy('2020-01-02', 10, '100.00') + buy('2020-02-03', 5, '120.00');

describe('a split', () => {
  const split = `2020-06-01 * "2:1"
  Assets:A  -10 XYZ {100.00 USD, 2020-01-02}
  Assets:A   20 XYZ {50.00 USD, 2020-01-02}
  Assets:A   -5 XYZ {120.00 USD, 2020-02-03}
  Assets:A   10 XYZ {60.00 USD, 2020-02-03}
`;

  it('is no sale and no purchase: one row, the old lots closed without proceeds', () => {
    const model = read(bought + split);
    expect(rowsOf(model)).toEqual(['BUY XYZ 10 -1000', 'BUY XYZ 5 -600', 'SPLIT XYZ 15 0']);
    const id = model.transactions.at(-1)?.transaction_id;
    expect(model.closures).toEqual(
      ['XYZ_2020-01-02_1', 'XYZ_2020-02-03_1'].map((lot_id, index) => ({
        lot_id,
        transaction_id: id,
        date: '2020-06-01',
        quantity: index === 0 ? '10' : '5',
        proceeds_local: null,
        currency: null,
      })),
    );
    expect(model.cash_movements.filter(({ date }) => date === '2020-06-01')).toEqual([]);
  });

  it('leaves total cost, in both currencies, and the day of the purchase as they were', () => {
    expect(lotsOf(read(bought + split)).slice(2)).toEqual([
      ['XYZ_2020-01-02_2', '2020-01-02', '2020-06-01', '20', '50', '1100'],
      ['XYZ_2020-02-03_2', '2020-02-03', '2020-06-01', '10', '60', '720'],
    ]);
  });

  it.each([
    [
      'all lots at once',
      '  Assets:A  -15 XYZ {}\n  Assets:A  20 XYZ {50.00 USD}\n  Assets:A  10 XYZ {60.00 USD}\n',
    ],
    [
      'new lots first',
      '  Assets:A  20 XYZ {50.00 USD}\n  Assets:A  10 XYZ {60.00 USD}\n  Assets:A  -15 XYZ {}\n',
    ],
  ])('finds the old day where the ledger writes none (%s)', (_how, legs) => {
    const days = lotsOf(read(`${bought}2020-06-01 * "s"\n${legs}`)).slice(2) as string[][];
    expect(days.map(([, acquired, opened]) => [acquired, opened])).toEqual([
      ['2020-01-02', '2020-06-01'],
      ['2020-02-03', '2020-06-01'],
    ]);
  });

  it('in a ratio that does not come out keeps its total cost by double braces', () => {
    const text = `2020-06-01 * "1:3, merged"\n  Assets:A  -10 XYZ {100.00 USD}\n  Assets:A  3 XYZ {{1000.00 USD, 2020-01-02}}\n`;
    const [, merged] = read(buy('2020-01-02', 10, '100.00') + text).lots;
    expect(new Exact(merged?.cost_base ?? 0).toFixed(20)).toBe('1100.00000000000000000000');
  });

  it('that makes one lot of two has their average rate and its own day', () => {
    const [, , one] = lotsOf(
      read(`${bought}2020-06-01 * "s"\n  Assets:A -15 XYZ {}\n  Assets:A 32 XYZ {50.00 USD}\n`),
    );
    expect(one).toEqual(['XYZ_2020-06-01_1', '2020-06-01', '2020-06-01', '32', '50', '1820']);
  });

  it('ends where money comes in: fractions paid out are a sale of the new lot', () => {
    const cash =
      '2020-06-02 * "in lieu"\n  Assets:A  -0.5 XYZ {50.00 USD, 2020-01-02} @ 58.00 USD\n  Assets:USD  29.00 USD\n  Income:Gains\n';
    const model = read(bought + split + cash);
    expect(rowsOf(model).at(-1)).toBe('SELL XYZ -0.5 29');
    expect(model.closures.at(-1)).toMatchObject({ lot_id: 'XYZ_2020-01-02_2', proceeds_local: '29' });
  });

  it.each([
    [
      'another total cost',
      '  Assets:A  -10 XYZ {100.00 USD}\n  Assets:A  20 XYZ {49.00 USD}\n  Income:Gains\n',
    ],
    ['a sale price', '  Assets:A  -10 XYZ {100.00 USD} @ 100.00 USD\n  Assets:A  20 XYZ {50.00 USD}\n'],
    ['another account', '  Assets:A  -10 XYZ {100.00 USD}\n  Assets:B  20 XYZ {50.00 USD}\n'],
  ])('is none with %s', (_why, legs) => {
    expect(
      rowsOf(read(`${bought}2020-06-01 * "s"\n${legs}`))
        .slice(2)
        .map((row) => row.slice(0, 8)),
    ).toEqual(['SELL XYZ', 'BUY XYZ ']);
  });
});

describe('shares that move to another account', () => {
  const move = (lots: string): string => `2020-05-01 * "move"\n${lots}`;
  const sell = (account: string, lot: string): string =>
    `2020-07-01 * "s"\n  ${account}  -2 XYZ {${lot}} @ 130.00 USD\n  Assets:USD  260.00 USD\n  Income:Gains\n`;

  it.each([
    [
      'named lots',
      '  Assets:A  -4 XYZ {100.00 USD, 2020-01-02}\n  Assets:B  4 XYZ {100.00 USD, 2020-01-02}\n',
    ],
    ['lots without a day', '  Assets:B  4 XYZ {100.00 USD}\n  Assets:A  -4 XYZ {100.00 USD}\n'],
  ])('keep their lots, and are neither sold nor bought (%s)', (_how, legs) => {
    const model = read(bought + move(legs) + sell('Assets:B', '100.00 USD') + sell('Assets:A', '100.00 USD'));
    expect(rowsOf(model).map((row) => row.split(' ')[0])).toEqual(['BUY', 'BUY', 'SELL', 'SELL']);
    expect(model.lots).toHaveLength(2);
    expect(model.closures.map(({ lot_id, quantity }) => [lot_id, quantity])).toEqual([
      ['XYZ_2020-01-02_1', '2'],
      ['XYZ_2020-01-02_1', '2'],
    ]);
    expect(
      model.balances.filter(({ account }) => account === 'Assets:B').map(({ amount }) => amount),
    ).toEqual(['4', '2']);
  });

  it('come from several lots of the same cost, the oldest first', () => {
    const same = buy('2020-01-02', 3, '100.00') + buy('2020-02-03', 3, '100.00');
    const model = read(
      `option "booking_method" "FIFO"\n${same}${move('  Assets:A  -5 XYZ {}\n  Assets:B  5 XYZ {100.00 USD}\n')}${sell('Assets:B', '').replaceAll('-2', '-4').replace('260', '520')}`,
    );
    expect(model.lots).toHaveLength(2);
    expect(model.closures.map(({ lot_id, quantity }) => [lot_id, quantity])).toEqual([
      ['XYZ_2020-01-02_1', '3'],
      ['XYZ_2020-02-03_1', '1'],
    ]);
  });

  it('may be sold in part by the same entry', () => {
    const model = read(
      `${bought}${move('  Assets:A  -10 XYZ {100.00 USD}\n  Assets:B  6 XYZ {100.00 USD}\n  Assets:USD  400.00 USD\n')}`,
    );
    expect(rowsOf(model).at(-1)).toBe('SELL XYZ -4 400');
    expect(model.closures).toMatchObject([{ lot_id: 'XYZ_2020-01-02_1', quantity: '4' }]);
  });

  it('cannot be more than there were', () => {
    const { problems } = parseLedger(
      `${accounts}${bought}${move('  Assets:A  -11 XYZ {100.00 USD}\n  Assets:B  11 XYZ {100.00 USD}\n')}`,
      'test',
    );
    expect(problems[0]?.message).toContain('not enough lots: 11 XYZ to reduce, 10 held');
  });
});

describe('taxes', () => {
  const paid = (legs: string): string[] => rowsOf(read(`${bought}2020-03-01 * "d"\n${legs}`)).slice(2);

  it.each(['Expenses:Taxes:Withheld:US', 'Expenses:WithholdingTax', 'Expenses:US:Withheld'])(
    'withheld from a dividend (%s) belong to its security',
    (account) => {
      expect(paid(`  Assets:USD  8.50 USD\n  ${account}  1.50 USD\n  Income:Dividends:XYZ\n`)).toEqual([
        'TAX XYZ  -1.5',
        'DIVIDEND XYZ  10',
      ]);
    },
  );

  it('without a dividend have no security, and a taxi is no tax', () => {
    expect(paid('  Expenses:Taxes  3.00 USD\n  Expenses:Taxi  2.00 USD\n  Assets:USD\n')).toEqual([
      'TAX   -3',
      'FEE   -2',
    ]);
  });

  it.each([
    ['Income:Broker:XYZ:Dividend', 'DIVIDEND XYZ  10'],
    ['Income:Broker:Dividend', 'DIVIDEND   10'],
  ])('the security of %s is the one the ledger holds', (account, row) => {
    expect(paid(`  Assets:USD  10.00 USD\n  ${account}\n`)).toEqual([row]);
  });
});

it('takes a lot that somebody brought along at the rate of its cost’s day, and holds it from its entry on', () => {
  const text = '2020-08-01 * "in"\n  Assets:A  4 XYZ {90.00 USD, 2019-03-05}\n  Equity:Opening\n';
  expect(lotsOf(read(text))).toEqual([['XYZ_2019-03-05_1', '2019-03-05', '2020-08-01', '4', '90', '468']]);
});
