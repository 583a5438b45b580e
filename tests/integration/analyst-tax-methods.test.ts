/** Lot methods: the demo's sales counted by hand, and what holds for any ledger, read in by the real importer. */
import fc from 'fast-check';
import type { Catalogue, ResultOf } from '../../src/capabilities';
import { Decimal } from '../../src/services/decimal';
import { addDays } from '../../src/services/dates';
import { type Analyst, startAnalyst } from '../support/ask-analyst';
import { readLedger } from '../support/read-ledger';

let analyst: Analyst;
beforeAll(async () => {
  analyst = await startAnalyst();
});
afterAll(() => analyst.close());

const methods = ['as_booked', 'fifo', 'lifo', 'hifo'] as const;
const add = (amounts: readonly (string | null | undefined)[]): Decimal =>
  amounts.reduce((total, amount) => total.plus(amount ?? NaN), new Decimal(0));
const parts = (lots: readonly { acquired_on: string; quantity: string }[]) =>
  lots.map(({ acquired_on, quantity }) => [acquired_on, quantity]);

/**
 * 50 AAPL sold on 2012-09-21 at 700.095 USD, USD/CAD 1.2654/1.2988. Of the purchases in CAD a share cost 100.59 (2007-01-04),
 * 143.01 (2008-01-23), 101.49 (2008-11-20), 113.35 (2009-03-10); 120 had been sold in 2010. The last part of a lot takes what
 * rounding left of its cost.
 */
it.each([
  ['as_booked', [['2008-11-20', '50']], '29030.1408827104'],
  [
    'fifo',
    [
      ['2008-01-23', '40'],
      ['2008-11-20', '10'],
    ],
    '27369.1595270563',
  ],
  ['lifo', [['2008-11-20', '50']], '29030.1408827104'],
])('sells the 50 AAPL of 2012 under %s', async (lot_selection_method, expected, gain) => {
  const { lots, totals, method } = await analyst.ask('tax.realized_gains', {
    ...{ tax_year: 2012, lot_selection_method },
  });
  expect(parts(lots)).toEqual(expected);
  expect(totals).toMatchObject({ sales: 1, gain_base: gain, long_term_gain_base: gain, reasons: {} });
  expect(add(lots.map(({ gain_base }) => gain_base)).toFixed()).toBe(gain);
  expect(method).not.toBe('');
});

it('sells the dearest first under HIFO: in 2010 what had cost 143.01 and 113.35 CAD, in 2012 the rest of that', async () => {
  const of = async (tax_year: number) =>
    (await analyst.ask('tax.realized_gains', { tax_year, lot_selection_method: 'hifo' })).lots;
  expect(parts(await of(2010))).toEqual([
    ['2008-01-23', '60'],
    ['2009-03-10', '60'],
  ]);
  expect(parts(await of(2012))).toEqual([
    ['2009-03-10', '40'],
    ['2008-11-20', '10'],
  ]);
});

it('takes specific for what the ledger booked', async () => {
  const of = (lot_selection_method: string) =>
    analyst.ask('tax.realized_gains', { tax_year: 2011, lot_selection_method });
  const [{ lots, totals }, booked] = [await of('specific'), await of('as_booked')];
  expect([lots, totals]).toEqual([booked.lots, booked.totals]);
  expect(parts(lots)).toEqual([['2007-07-16', '50']]);
});

it('compares the methods with what was booked', async () => {
  const realized_gains = await analyst.ask('tax.realized_gains', { tax_year: 2012 });
  const { by_method } = await analyst.ask('tax.summary', { realized_gains });
  expect(by_method.map(({ method, difference_base }) => [method, difference_base])).toEqual([
    ['as_booked', '0'],
    ['fifo', '-1660.9813556541'],
    ['lifo', '0'],
    ['hifo', expect.stringMatching(/^-/)],
  ]);
  for (const row of by_method)
    expect(add([row.short_term_gain_base, row.long_term_gain_base]).toFixed()).toBe(row.gain_base);
});

