/** ledger.transactions on the demo and on small ledgers, through PostgreSQL. */
import { Decimal } from '../../src/services/decimal';
import { type Analyst, startAnalyst } from '../support/ask-analyst';
import { readLedger } from '../support/read-ledger';

let analyst: Analyst;
beforeAll(async () => {
  analyst = await startAnalyst();
});
afterAll(() => analyst.close());

const transactions = (args: object = {}, asked = {}) => analyst.ask('ledger.transactions', args, asked);
const aapl = '5ec00000-0000-4000-8000-00000000aa91';
const accounts = `2008-01-01 open Assets:Cash:USD
2008-01-01 open Assets:Cash:CAD
2008-01-01 open Assets:Shares "FIFO"
2008-01-01 open Assets:More:Shares
2008-01-01 open Equity:Contributions
2008-01-01 open Income:Gains
2008-01-01 open Income:Dividends:IBM
2008-01-01 open Expenses:Fees
`;
const ask = async (entries: string, rate: string | null = '1', args: object = {}) => {
  const ctx = await readLedger(analyst.database.ownerUrl, accounts + entries, rate);
  return transactions(args, { ctx });
};

describe('transactions of the demo', () => {
  it('come newest first, as many as asked for, and say whether there are more', async () => {
    const three = await transactions({ limit: 3 });
    expect(three).toMatchObject({
      total: 104,
      more: true,
      from: null,
      to: '2013-02-28',
      base_currency: 'CAD',
    });
    expect(three.transactions.map(({ date, type, symbol }) => [date, type, symbol])).toEqual([
      ['2013-02-15', 'SELL', 'MSFT'],
      ['2013-02-15', 'FEE', null],
      ['2013-02-14', 'DIVIDEND', 'AAPL'],
    ]);
    const all = await transactions({ limit: 1000 });
    expect(all.transactions).toHaveLength(104);
    expect(all.more).toBe(false);
    expect((await transactions()).transactions).toHaveLength(50);
  });

  it('can be those of a security, of a type, of some days', async () => {
    const sold = await transactions({
      security_id: aapl,
      types: ['SELL'],
      from: '2010-01-01',
      to: '2010-12-31',
    });
    expect(sold).toMatchObject({ total: 1, from: '2010-01-01', to: '2010-12-31' });
    expect(sold.transactions[0]).toMatchObject({ transaction_id: '2010-04-30_1_1', quantity: '-120' });
  });

  it('tell what a sale of two lots gained, in proceeds, cost and exchange rate', async () => {
    const { transactions: rows } = await transactions({ types: ['SELL'], to: '2010-12-31', limit: 1 });
    // ECB per EUR: 2010-04-30 USD 1.3315, CAD 1.3379; the lots of 2007-01-04 (1.3106, 1.539) and 2008-01-23 (1.4574, 1.4987).
    const [sale, first, second] = [1.3379 / 1.3315, 1.539 / 1.3106, 1.4987 / 1.4574];
    const cost = 100 * 85.66 * first + 20 * 139.072 * second;
    const gain = 120 * 261.09 * sale - cost;
    const [row] = rows;
    expect(row).toMatchObject({
      price: '261.09',
      amount: '31330.8',
      fee: '9.95',
      rate_date: '2010-04-30',
      rate_source: 'quoted',
      realised: {
        gain_local: '19983.36',
        gain_after_fees_local: '19973.41',
        lots: [
          { lot_id: 'AAPL_2007-01-04_1', quantity: '100', holding_days: 1212, unit_cost_local: '85.66' },
          { lot_id: 'AAPL_2008-01-23_1', quantity: '20', holding_days: 828 },
        ],
        reasons: {},
      },
    });
    expect(Number(row?.realised?.gain_base)).toBeCloseTo(gain, 6);
    const costLocal = 100 * 85.66 + 20 * 139.072;
    expect(Number(row?.realised?.fx_gain_base)).toBeCloseTo(costLocal * sale - cost, 6);
  });

  it('take the rate that an exchange itself records', async () => {
    const { transactions: rows } = await transactions({ types: ['FX_CONVERSION'], to: '2007-01-31' });
    expect(rows[0]).toMatchObject({
      amount: '40000',
      currency: 'USD',
      counter_amount: '-46729.65',
      counter_currency: 'CAD',
      rate_base_per_local: '1.16824125',
      rate_source: 'recorded',
      amount_base: '46729.65',
    });
  });

  it('have the rate of the Friday before where they are of a Saturday', async () => {
    const { transactions: rows } = await transactions({ types: ['DIVIDEND'], to: '2007-03-10', limit: 1 });
    expect(rows[0]).toMatchObject({
      date: '2007-03-10',
      symbol: 'IBM',
      amount: '30',
      rate_date: '2007-03-09',
    });
  });

  it('do not look beyond the day that is asked about', async () => {
    const early = await transactions({ limit: 1000, to: '2013-02-28' }, { day: '2009-12-31' });
    expect(early).toMatchObject({ to: '2009-12-31', asof_date: '2009-12-31' });
    expect(early.transactions[0]?.date).toBe('2009-12-15');
  });

  it.each([
    [{ from: '2013-03-05' }, 'ARGS_INVALID', /from is 2013-03-05, after the last day 2013-02-28/],
    [{ security_id: '00000000-0000-4000-8000-000000000000' }, 'DATA_MISSING', /no security 00000000/],
    [{ limit: 1001 }, 'ARGS_INVALID', /limit/],
  ])('refuse %j', async (args, code, message) => {
    await expect(transactions(args)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message) as string,
    });
  });
});

