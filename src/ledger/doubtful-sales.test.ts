/** Sales whose price and cash contradict each other, and those that only look so. */
import { doubtfulSales } from './doubtful-sales';
import { parseLedger } from './parse-ledger';

const accounts = [
  ...['Assets:USD', 'Assets:CAD', 'Assets:Shares', 'Assets:Others', 'Equity:Outside'],
  ...['Income:Gains', 'Income:Broker:PnL', 'Income:Dividends:XYZ', 'Expenses:Fees', 'Expenses:Taxes'],
]
  .map((account) => `2020-01-01 open ${account} ${/Shares/.test(account) ? 'XYZ "FIFO"' : ''}\n`)
  .join('');
const held = '2020-01-02 * "b"\n  Assets:Shares  100 XYZ {100.00 USD}\n  Assets:USD\n';

/** `line: message`, where the entry begins in line 1. */
function doubtsOf(legs: string): string[] {
  const before = accounts + held;
  const text = `${before}2020-02-03 * "s"\n  ${legs.replaceAll('; ', '\n  ')}\n`;
  const { entries, problems } = parseLedger(text, 'test');
  expect(problems).toEqual([]);
  return entries
    .filter((entry) => entry.kind === 'transaction')
    .flatMap(doubtfulSales)
    .map(({ line, message }) => `${String(line - before.split('\n').length + 1)}: ${message}`);
}
const sale = 'Assets:Shares -5 XYZ {} @ 130.00 USD';

it.each([
  ['brings its price', `${sale}; Assets:USD 650.00 USD; Income:Gains`],
  ['brings its price less fees and taxes', `${sale}; Expenses:Fees 9.95 USD; Expenses:Taxes 1.05 USD; Assets:USD 639.00 USD; Income:Broker:PnL`],
  ['is a cent off', `${sale}; Assets:USD 650.01 USD; Income:Gains`],
  ['is off by a thousandth, as rounded prices are', `${sale}; Assets:USD 649.35 USD; Income:Gains`],
  ['goes to the outside at once', `${sale}; Equity:Outside 650.00 USD; Income:Gains`],
  ['is paid in another currency at a stated rate', `${sale}; Assets:CAD 845.00 CAD @@ 650.00 USD; Income:Gains`],
  ['pays for other shares', `${sale}; Assets:Others 13 ABC {50.00 USD}; Income:Gains`],
  ['comes with a dividend', `${sale}; Assets:USD 652.00 USD; Income:Dividends:XYZ -2.00 USD; Income:Gains`],
  ['names a price for all of it', 'Assets:Shares -5 XYZ {} @@ 650.00 USD; Assets:USD 650.00 USD; Income:Gains'],
  ['brings nothing, for the shares are worth nothing', 'Assets:Shares -5 XYZ {} @ 0.00 USD; Income:Gains'],
  ['names no price', 'Assets:Shares -5 XYZ {}; Assets:USD 700.00 USD; Income:Gains'],
])('has no doubt where a sale %s', (_what, legs) => {
  expect(doubtsOf(legs)).toEqual([]);
}); // prettier-ignore

it.each([
  [
    'other cash than its price',
    `${sale}; Assets:USD 65.00 USD; Income:Gains`,
    '2: the sale of 5 XYZ brings 650 USD by its price, but 65 USD of cash came in (-585): realised gains count the price, returns the cash',
  ],
  [
    'cash that forgets the fees',
    `Expenses:Fees 9.95 USD; ${sale}; Assets:USD 650.00 USD; Income:Gains`,
    '3: the sale of 5 XYZ brings 650 USD by its price, 640.05 with the entry’s other legs, but 650 USD of cash came in (9.95): realised gains count the price, returns the cash',
  ],
  [
    'a leg of cash that takes the gain as written',
    `${sale}; Assets:USD; Income:Gains -15.00 USD`,
    '2: the sale of 5 XYZ brings 650 USD by its price, but 515 USD of cash came in (-135): realised gains count the price, returns the cash',
  ],
  [
    'a price in another currency than its cash',
    'Assets:Shares -5 XYZ {} @ 169.00 CAD; Assets:USD 650.00 USD; Income:Gains',
    '2: the sale of 5 XYZ brings 845 CAD by its price, but its cash is in USD: state the price in the currency that was paid, or the rate on the leg of the cash (@@)',
  ],
  [
    'no cash at all',
    `${sale}; Income:Gains`,
    '2: the sale of 5 XYZ brings 650 USD by its price, but 0 USD of cash came in (-650): realised gains count the price, returns the cash',
  ],
])('doubts %s', (_what, legs, message) => {
  expect(doubtsOf(legs)).toEqual([message]);
});

it('takes several lots of one sale together', () => {
  const more = 'Assets:Shares -101 XYZ {} @ 10.00 USD; Assets:USD 1010.00 USD; Income:Gains';
  const second = '2020-01-03 * "c"\n  Assets:Shares  10 XYZ {90.00 USD}\n  Assets:USD\n';
  const { entries } = parseLedger(`${accounts}${held}${second}2020-02-03 * "s"\n  ${more.replaceAll('; ', '\n  ')}\n`, 'test');
  const last = entries.filter((entry) => entry.kind === 'transaction').at(-1);
  expect(last?.postings.filter(({ cost }) => cost !== null)).toHaveLength(2);
  expect(last && doubtfulSales(last)).toEqual([]);
}); // prettier-ignore
