/** portfolio.corporate_actions on the demo and on small ledgers, through PostgreSQL. */
import { Client } from 'pg';
import { Decimal } from '../../src/services/decimal';
import { type Analyst, startAnalyst } from '../support/ask-analyst';
import { readLedger } from '../support/read-ledger';

let analyst: Analyst;
beforeAll(async () => {
  analyst = await startAnalyst();
});
afterAll(() => analyst.close());

const actions = (args: object = {}, asked = {}) => analyst.ask('portfolio.corporate_actions', args, asked);
const accounts = `2006-01-01 open Assets:Cash:USD
2006-01-01 open Assets:Cash:NOK
2006-01-01 open Assets:Cash:CAD
2006-01-01 open Assets:Shares "FIFO"
2006-01-01 open Equity:Contributions
2006-01-01 open Income:Gains
2006-01-01 open Income:Dividends
2006-01-01 open Income:Dividends:AAPL
2006-01-01 open Income:Dividends:IBM
2006-01-01 open Income:Dividends:MSFT
2006-01-01 open Expenses:Fees
2006-01-01 open Expenses:Taxes
`;
const of = async (entries: string, args: object = {}, asked = {}) => {
  const ctx = await readLedger(analyst.database.ownerUrl, accounts + entries);
  return actions(args, { ctx, ...asked });
};
const buy = (date: string, shares: number, symbol = 'IBM') =>
  `${date} * "in"\n  Assets:Shares  ${String(shares)} ${symbol} {100 USD}\n  Assets:Cash:USD\n`;
const sell = (date: string, shares: number, symbol = 'IBM') =>
  `${date} * "out"\n  Assets:Shares  -${String(shares)} ${symbol} {} @ 100 USD\n  Assets:Cash:USD  ${String(100 * shares)} USD\n  Income:Gains\n`;
const paid = (date: string, amount: string, symbol = 'IBM') =>
  `${date} * "dividend"\n  Assets:Cash:USD  ${amount} USD\n  Income:Dividends:${symbol}\n`;

describe('dividends of the demo', () => {
  it('were all received as declared, but for the two that are still to come', async () => {
    const { dividends, totals, splits, other_taxes } = await actions();
    const count = (status: string) => dividends.filter((dividend) => dividend.status === status).length;
    expect([dividends.length, count('matched'), count('pending')]).toEqual([53, 51, 2]);
    expect(dividends.slice(-2).map(({ symbol, pay_date }) => [symbol, pay_date])).toEqual([
      ['IBM', '2013-03-09'],
      ['MSFT', '2013-03-14'],
    ]);
    expect([splits, other_taxes]).toEqual([[], []]);
    const statement = await analyst.ask('portfolio.performance_statement', {});
    expect(totals).toEqual({
      gross_base: statement.lines.earnings.amount,
      withholding_base: '0',
      net_base: statement.lines.earnings.amount,
      reasons: {},
    });
  });

  it('count at the rate of the pay date, on a Saturday that of the Friday', async () => {
    const { dividends } = await actions({ from: '2007-03-10', to: '2007-03-10' });
    expect(dividends).toMatchObject([
      {
        symbol: 'IBM',
        ex_date: '2007-02-07',
        pay_date: '2007-03-10',
        shares_entitled: '100',
        per_share: '0.3',
        gross_local: '30',
        withholding_local: '0',
        net_local: '30',
        rate_date: '2007-03-09',
        status: 'matched',
        reasons: {},
      },
    ]);
    // ECB, 2007-03-09, per EUR: USD 1.3155, CAD 1.5469.
    expect(Number(dividends[0]?.gross_base)).toBeCloseTo((30 * 1.5469) / 1.3155, 8);
  });

  it('know nothing that a later pack knows', async () => {
    const { dividends } = await actions({}, { day: '2012-11-30' });
    expect(dividends.filter(({ status }) => status === 'pending').map(({ symbol }) => symbol)).toEqual([
      'IBM',
      'MSFT',
    ]);
  });
});