it.each(methods)(
  'has the shares of the ledger left under %s, at the end of 2011 and at the pack',
  async (method) => {
    for (const [tax_year, day] of [
      [2011, '2011-12-30'],
      [2013, '2013-02-28'],
    ] as const) {
      const asked = { tax_year, lot_selection_method: method };
      const { lots, totals } = await analyst.ask('tax.lot_details', asked);
      const { positions } = await analyst.ask('ledger.positions', {}, { day });
      for (const { symbol, quantity, asset_class } of positions) {
        if (asset_class === 'cash') continue;
        const own = lots.filter((lot) => lot.symbol === symbol);
        expect(add(own.map((lot) => lot.quantity)).toFixed()).toBe(quantity);
      }
      expect(add(lots.map(({ cost_base }) => cost_base)).toFixed()).toBe(totals.cost_base);
    }
  },
);

it('costs as much as position_details says, booked', async () => {
  const { lots } = await analyst.ask('tax.lot_details', { tax_year: 2013 });
  const { positions } = await analyst.ask('ledger.positions');
  for (const { symbol, cost_base } of positions.filter(({ asset_class }) => asset_class !== 'cash'))
    expect(Number(add(lots.filter((lot) => lot.symbol === symbol).map((lot) => lot.cost_base)))).toBeCloseTo(
      Number(cost_base),
      8,
    );
});

it('withholds a security whose purchase had no exchange rate, but not what the sale brought', async () => {
  const text = `2012-01-01 open Assets:Cash
2012-01-01 open Assets:Shares "FIFO"
2012-01-01 open Equity:Contributions
2012-01-01 open Income:Gains
2012-01-03 * "buy"
  Assets:Shares  10 IBM {180 USD}
  Equity:Contributions
2012-05-03 * "sell"
  Assets:Shares  -4 IBM {} @ 200 USD
  Assets:Cash  800 USD
  Income:Gains
`;
  const ctx = await readLedger(analyst.database.ownerUrl, text, null);
  const asked = { tax_year: 2012, lot_selection_method: 'fifo' };
  const { withheld, totals, lots } = await analyst.ask('tax.realized_gains', asked, { ctx });
  expect(withheld).toMatchObject([{ symbol: 'IBM', reason: 'NO_QUOTE' }]);
  expect([lots, totals.gain_base, totals.reasons['gain_base']]).toEqual([[], null, 'NO_QUOTE']);
  expect(Number(totals.proceeds_base)).toBeGreaterThan(780);
  const left = await analyst.ask('tax.lot_details', asked, { ctx });
  expect([left.lots, left.totals]).toMatchObject([
    [],
    { cost_base: null, reasons: { cost_base: 'NO_QUOTE' } },
  ]);
  const { lots: booked } = await analyst.ask('tax.lot_details', { tax_year: 2012 }, { ctx });
  expect(booked).toMatchObject([{ quantity: '6', cost_base: null, reasons: { cost_base: 'NO_QUOTE' } }]);
  const { lots: open, totals: unrealised } = await analyst.ask('metrics.unrealized_pl', {}, { ctx });
  expect(open).toMatchObject([{ cost_base: null, gain_base: null, reasons: { gain_base: 'NO_QUOTE' } }]);
  expect([unrealised.gain_base, unrealised.value_base === null]).toEqual([null, false]);
});

interface Step {
  kind: 'buy' | 'sell' | 'split' | 'consolidate';
  days: number;
  symbol: string;
  count: number;
  cents: number;
}
const story: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    kind: fc.constantFrom('buy', 'buy', 'sell', 'sell', 'split', 'consolidate'),
    days: fc.integer({ min: 1, max: 40 }),
    symbol: fc.constantFrom('IBM', 'MSFT'),
    count: fc.integer({ min: 1, max: 40 }),
    cents: fc.integer({ min: 101, max: 40_000 }),
  }),
  { minLength: 8, maxLength: 24 },
);

