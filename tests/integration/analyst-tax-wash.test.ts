/** Wash sales in ledgers read in by the real importer, counted by hand: everything is in CAD, so no rate comes in. */
import type { CapabilityName } from '../../src/capabilities';
import { type Analyst, startAnalyst } from '../support/ask-analyst';
import { readLedger, type ReadLedger } from '../support/read-ledger';

let analyst: Analyst;
beforeAll(async () => {
  analyst = await startAnalyst();
});
afterAll(() => analyst.close());

const openings = `2012-01-01 open Assets:Cash
2012-01-01 open Assets:Shares "FIFO"
2012-01-01 open Equity:Contributions
2012-01-01 open Income:Gains
2012-01-02 * "in"
  Assets:Cash  100000 CAD
  Equity:Contributions
`;
const buy = (date: string, count: number, symbol: string, price: number): string => `${date} * "buy"
  Assets:Shares  ${String(count)} ${symbol} {${String(price)} CAD}
  Assets:Cash
`;
const sell = (
  date: string,
  count: number,
  symbol: string,
  price: number,
  of = '',
): string => `${date} * "sell"
  Assets:Shares  -${String(count)} ${symbol} {${of}} @ ${String(price)} CAD
  Assets:Cash  ${String(count * price)} CAD
  Income:Gains
`;
const read = (...entries: string[]): Promise<ReadLedger> =>
  readLedger(analyst.database.ownerUrl, openings + entries.join(''));
const ask = <N extends CapabilityName>(name: N, ctx: ReadLedger, args: object = {}, day = '2013-02-28') =>
  analyst.ask(name, args, { day, ctx });

describe('a loss, and a purchase ten days later', () => {
  let ledger: ReadLedger;
  beforeAll(async () => {
    ledger = await read(
      buy('2012-01-03', 100, 'IBM', 180),
      sell('2012-06-01', 100, 'IBM', 170),
      buy('2012-06-11', 60, 'IBM', 172),
      sell('2012-12-17', 60, 'IBM', 180),
    );
  });

  it('disallows 600 of 1000, for 60 of 100 shares came back, and adds them to their cost', async () => {
    const found = await ask('tax.wash_sales', ledger, { tax_year: 2012 });
    expect(found.wash_sales).toMatchObject([
      {
        ...{ symbol: 'IBM', sold_on: '2012-06-01', acquired_on: '2012-01-03', term: 'short' },
        ...{ quantity: '100', loss_base: '1000', matched_quantity: '60' },
        ...{ disallowed_base: '600', allowed_base: '400' },
        replacements: [{ bought_on: '2012-06-11', quantity: '60', added_to_cost_base: '600' }],
      },
    ]);
    expect(found).toMatchObject({ total_disallowed_base: '600', window_open: false, not_known: [] });
  });

  it('brings them back when the 60 are sold: a gain of 480 is a loss of 120', async () => {
    const { released, total_released_base } = await ask('tax.wash_sales', ledger, { tax_year: 2012 });
    expect(released).toMatchObject([
      { sold_on: '2012-12-17', acquired_on: '2012-06-11', quantity: '60', released_base: '600' },
    ]);
    expect(total_released_base).toBe('600');
  });

  it('sums up: −520 before, 600 disallowed, 600 back, −520 after', async () => {
    const args = { tax_year: 2012 };
    const realized_gains = await ask('tax.realized_gains', ledger, args);
    const wash_sales = await ask('tax.wash_sales', ledger, args);
    const { by_term, net_after_fees_base } = await ask('tax.summary', ledger, { realized_gains, wash_sales });
    expect(by_term.map((row) => Object.values(row).slice(0, 5))).toEqual([
      ['short', '-520', '600', '600', '-520'],
      ['long', '0', '0', '0', '0'],
      ['total', '-520', '600', '600', '-520'],
    ]);
    expect(net_after_fees_base).toBe('-520');
  });

  it('has no net gain where nobody asked for wash sales, and refuses those of another year', async () => {
    const realized_gains = await ask('tax.realized_gains', ledger, { tax_year: 2012 });
    const { by_term, reasons } = await ask('tax.summary', ledger, { realized_gains });
    expect(by_term[2]).toMatchObject({ gain_base: '-520', net_gain_base: null });
    expect([by_term[2]?.reasons['net_gain_base'], reasons['net_after_fees_base']]).toEqual([
      'NOT_ASKED',
      'NOT_ASKED',
    ]);
    const wash_sales = await ask('tax.wash_sales', ledger, { tax_year: 2011 });
    await expect(ask('tax.summary', ledger, { realized_gains, wash_sales })).rejects.toMatchObject({
      code: 'ARGS_INVALID',
      details: { pointer: '/wash_sales/tax_year' },
    });
  });

  it('tells on the day after the sale until when a purchase would taint it', async () => {
    const check = await ask('tax.wash_sale_check', ledger, {}, '2012-06-04');
    expect(check.securities).toMatchObject([
      {
        ...{ symbol: 'IBM', recent_purchases: [], tainting_shares: '0', clean_sale_on: '2012-06-04' },
        open_windows: [{ sold_on: '2012-06-01', shares: '100', loss_base: '1000', closes_on: '2012-07-01' }],
        ...{ clean_purchase_on: '2012-07-02', repurchase_clean_on: '2012-07-05' },
      },
    ]);
  });

  it('counts each share once: the 60 replace the first loss, so they taint no other; 40 can still come', async () => {
    const check = await ask('tax.wash_sale_check', ledger, {}, '2012-06-15');
    expect(check.securities).toMatchObject([
      { tainting_shares: '0', carried_base: '600', open_windows: [{ shares: '40', loss_base: '400' }] },
    ]);
    expect(check.next_clean_sale_on).toBeNull();
  });
});

