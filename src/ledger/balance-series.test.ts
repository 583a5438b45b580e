import { ledgerBalances } from './balance-series';

const accounts = `2020-01-01 open Assets:Bank
2020-01-01 open Assets:Bank:Checking
2020-01-01 open Assets:Shares
2020-01-01 open Equity:Open
`;
const read = (text: string) => ledgerBalances(accounts + text);
const deposit = (date: string, amount: string) =>
  `${date} * "x"\n  Assets:Bank:Checking  ${amount}\n  Equity:Open\n`;

describe('balances by day', () => {
  it('one row for each day of change, with the balance of its evening', () => {
    const { changes, problems } = read(
      deposit('2020-02-02', '10.00 USD') +
        deposit('2020-02-01', '1.50 USD') +
        deposit('2020-02-02', '-11.50 USD'),
    );
    expect(problems).toEqual([]);
    expect(changes.filter(({ account }) => account.startsWith('Assets'))).toEqual([
      { account: 'Assets:Bank:Checking', commodity: 'USD', date: '2020-02-01', amount: '1.5' },
      { account: 'Assets:Bank:Checking', commodity: 'USD', date: '2020-02-02', amount: '0' },
    ]);
  });

  it('a leg without an amount carries the figure as exact as the others are written', () => {
    const { changes } = read(
      '2020-02-01 * "x"\n  Assets:Shares  3 XYZ {3.335 USD}\n  Assets:Bank:Checking  0.10 USD\n  Equity:Open\n',
    );
    expect(changes.find(({ account }) => account === 'Equity:Open')?.amount).toBe('-10.1');
  });
});

describe('assertions', () => {
  const failed = (assertion: string) =>
    read(deposit('2020-02-01', '23.024 USD') + assertion).failed_assertions;

  it.each([
    ['23.024', null],
    ['23.02', null],
    ['23.03', null],
    ['23.04', '0.01'],
    ['23', '0'],
    ['23.0240', null],
    ['23.0242', '0.0001'],
    ['23.022 ~ 0.002', null],
    ['23.022 ~ 0.001', '0.001'],
    ['23.024 ~ 0', null],
    ['23 ~ 0.1', null],
  ])('of %s fail beyond a tolerance of %s', (amount, tolerance) => {
    const found = failed(`2020-02-02 balance Assets:Bank:Checking ${amount} USD\n`);
    expect(found.map((one) => one.tolerance)).toEqual(tolerance === null ? [] : [tolerance]);
  });

  it('say account, day, both figures and actual − expected; the account includes those below it', () => {
    expect(failed('2020-02-02 balance Assets:Bank 24.00 USD\n')).toEqual([
      {
        account: 'Assets:Bank',
        commodity: 'USD',
        date: '2020-02-02',
        expected: '24',
        actual: '23.024',
        difference: '-0.976',
        tolerance: '0.01',
      },
    ]);
    expect(failed('2020-02-02 balance Assets:Bank 0 EUR\n2020-02-02 balance Assets:Ban 0 EUR\n')).toEqual([]);
  });

  it('are of the beginning of their day', () => {
    expect(failed('2020-02-01 balance Assets:Bank 0.00 USD\n')).toEqual([]);
    expect(failed('2020-02-01 balance Assets:Bank 23.024 USD\n')).toHaveLength(1);
  });
});

it('what cannot be read is a problem with its line, an assertion that fails is none', () => {
  const { problems } = read('2020-02-02 balance Assets:Bank 1.00 USD\n2020-02-02 budget Assets:Bank\n');
  expect(problems).toEqual([{ line: 6, message: expect.stringContaining('"budget"') as string }]);
});