describe('small ledgers', () => {
  it('without transactions have none', async () => {
    expect(await ask('')).toMatchObject({ transactions: [], total: 0, more: false });
  });

  it('cost exactly 0 once the last of many odd parts is sold', async () => {
    const sell = (day: string, shares: string) => `2008-02-${day} * "out"
  Assets:Shares  -${shares} IBM {} @ 100 USD
  Assets:Cash:USD
  Income:Gains
`;
    const buy = `2008-01-10 * "in"
  Assets:Shares  7 IBM {{1000.00 USD}}
  Assets:Cash:USD  -1000.00 USD
`;
    const parts = ['1.3', '2.35', '0.01', '3.34'];
    const priced = parts.map((shares, index) =>
      sell(String(11 + index), shares).replace(
        '  Assets:Cash:USD\n',
        `  Assets:Cash:USD  ${String(Number(shares) * 100)} USD\n`,
      ),
    );
    const { transactions: rows } = await ask(buy + priced.join(''), '1.0123456789', { types: ['SELL'] });
    const total = (field: 'cost_local' | 'cost_base') =>
      rows.reduce((sum, row) => sum.plus(row.realised?.[field] ?? NaN), new Decimal(0)).toFixed();
    expect(rows).toHaveLength(4);
    expect(total('cost_local')).toBe('1000');
    expect(total('cost_base')).toBe('1012.3456789');
  });

  it('say what the cash of a sale without a price brought', async () => {
    const { transactions: rows } = await ask(
      `2008-01-10 * "in"
  Assets:Shares  10 IBM {100 USD}
  Assets:Cash:USD
2008-03-10 * "out"
  Assets:Shares  -4 IBM {}
  Expenses:Fees  5 USD
  Assets:Cash:USD  495 USD
  Income:Gains
`,
      '1',
      { types: ['SELL'] },
    );
    expect(rows[0]).toMatchObject({ amount: '500', price: '125', fee: '5' });
    expect(rows[0]?.realised).toMatchObject({
      proceeds_local: '500',
      gain_local: '100',
      gain_after_fees_local: '95',
    });
  });

  it('have no gain, and the reason, where two sales share one payment', async () => {
    const { transactions: rows } = await ask(
      `2008-01-10 * "in"
  Assets:Shares  10 IBM {100 USD}
  Assets:Shares  10 MSFT {30 USD}
  Assets:Cash:USD
2008-03-10 * "out"
  Assets:Shares  -10 IBM {}
  Assets:Shares  -10 MSFT {}
  Assets:Cash:USD  1500 USD
  Income:Gains
`,
      '1',
      { types: ['SELL'] },
    );
    expect(rows.map(({ symbol, amount, reasons }) => [symbol, amount, reasons['amount']])).toEqual([
      ['IBM', null, 'NO_SALE_PRICE'],
      ['MSFT', null, 'NO_SALE_PRICE'],
    ]);
    expect(rows[0]?.realised).toMatchObject({
      gain_base: null,
      cost_local: '1000',
      reasons: { gain_base: 'NO_SALE_PRICE' },
    });
  });

  it('have no gain in base, and the reason, where the purchase had no rate', async () => {
    const { transactions: rows } = await ask(
      `2008-01-10 * "in"
  Assets:Shares  10 IBM {100 USD}
  Assets:Cash:USD
2008-03-10 * "out"
  Assets:Shares  -10 IBM {} @ 110 USD
  Assets:Cash:USD  1100 USD
  Income:Gains
`,
      null,
      { types: ['SELL'] },
    );
    expect(rows[0]?.realised).toMatchObject({
      gain_local: '100',
      cost_base: null,
      gain_base: null,
      fx_gain_base: null,
      reasons: { cost_base: 'NO_QUOTE', gain_base: 'NO_QUOTE', fx_gain_base: 'NO_QUOTE' },
    });
  });

  it('take the rate that a sale paid in Canadian dollars records', async () => {
    const { transactions: rows } = await ask(
      `2008-01-10 * "in"
  Assets:Shares  10 IBM {100 USD}
  Assets:Cash:USD
2008-03-10 * "out, the broker changes the money"
  Assets:Shares  -10 IBM {} @ 110 USD
  Assets:Cash:CAD  1045 CAD @@ 1100 USD
  Income:Gains
`,
      '1.1',
      { types: ['SELL'] },
    );
    expect(rows[0]).toMatchObject({
      rate_base_per_local: '0.95',
      rate_source: 'recorded',
      amount_base: '1045',
    });
    // 1045 − 1100; of it 1000 × (0.95 − 1.1) by the exchange rate.
    expect(rows[0]?.realised).toMatchObject({ gain_base: '-55', fx_gain_base: '-150' });
  });

  it('share the fee of two trades in one entry by their amounts', async () => {
    const { transactions: rows } = await ask(
      `2008-01-10 * "in"
  Assets:Shares  10 IBM {75 USD}
  Assets:Shares  10 MSFT {25 USD}
  Expenses:Fees  8 USD
  Assets:Cash:USD
`,
      '1',
      { types: ['BUY'] },
    );
    expect(rows.map(({ symbol, fee }) => [symbol, fee])).toEqual([
      ['IBM', '6'],
      ['MSFT', '2'],
    ]);
  });

  it('know no fee in the currency of the trade where it was paid in another', async () => {
    const { transactions: rows } = await ask(
      `2008-01-10 * "in"
  Assets:Shares  10 IBM {75 USD}
  Expenses:Fees  8 CAD
  Assets:Cash:CAD  -8 CAD
  Assets:Cash:USD
`,
      '1',
      { types: ['BUY'] },
    );
    expect(rows[0]).toMatchObject({ fee: null, reasons: { fee: 'MIXED_CURRENCIES' } });
  });
});
