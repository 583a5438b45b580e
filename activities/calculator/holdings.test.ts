/** Through the schemas of arguments and results, as a pattern or the shell calls. */
import { EngineError } from '../../src/contract/errors';
import { pureCaller } from '../../src/cli/pure-caller';

const call = pureCaller();
const codeOf = async (capability: string, args: object): Promise<string> => {
  try {
    await call(capability, args);
  } catch (error) {
    if (error instanceof EngineError) return error.code;
    throw error;
  }
  return '';
};
const buy = { date: '2020-01-01', type: 'BUY', quantity: '10', price: 10 };
const date = '2020-01-01';

describe('calc.lots', () => {
  it.each([
    { transactions: [], method: 'fifo' },
    { transactions: [buy, { date, type: 'SELL', quantity: 5 }], method: 'hifo' },
    {
      transactions: [{ ...buy, type: 'SELL', account: 'A' }],
      method: 'average',
      allow_short: true,
      price: '9',
    },
    {
      transactions: [
        { ...buy, fx: 1.2 },
        { date, type: 'SPLIT', ratio: '3:2' },
      ],
      method: 'lifo',
      price: 1,
    },
    {
      transactions: [
        { date, type: 'DIVIDEND', amount: '-1.5' },
        { date, type: 'FEE', fees: 2 },
      ],
      method: 'specific',
    },
  ])('%j has a result in the form of its contract', async (args) => {
    expect(await call('calc.lots', args)).toMatchObject({ method: args.method });
  });

  it('refuses by code', async () => {
    const sale = { date: '2020-01-02', type: 'SELL', quantity: 11, price: 1 };
    expect(await codeOf('calc.lots', { transactions: [buy, sale], method: 'fifo' })).toBe('NOT_ENOUGH_LOTS');
    expect(await codeOf('calc.lots', { transactions: [buy], method: 'random' })).toBe('ARGS_INVALID');
    expect(await codeOf('calc.lots', { transactions: [{ ...buy, shares: 1 }], method: 'fifo' })).toBe(
      'ARGS_INVALID',
    );
    expect(
      await codeOf('calc.lots', { transactions: [{ ...buy, date: '2020-02-30' }], method: 'fifo' }),
    ).toBe('ARGS_INVALID');
  });
});

it('calc.fx_rate says its convention, and has null with a reason', async () => {
  expect(await call('calc.fx_rate', { series: [], dates: [date] })).toEqual({
    rates: [{ date, rate: null, quote_date: null, age_days: null, reason: 'NO_QUOTE' }],
    before_first: 'not_available',
  });
  expect(await codeOf('calc.fx_rate', { dates: [date] })).toBe('ARGS_INVALID');
});

it('calc.price flags a trade', async () => {
  const trades = [{ date, quantity: 3, amount: 1 }];
  expect(await call('calc.price', { quotes: [], trades, dates: [date] })).toEqual({
    prices: [{ date, price: '0.33333333333333333333', quote_date: date, age_days: 0, source: 'trade' }],
  });
});

it('calc.performance_statement needs no rates for one currency', async () => {
  const transactions = [{ date: '2020-01-02', type: 'DEPOSIT', currency: 'EUR', amount: '10.50' }];
  const period = { from: date, to: '2020-12-31' };
  expect(
    await call('calc.performance_statement', { base: 'EUR', period, transactions, prices: [] }),
  ).toMatchObject({ transfers: '10.5', final_value: '10.5', residual: '0', initial_value: '0' });
});

describe('calc.reconcile', () => {
  const ledger = `2020-01-01 open Assets:Cash
2020-01-01 open Equity:Open
2020-01-02 * "in"
  Assets:Cash  100.00 USD
  Equity:Open
2020-01-03 balance Assets:Cash 99.00 USD
`;
  const database = [{ account: 'Assets:Cash', commodity: 'USD', amount: '90', date: '2020-01-31' }];

  it('tells balances, differences and failed assertions of a ledger', async () => {
    expect(await call('calc.reconcile', { ledger, database })).toMatchObject({
      balances: [
        { account: 'Assets:Cash', commodity: 'USD', amount: '100', date: '2020-01-02' },
        { account: 'Equity:Open', amount: '-100' },
      ],
      differences: [
        {
          account: 'Assets:Cash',
          expected: '100',
          actual: '90',
          difference: '-10',
          first_date: '2020-01-31',
        },
      ],
      failed_assertions: [
        { date: '2020-01-03', expected: '99', actual: '100', difference: '1', tolerance: '0.01' },
      ],
      problems: [],
    });
  });

  it('takes a list instead, and one of both only', async () => {
    expect(await call('calc.reconcile', { balances: database })).toMatchObject({
      balances: database,
      differences: [],
      ledger_commit_hash: null,
    });
    expect(await codeOf('calc.reconcile', {})).toBe('ARGS_INVALID');
    expect(await codeOf('calc.reconcile', { ledger, balances: database })).toBe('ARGS_INVALID');
  });
});
