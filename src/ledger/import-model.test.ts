/** From booked entries to rows: what each transaction is called, what a lot cost in base currency, what came from outside. */
import { Exact } from './decimal';
import { importModel, type ImportModel } from './import-model';
import { parseLedger } from './parse-ledger';

const accounts = [
  'Assets:CAD',
  'Assets:USD',
  'Assets:Shares',
  'Equity:Contributions',
  'Income:Dividends:XYZ',
  'Income:Interest',
  'Income:Gains',
  'Income:Lottery',
  'Expenses:Fees',
]
  .map((account) => `2020-01-01 open ${account}\n`)
  .join('');

function modelOf(text: string, rate: string | null = '1.3'): ImportModel {
  const { entries, problems } = parseLedger(accounts + text, 'test');
  expect(problems).toEqual([]);
  return importModel(entries, {
    base_currency: 'CAD',
    rateAt: () => (rate === null ? null : new Exact(rate)),
  });
}

const typesOf = ({ transactions }: ImportModel): string[] =>
  transactions.map(({ type, amount, currency }) => `${type} ${amount} ${currency}`);

const buy = '2020-01-02 * "b"\n  Assets:Shares 10 XYZ {100.00 USD}\n  Expenses:Fees 9.95 USD\n  Assets:USD\n';

it('calls a purchase with its fee a purchase and a fee', () => {
  expect(typesOf(modelOf(buy))).toEqual(['BUY -1000 USD', 'FEE -9.95 USD']);
});

it.each([
  ['Assets:CAD 5.00 CAD\n  Equity:Contributions', 'DEPOSIT 5 CAD'],
  ['Assets:CAD -5.00 CAD\n  Equity:Contributions', 'WITHDRAWAL -5 CAD'],
  ['Assets:USD 5.00 USD\n  Income:Dividends:XYZ', 'DIVIDEND 5 USD'],
  ['Assets:USD 5.00 USD\n  Income:Interest', 'INTEREST 5 USD'],
  ['Assets:USD -5.00 USD\n  Expenses:Fees', 'FEE -5 USD'],
])('names %j', (legs, row) => {
  expect(typesOf(modelOf(`2020-01-02 * "t"\n  ${legs}\n`))).toEqual([row]);
});

it('gives a dividend its security, from the account', () => {
  const { transactions } = modelOf('2020-01-02 * "XYZ" "d"\n  Assets:USD 5.00 USD\n  Income:Dividends:XYZ\n');
  expect(transactions).toMatchObject([{ symbol: 'XYZ', narration: 'XYZ: d', line: 10 }]);
});

it.each([
  'Assets:USD 10.00 USD @@ 13.00 CAD\n  Assets:CAD -13.00 CAD',
  'Assets:CAD -13.00 CAD @@ 10.00 USD\n  Assets:USD 10.00 USD',
])('tells both sides of the conversion %j, and calls neither external', (legs) => {
  const model = modelOf(`2020-01-02 * "fx"\n  ${legs}\n`);
  expect(model.transactions).toMatchObject([
    { type: 'FX_CONVERSION', amount: '10', currency: 'USD', counter_amount: '-13', counter_currency: 'CAD' },
  ]);
  expect(model.cash_movements.every(({ external }) => !external)).toBe(true);
});

it('counts a lot at the rate of its day', () => {
  expect(modelOf(buy).lots).toEqual([
    {
      lot_id: 'XYZ_2020-01-02_1',
      symbol: 'XYZ',
      acquired_on: '2020-01-02',
      opened_on: '2020-01-02',
      quantity: '10',
      unit_cost_local: '100',
      currency: 'USD',
      fx_base_per_local: '1.3',
      cost_base: '1300',
    },
  ]);
});

it('prefers the rate a purchase was paid at', () => {
  const model = modelOf(
    '2020-01-02 * "b"\n  Assets:Shares 10 XYZ {100.00 USD}\n  Assets:CAD -1250.00 CAD @@ 1000.00 USD\n',
  );
  expect(model.lots[0]).toMatchObject({ fx_base_per_local: '1.25', cost_base: '1250' });
  expect(typesOf(model)).toEqual(['BUY -1000 USD']);
});

it('leaves the cost in base currency open when there is no rate', () => {
  expect(modelOf(buy, null).lots[0]).toMatchObject({ fx_base_per_local: null, cost_base: null });
});