describe('dividends beside what was declared', () => {
  // IBM declared 0.40 a share: ex 2007-05-08, paid 2007-06-09 (a Saturday).
  const june = { from: '2007-06-01', to: '2007-06-30' };
  const asked = { day: '2007-07-31' };

  it('of shares bought on the ex-date and sold before the pay date go to who held them the evening before', async () => {
    const ledger =
      buy('2007-05-07', 10) + buy('2007-05-08', 5) + sell('2007-05-09', 15) + paid('2007-06-11', '4.00');
    const { dividends } = await of(ledger, june, asked);
    expect(dividends).toMatchObject([
      { shares_entitled: '10', expected_gross_local: '4', pay_date: '2007-06-11', status: 'matched' },
    ]);
  });

  it.each([
    ['a payment that is too small', paid('2007-06-09', '3.40'), 'different', '-0.6'],
    ['a payment rounded to the cent', paid('2007-06-09', '4.004'), 'matched', '0.004'],
    ['no payment', '', 'not_received', '-4'],
  ])('are %s: told with the difference', async (_what, payment, status, difference_local) => {
    const { dividends } = await of(buy('2007-05-07', 10) + payment, june, asked);
    expect(dividends).toMatchObject([{ status, difference_local, expected_gross_local: '4' }]);
  });

  it('that nobody declared have no ex-date, and say why', async () => {
    const { dividends } = await of(
      buy('2007-05-07', 10, 'GOOG') + paid('2007-06-11', '1.00', 'AAPL'),
      june,
      asked,
    );
    expect(dividends).toMatchObject([
      {
        symbol: 'AAPL',
        status: 'not_declared',
        ex_date: null,
        shares_entitled: null,
        gross_local: '1',
        reasons: {
          ex_date: 'NOT_DECLARED',
          shares_entitled: 'NOT_DECLARED',
          difference_local: 'NOT_DECLARED',
        },
      },
    ]);
  });

  it('come less the tax that was withheld and the fee; the parts add up in base currency', async () => {
    const entry = `2007-06-11 * "IBM"
  Assets:Cash:USD  3.20 USD
  Expenses:Taxes  0.60 USD
  Expenses:Fees  0.20 USD
  Income:Dividends:IBM  -4.00 USD
`;
    const { dividends, other_taxes, totals } = await of(buy('2007-05-07', 10) + entry, june, asked);
    expect(dividends).toMatchObject([
      { gross_local: '4', withholding_local: '0.6', fee_local: '0.2', net_local: '3.2', status: 'matched' },
    ]);
    expect(other_taxes).toEqual([]);
    expect(new Decimal(totals.gross_base ?? 0).minus(totals.withholding_base ?? 0).toFixed(6)).toBe(
      new Decimal(totals.net_base ?? 0).plus(0.2 * Number(dividends[0]?.rate_base_per_local)).toFixed(6),
    );
  });

  it('taxed together have no tax of their own, and the tax is not lost', async () => {
    const entry = `2007-06-14 * "both"
  Assets:Cash:USD  6.00 USD
  Expenses:Taxes  1.00 USD
  Income:Dividends:IBM  -4.00 USD
  Income:Dividends:MSFT  -3.00 USD
`;
    const { dividends, other_taxes, totals } = await of(
      buy('2007-05-07', 10) + buy('2007-05-07', 30, 'MSFT') + entry,
      june,
      asked,
    );
    expect(
      dividends.map(({ symbol, withholding_local, reasons }) => [
        symbol,
        withholding_local,
        reasons['net_local'],
      ]),
    ).toEqual([
      ['IBM', null, 'TAX_NOT_ATTRIBUTED'],
      ['MSFT', null, 'TAX_NOT_ATTRIBUTED'],
    ]);
    expect(other_taxes).toMatchObject([{ amount: '1', currency: 'USD', narration: 'both' }]);
    expect(totals).toMatchObject({
      withholding_base: null,
      reasons: { withholding_base: 'TAX_NOT_ATTRIBUTED' },
    });
  });

  it('a tax without a dividend stands apart', async () => {
    const entry = '2007-06-11 * "late tax"\n  Expenses:Taxes  0.60 USD\n  Assets:Cash:USD\n';
    const { dividends, other_taxes } = await of(entry, june, asked);
    expect(dividends).toEqual([]);
    expect(other_taxes).toMatchObject([{ date: '2007-06-11', amount: '0.6', narration: 'late tax' }]);
  });

  it('paid into a Canadian account count at the rate that the entry records', async () => {
    const entry = `2007-06-11 * "IBM"
  Assets:Cash:CAD  4.24 CAD @@ 4.00 USD
  Income:Dividends:IBM  -4.00 USD
`;
    const { dividends } = await of(buy('2007-05-07', 10) + entry, june, asked);
    expect(dividends).toMatchObject([{ gross_local: '4', rate_base_per_local: '1.06', gross_base: '4.24' }]);
  });

  it('in a currency without a rate have no value in base, and say so', async () => {
    const entry = '2007-06-11 * "IBM"\n  Assets:Cash:NOK  24.00 NOK\n  Income:Dividends:IBM\n';
    const { dividends, totals } = await of(buy('2007-05-07', 10) + entry, june, asked);
    expect(dividends).toMatchObject([
      {
        ...{ gross_local: '24', net_local: '24', currency: 'NOK', gross_base: null, net_base: null },
        // Four dollars are not four kroner.
        ...{ status: 'different', difference_local: null, expected_gross_local: null, per_share: null },
        reasons: {
          ...{ gross_base: 'NO_QUOTE', rate_date: 'NO_QUOTE', difference_local: 'MIXED_CURRENCIES' },
          ...{ per_share: 'MIXED_CURRENCIES', expected_gross_local: 'MIXED_CURRENCIES' },
        },
      },
    ]);
    expect(totals).toMatchObject({
      gross_base: null,
      reasons: { gross_base: 'NO_QUOTE', net_base: 'NO_QUOTE' },
    });
  });

  it('of which the ledger does not say whose they are are told all the same, with their tax', async () => {
    const entry =
      '2007-06-11 * "who?"\n  Assets:Cash:USD  3 USD\n  Expenses:Taxes  1 USD\n  Income:Dividends\n';
    const { dividends, other_taxes } = await of(entry, june, asked);
    expect(dividends).toMatchObject([
      { security_id: null, symbol: null, gross_local: '4', withholding_local: '1', status: 'not_declared' },
    ]);
    expect(other_taxes).toEqual([]);
  });

  it('of nothing are none', async () => {
    expect(await of('')).toMatchObject({
      dividends: [],
      splits: [],
      totals: { gross_base: '0', reasons: {} },
    });
  });

  it('are not told the wrong way round', async () => {
    await expect(actions({ from: '2008-01-02', to: '2008-01-01' })).rejects.toMatchObject({
      code: 'ARGS_INVALID',
    });
  });
});