describe('a purchase three weeks before the sale', () => {
  let ledger: ReadLedger;
  beforeAll(async () => {
    ledger = await read(
      buy('2012-01-03', 100, 'MSFT', 30),
      buy('2012-08-20', 40, 'MSFT', 27),
      sell('2012-09-10', 100, 'MSFT', 26, '2012-01-03'),
    );
  });

  it('disallows 160 of 400, which the lot that is left carries at the end of the year', async () => {
    const found = await ask('tax.wash_sales', ledger, { tax_year: 2012 });
    expect(found.wash_sales).toMatchObject([
      { disallowed_base: '160', allowed_base: '240', replacements: [{ bought_on: '2012-08-20' }] },
    ]);
    const { lots, totals } = await ask('tax.lot_details', ledger, { tax_year: 2012 });
    expect(lots).toMatchObject([
      {
        symbol: 'MSFT',
        acquired_on: '2012-08-20',
        quantity: '40',
        cost_base: '1080',
        wash_added_base: '160',
      },
    ]);
    expect(totals).toEqual({ lots: 1, cost_base: '1080', wash_added_base: '160', reasons: {} });
  });

  it('warns on the day before the sale, and names the first clean day', async () => {
    const { securities, next_clean_sale_on } = await ask('tax.wash_sale_check', ledger, {}, '2012-09-07');
    expect(securities).toMatchObject([
      { recent_purchases: [{ bought_on: '2012-08-20', shares: '40' }], tainting_shares: '40' },
    ]);
    expect([securities[0]?.clean_sale_on, next_clean_sale_on]).toEqual(['2012-09-20', '2012-09-20']);
    const later = await ask('tax.wash_sale_check', ledger, {}, '2012-09-20');
    expect(later.securities[0]).toMatchObject({ recent_purchases: [], clean_sale_on: '2012-09-20' });
  });

  it('is none under LIFO, which sells the 40 along with 60 of the others', async () => {
    const asked = { tax_year: 2012, lot_selection_method: 'lifo' };
    expect((await ask('tax.wash_sales', ledger, asked)).wash_sales).toEqual([]);
    const { lots } = await ask('tax.realized_gains', ledger, asked);
    expect(lots.map(({ acquired_on, quantity, gain_base }) => [acquired_on, quantity, gain_base])).toEqual([
      ['2012-08-20', '40', '-40'],
      ['2012-01-03', '60', '-240'],
    ]);
  });
});

