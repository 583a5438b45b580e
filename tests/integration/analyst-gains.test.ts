/** portfolio.realised_gains on the demo: the sums of what ledger.transactions says of each sale. */
import { Decimal } from '../../src/services/decimal';
import { replayLots } from '../../src/services/lots';
import { type Analyst, startAnalyst } from '../support/ask-analyst';

let analyst: Analyst;
beforeAll(async () => {
  analyst = await startAnalyst();
});
afterAll(() => analyst.close());

const gains = (args: object = {}, asked = {}) => analyst.ask('portfolio.realised_gains', args, asked);
const sales = async (args: object = {}) =>
  (await analyst.ask('ledger.transactions', { types: ['SELL'], limit: 1000, ...args })).transactions;
const add = (amounts: (string | null | undefined)[]): string =>
  amounts.reduce((total, amount) => total.plus(amount ?? NaN), new Decimal(0)).toFixed();
const fields = [
  'proceeds_base',
  'cost_base',
  'gain_base',
  'fx_gain_base',
  'fee_base',
  'gain_after_fees_base',
] as const;

it('adds up with the transactions, to the last digit: in all, by security, by year', async () => {
  const rows = await sales();
  const { total, by_security, by_year } = await gains();
  expect(total.sales).toBe(5);
  for (const field of fields) {
    expect(total[field]).toBe(add(rows.map(({ realised }) => realised?.[field])));
    expect(add(by_security.map((row) => row[field]))).toBe(total[field]);
    expect(add(by_year.map((row) => row[field]))).toBe(total[field]);
  }
  const apple = rows.filter(({ symbol }) => symbol === 'AAPL');
  expect(by_security[0]).toMatchObject({
    symbol: 'AAPL',
    sales: 2,
    quantity: '170',
    gain_base: add(apple.map(({ realised }) => realised?.gain_base)),
  });
  expect(by_year.map(({ year, sales: count }) => [year, count])).toEqual([
    [2009, 1],
    [2010, 1],
    [2011, 1],
    [2012, 1],
    [2013, 1],
  ]);
});

it('agrees with lots that are played through on their own', async () => {
  const rows = (await analyst.ask('ledger.transactions', { limit: 1000, to: '2010-12-31' })).transactions
    .filter(({ symbol, type }) => symbol === 'AAPL' && ['BUY', 'SELL'].includes(type))
    .reverse();
  const played = replayLots(
    rows.map(({ date, type, quantity, amount, rate_base_per_local }) => ({
      date,
      type: type as 'BUY',
      quantity: new Decimal(quantity ?? 0).abs(),
      amount: new Decimal(amount ?? 0).abs(),
      fx: rate_base_per_local ?? 0,
    })),
    { method: 'fifo' },
  );
  const gain = played.closed.reduce((total, { proceeds, cost }) => total + Number(proceeds?.minus(cost)), 0);
  const { by_security } = await gains({ to: '2010-12-31' });
  expect(played.closed).toHaveLength(2);
  expect(Number(by_security[0]?.gain_base)).toBeCloseTo(gain, 6);
});

it('tells short from long term by the days that are asked for', async () => {
  const usual = (await gains()).total;
  expect(usual).toMatchObject({ short_term_gain_base: '0', long_term_gain_base: usual.gain_base });
  const strict = await gains({ long_term_days: 828 });
  // Lots of 828 and of 1212 days went in 2010.
  expect(strict.convention.long_term_days).toBe(828);
  expect(Number(strict.by_year[1]?.short_term_gain_base)).toBeCloseTo(2386.6383252044, 9);
  expect(add([strict.total.short_term_gain_base, strict.total.long_term_gain_base])).toBe(
    strict.total.gain_base,
  );
  const stricter = await gains({ long_term_days: 827 });
  expect(stricter.total.short_term_gain_base).toBe('0');
});

it('is of the days that are asked for, never after the pack', async () => {
  const some = await gains({ from: '2010-01-01', to: '2011-12-31' });
  expect(some).toMatchObject({ from: '2010-01-01', to: '2011-12-31', total: { sales: 2 } });
  expect((await gains({ to: '2013-02-28' }, { day: '2010-12-31' })).total.sales).toBe(2);
});

it('of no sales is 0', async () => {
  expect(await gains({ to: '2008-12-31' })).toMatchObject({
    total: { sales: 0, gain_base: '0', short_term_gain_base: '0', reasons: {} },
    by_security: [],
    by_year: [],
  });
});

it('refuses days the wrong way round', async () => {
  await expect(gains({ from: '2011-01-02', to: '2011-01-01' })).rejects.toMatchObject({
    code: 'ARGS_INVALID',
  });
});