it('closes lots with the sale’s proceeds before fees, in the row of the sale', () => {
  const sale =
    '2020-02-03 * "s"\n  Assets:Shares -4 XYZ {} @ 120.00 USD\n  Expenses:Fees 9.95 USD\n  Assets:USD 470.05 USD\n  Income:Gains\n';
  const { closures, transactions, cash_movements } = modelOf(buy + sale);
  expect(closures).toEqual([
    {
      lot_id: 'XYZ_2020-01-02_1',
      transaction_id: '2020-02-03_1_1',
      date: '2020-02-03',
      quantity: '4',
      proceeds_local: '480',
      currency: 'USD',
    },
  ]);
  expect(transactions.find(({ transaction_id }) => transaction_id === '2020-02-03_1_1')).toMatchObject({
    type: 'SELL',
    quantity: '-4',
    amount: '480',
  });
  expect(cash_movements.at(-1)).toMatchObject({ amount: '470.05', external: false });
});

it('takes apart what came from outside and what a fee took of it', () => {
  const { cash_movements } = modelOf(
    '2020-01-02 * "d"\n  Assets:CAD 990.00 CAD\n  Expenses:Fees 10.00 CAD\n  Equity:Contributions -1000.00 CAD\n',
  );
  expect(cash_movements).toMatchObject([
    { currency: 'CAD', amount: '1000', external: true },
    { currency: 'CAD', amount: '-10', external: false },
  ]);
});

it('refuses income it has no name for', () => {
  expect(modelOf('2020-01-02 * "l"\n  Assets:CAD 5.00 CAD\n  Income:Lottery\n').problems).toMatchObject([
    { line: 12 },
  ]);
});

it.each(['XYZ', 'GOLD'])('refuses %s without a cost, which would pass for cash', (symbol) => {
  const { problems } = modelOf(
    `${buy}2020-02-03 * "t"\n  Assets:Shares 1.00 ${symbol}\n  Equity:Contributions\n`,
  );
  expect(problems[0]).toEqual({
    file: 'test',
    line: 15,
    message: `${symbol} is no currency, so it needs a cost in braces`,
  });
});

it('keeps ids when the ledger grows', () => {
  const more = `${buy}2020-05-05 * "b"\n  Assets:Shares 1 XYZ {1.00 USD}\n  Assets:USD\n`;
  expect(modelOf(more).lots[0]).toEqual(modelOf(buy).lots[0]);
});

it('tells each of several conversions in one entry', () => {
  const model = modelOf(
    '2020-01-02 * "fx"\n  Assets:USD 100.00 USD @@ 104.00 CAD\n  Assets:USD 50.00 EUR @@ 70.00 CAD\n  Assets:CAD\n',
  );
  expect(
    model.transactions.map((row) => `${row.amount} ${row.currency} ${row.counter_amount ?? ''}`),
  ).toEqual(['100 USD -104', '50 EUR -70']);
});

it.each([
  ['Equity:Contributions', 'shares that leave the portfolio'],
  ['Expenses:Fees', 'shares given away'],
])('refuses %s as a place of lots: %s are none of its own any more', (account) => {
  const { problems } = modelOf(
    `${buy}2020-01-03 * "out"\n  Assets:Shares -4 XYZ {100.00 USD}\n  ${account} 4 XYZ {100.00 USD}\n`,
  );
  expect(problems.map(({ line, message }) => `${String(line)}: ${message}`)).toEqual([
    expect.stringContaining(`16: ${account} is no account`),
  ]);
});

it('takes shares without a cost for no currency, though their symbol has three letters', () => {
  const { problems } = modelOf('2020-01-02 * "b"\n  Assets:Shares 10 XYZ @ 100.00 USD\n  Assets:USD\n', null);
  expect(problems).toMatchObject([{ line: 11, message: 'XYZ is no currency, so it needs a cost in braces' }]);
});

it('counts a lot that cost pence at the rate of pounds', () => {
  const bought = '2020-01-02 * "b"\n  Assets:Shares 10 XYZ {250 GBX}\n  Assets:USD\n';
  const { entries } = parseLedger(accounts + bought, 'test');
  const costIn = (base_currency: string): (string | null)[] =>
    importModel(entries, {
      base_currency,
      rateAt: (currency) => (currency === 'GBP' ? new Exact('1.7') : null),
    }).lots.map(({ cost_base }) => cost_base);
  expect([costIn('CAD'), costIn('GBP')]).toEqual([['42.5'], ['25']]);
});