describe('a loss in December and a purchase in January', () => {
  let ledger: ReadLedger;
  beforeAll(async () => {
    ledger = await read(
      buy('2012-02-01', 10, 'AAPL', 500),
      sell('2012-12-20', 10, 'AAPL', 450),
      buy('2013-01-10', 5, 'AAPL', 460),
      sell('2013-02-20', 5, 'AAPL', 470),
    );
  });

  it('is none as far as is known on New Year’s Eve, but the window is open', async () => {
    const found = await ask('tax.wash_sales', ledger, { tax_year: 2012 }, '2012-12-31');
    expect(found).toMatchObject({ wash_sales: [], total_disallowed_base: '0', window_open: true });
  });

  it('is one of the year of the sale once the purchase is known, and comes back in the next', async () => {
    const old = await ask('tax.wash_sales', ledger, { tax_year: 2012 });
    expect(old).toMatchObject({ total_disallowed_base: '250', total_released_base: '0', window_open: false });
    expect(old.wash_sales[0]?.replacements[0]?.bought_on).toBe('2013-01-10');
    const next = await ask('tax.wash_sales', ledger, { tax_year: 2013 });
    expect(next).toMatchObject({ wash_sales: [], total_released_base: '250', window_open: true });
    const { totals } = await ask('tax.realized_gains', ledger, { tax_year: 2013 });
    expect(totals.gain_base).toBe('50');
  });

  it('adds nothing to the lots of the old year, in which the purchase was none yet', async () => {
    const { lots, totals } = await ask('tax.lot_details', ledger, { tax_year: 2012 });
    expect([lots, totals.wash_added_base]).toEqual([[], '0']);
    const known = await ask('tax.lot_details', ledger, { tax_year: 2013 }, '2013-01-31');
    expect(known).toMatchObject({ to: '2013-01-31', lots: [{ quantity: '5', wash_added_base: '250' }] });
  });
});

it('takes shares that came in with their history for bought then, not now', async () => {
  const brought = `2012-06-11 * "brought along"
  Assets:Shares  60 IBM {150 CAD, 2010-03-01}
  Equity:Contributions
`;
  const ledger = await read(buy('2012-01-03', 100, 'IBM', 180), sell('2012-06-01', 100, 'IBM', 170), brought);
  expect((await ask('tax.wash_sales', ledger, { tax_year: 2012 })).wash_sales).toEqual([]);
  const { lots } = await ask('tax.lot_details', ledger, { tax_year: 2012, lot_selection_method: 'fifo' });
  expect(lots).toMatchObject([
    { acquired_on: '2010-03-01', quantity: '60', cost_base: '9000', term: 'long' },
  ]);
});

describe('a split between sale and purchase', () => {
  const split = `2012-06-08 * "2 for 1"
  Assets:Shares  -6 AAPL {600 CAD, 2012-03-01}
  Assets:Shares  12 AAPL {300 CAD, 2012-03-01}
`;

  it('counts shares alike: 4 bought after 2 for 1 replace 2 of the 4 sold before', async () => {
    const ledger = await read(
      buy('2012-03-01', 10, 'AAPL', 600),
      sell('2012-06-01', 4, 'AAPL', 550),
      split,
      buy('2012-06-20', 4, 'AAPL', 280),
    );
    const { wash_sales, not_known } = await ask('tax.wash_sales', ledger, { tax_year: 2012 });
    expect(wash_sales).toMatchObject([
      { quantity: '4', loss_base: '200', matched_quantity: '2', disallowed_base: '100' },
    ]);
    expect(wash_sales[0]?.replacements).toMatchObject([{ bought_on: '2012-06-20', quantity: '4' }]);
    expect(not_known).toEqual([]);
  });

  it('says of a split that left some lots out that it does not know', async () => {
    const ledger = await read(
      buy('2012-03-01', 6, 'AAPL', 600),
      buy('2012-06-08', 2, 'AAPL', 290),
      split,
      sell('2012-07-02', 4, 'AAPL', 280, '2012-03-01'),
    );
    const { not_known } = await ask('tax.wash_sales', ledger, { tax_year: 2012 });
    expect(not_known).toEqual(['AAPL']);
    const asked = { tax_year: 2012, lot_selection_method: 'hifo' };
    const { totals, withheld, lots } = await ask('tax.realized_gains', ledger, asked);
    expect(withheld).toMatchObject([{ symbol: 'AAPL', reason: 'PARTIAL_SPLIT' }]);
    expect([lots, totals.sales, totals.proceeds_base, totals.gain_base]).toEqual([[], 1, '1120', null]);
    expect(totals.reasons).toMatchObject({
      ...{ gain_base: 'PARTIAL_SPLIT', cost_base: 'PARTIAL_SPLIT', short_term_gain_base: 'PARTIAL_SPLIT' },
    });
    const booked = await ask('tax.realized_gains', ledger, { tax_year: 2012 });
    expect(booked.totals.gain_base).toBe('-80');
  });
});