describe('splits', () => {
  const split = `2010-06-01 * "MSFT 3:2"
  Assets:Shares  -10 MSFT {100 USD}
  Assets:Shares  15 MSFT {{1000 USD, 2010-05-03}}
`;
  const asked = { day: '2010-06-30' };
  const declare = async (ex_date: string, ratio: string): Promise<void> => {
    const owner = new Client({ connectionString: analyst.database.ownerUrl });
    await owner.connect();
    await owner.query('alter table pack_actions disable trigger user');
    await owner.query("delete from pack_actions where type = 'split'");
    await owner.query(
      `insert into pack_actions (pack_id, security_id, type, ex_date, ratio)
       select 'PP_2010-05-28', id, 'split', $1, $2 from securities where symbol = 'MSFT'`,
      [ex_date, ratio],
    );
    await owner.query('alter table pack_actions enable trigger user');
    await owner.end();
  };

  it('that the ledger books keep the cost; nobody declared it', async () => {
    const { splits } = await of(
      buy('2010-05-03', 10, 'MSFT') + split + buy('2010-06-01', 2, 'MSFT'),
      {},
      asked,
    );
    expect(splits).toEqual([
      {
        security_id: '5ec00000-0000-4000-8000-00000000357f',
        symbol: 'MSFT',
        ex_date: '2010-06-01',
        booked_on: '2010-06-01',
        ratio: '1.5',
        quantity_before: '10',
        quantity_after: '15',
        expected_quantity_after: null,
        cost_before: '1000',
        cost_after: '1000',
        status: 'not_declared',
        reasons: { expected_quantity_after: 'NOT_DECLARED' },
      },
    ]);
  });

  it('that were declared are found in the ledger, or missed', async () => {
    const bought = buy('2010-05-03', 10, 'MSFT');
    await declare('2010-06-01', '1.5');
    expect((await of(bought + split, {}, asked)).splits).toMatchObject([
      { status: 'matched', ratio: '1.5', expected_quantity_after: '15' },
    ]);
    expect((await of(bought + buy('2010-05-04', 1, 'MSFT') + split, {}, asked)).splits).toMatchObject([
      { status: 'different', quantity_before: '10' },
    ]);
    expect((await of(bought, {}, asked)).splits).toMatchObject([
      { status: 'not_received', quantity_before: '10', quantity_after: null, expected_quantity_after: '15' },
    ]);
    expect((await of(buy('2010-05-03', 10), {}, asked)).splits).toEqual([]);
    await declare('2010-07-01', '2');
    expect((await of(bought, {}, asked)).splits).toMatchObject([
      { status: 'pending', reasons: { booked_on: 'NOT_YET_DUE' } },
    ]);
    expect((await of(bought + split, {}, asked)).splits.map(({ status }) => status)).toEqual([
      'not_declared',
      'pending',
    ]);
  });
});
