/** tax.realized_gains and tax.wash_sales on the demo. */
import { type Analyst, startAnalyst } from '../support/ask-analyst';

let analyst: Analyst;
beforeAll(async () => {
  analyst = await startAnalyst();
});
afterAll(() => analyst.close());

it.each([2009, 2010, 2011, 2012, 2013])(
  'tells the sales of %d as portfolio.realised_gains does',
  async (year) => {
    const { totals, lots } = await analyst.ask('tax.realized_gains', { tax_year: year });
    const { by_year } = await analyst.ask('portfolio.realised_gains');
    const same = by_year.find((row) => row.year === year);
    expect([totals.gain_base, totals.proceeds_base, totals.sales]).toEqual([
      same?.gain_base,
      same?.proceeds_base,
      same?.sales,
    ]);
    const sum = lots.reduce((total, { gain_base }) => total + Number(gain_base), 0);
    expect(sum).toBeCloseTo(Number(totals.gain_base), 8);
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
