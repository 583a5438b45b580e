/** tax.realized_gains and tax.wash_sales on the demo. */
import { Decimal } from '../../src/services/decimal';
import { type Analyst, startAnalyst } from '../support/ask-analyst';

let analyst: Analyst;
beforeAll(async () => {
  analyst = await startAnalyst();
});
afterAll(() => analyst.close());

const fields = [
  ...(['proceeds_base', 'cost_base', 'gain_base', 'short_term_gain_base', 'long_term_gain_base'] as const),
  'fee_base',
] as const;

it.each([2009, 2010, 2011, 2012, 2013])(
  'tells the sales of %d as portfolio.realised_gains does, to the last digit, and its lots add up',
  async (year) => {
    // Lots of 828 and of 1212 days went in 2010.
    const term = { long_term_days: 900 };
    const { totals, lots, withheld } = await analyst.ask('tax.realized_gains', { tax_year: year, ...term });
    const { by_year } = await analyst.ask('portfolio.realised_gains', term);
    const same = by_year.find((row) => row.year === year);
    for (const field of fields) expect([field, totals[field]]).toEqual([field, same?.[field]]);
    expect([totals.sales, totals.reasons, withheld]).toEqual([same?.sales, {}, []]);
    for (const field of ['proceeds_base', 'cost_base', 'gain_base'] as const) {
      const sum = lots.reduce((total, lot) => total.plus(lot[field] ?? NaN), new Decimal(0));
      expect(sum.toFixed()).toBe(totals[field]);
    }
  },
);

it('has no sales in a year without one, and says up to which day it knows', async () => {
  const { totals, lots, to } = await analyst.ask('tax.realized_gains', { tax_year: 2008 });
  expect([totals.sales, totals.gain_base, lots, to]).toEqual([0, '0', [], '2008-12-31']);
  expect((await analyst.ask('tax.realized_gains', { tax_year: 2013 })).to).toBe('2013-02-28');
});

it('finds no wash sale where nothing was sold at a loss and bought back', async () => {
  const result = await analyst.ask('tax.wash_sales', { tax_year: 2012 });
  expect(result).toMatchObject({ jurisdiction: 'US', window_days: 30, wash_sales: [], not_known: [] });
  expect(result.total_disallowed_base).toBe('0');
});