/** Booked first in, first out by the importer itself; everything is sold in the end. */
function ledgerOf(steps: readonly Step[]): string {
  const held = new Map<string, { date: string; quantity: Decimal; cost: Decimal }[]>();
  const heldOf = (symbol: string): Decimal =>
    add((held.get(symbol) ?? []).map((lot) => lot.quantity.toFixed()));
  let date = '2010-01-04';
  const sell = (symbol: string, quantity: Decimal, price: string): string => {
    let left = quantity;
    const lots = held.get(symbol) ?? [];
    for (const lot of lots) {
      const part = Decimal.min(lot.quantity, left);
      [lot.quantity, left] = [lot.quantity.minus(part), left.minus(part)];
    }
    held.set(
      symbol,
      lots.filter((lot) => !lot.quantity.isZero()),
    );
    return `${date} * "sell"
  Assets:Shares  -${quantity.toFixed()} ${symbol} {} @ ${price} USD
  Assets:Cash  ${quantity.times(price).toFixed()} USD
  Income:Gains
`;
  };
  const entries = steps.map(({ kind, days, symbol, count, cents }) => {
    date = addDays(date, days);
    const price = new Decimal(cents).div(100).toFixed(2);
    const lots = held.get(symbol) ?? [];
    if (kind === 'buy') {
      held.set(symbol, [...lots, { date, quantity: new Decimal(count), cost: new Decimal(price) }]);
      return `${date} * "buy"\n  Assets:Shares  ${String(count)} ${symbol} {${price} USD}\n  Assets:Cash\n`;
    }
    if (lots.length === 0) return '';
    if (kind === 'sell') return sell(symbol, Decimal.min(count, heldOf(symbol)), price);
    const ratio = new Decimal(kind === 'split' ? 2 : '0.5');
    const before = lots.map((lot) => ({ ...lot }));
    for (const lot of lots) [lot.quantity, lot.cost] = [lot.quantity.times(ratio), lot.cost.div(ratio)];
    const leg = (sign: string, { quantity, cost, date: day }: (typeof before)[number]): string =>
      `  Assets:Shares  ${sign}${quantity.toFixed()} ${symbol} {${cost.toFixed()} USD, ${day}}\n`;
    return `${date} * "split"\n${before.map((lot) => leg('-', lot)).join('')}${lots.map((lot) => leg('', lot)).join('')}`;
  });
  date = addDays(date, 1);
  const rest = ['IBM', 'MSFT'].flatMap((symbol) =>
    heldOf(symbol).isZero() ? [] : [sell(symbol, heldOf(symbol), '150.00')],
  );
  const accounts = ['Assets:Cash', 'Assets:Shares "FIFO"', 'Equity:Contributions', 'Income:Gains'];
  return [...accounts.map((account) => `2009-01-01 open ${account}\n`), ...entries, ...rest].join('');
}

it('whatever the ledger holds: FIFO is what was booked, and all methods gain the same in the end', async () => {
  let [sales, washed] = [0, 0];
  await fc.assert(
    fc.asyncProperty(story, async (steps) => {
      const ctx = await readLedger(analyst.database.ownerUrl, ledgerOf(steps), '1.05');
      const booked = new Map<number, ResultOf<Catalogue['tax.realized_gains']>>();
      const gained: string[] = [];
      for (const lot_selection_method of methods) {
        const [disallowed, released, gains]: [string[], string[], (string | null)[]] = [[], [], []];
        for (const tax_year of [2010, 2011, 2012]) {
          const asked = { tax_year, lot_selection_method };
          const year = await analyst.ask('tax.realized_gains', asked, { ctx });
          const { lots, totals, withheld } = year;
          expect([withheld, totals.reasons]).toEqual([[], {}]);
          for (const field of ['proceeds_base', 'cost_base', 'gain_base'] as const)
            expect(add(lots.map((lot) => lot[field])).toFixed()).toBe(totals[field]);
          gains.push(totals.gain_base);
          if (lot_selection_method === 'as_booked') booked.set(tax_year, year);
          const same = booked.get(tax_year) ?? year;
          expect(Number(totals.proceeds_base)).toBeCloseTo(Number(same.totals.proceeds_base), 6);
          if (lot_selection_method === 'fifo') {
            expect(parts(lots)).toEqual(parts(same.lots));
            expect(Number(totals.gain_base)).toBeCloseTo(Number(same.totals.gain_base), 6);
          }
          sales += totals.sales;
          const wash = await analyst.ask('tax.wash_sales', asked, { ctx });
          disallowed.push(wash.total_disallowed_base);
          released.push(wash.total_released_base);
        }
        gained.push(add(gains).toFixed());
        // Everything is sold in the end, so whatever was disallowed has come back.
        expect(add(released).toFixed()).toBe(add(disallowed).toFixed());
        if (!add(disallowed).isZero()) washed += 1;
        const left = await analyst.ask('tax.lot_details', { tax_year: 2013, lot_selection_method }, { ctx });
        expect(left.lots).toEqual([]);
      }
      for (const gain of gained) expect(Number(gain)).toBeCloseTo(Number(gained[0]), 6);
    }),
    { numRuns: 6, endOnFailure: true },
  );
  expect([sales > 50, washed > 0]).toEqual([true, true]);
});
