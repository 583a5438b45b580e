/** Unrealised gains of lots, and the rows of a summary, counted by hand. */
import { Decimal } from './decimal';
import type { OpenTaxLot } from './tax-replay';
import { rowsByTerm } from './tax-summary';
import { unrealisedGains } from './tax-unrealised';

const open = (
  symbol: string,
  acquired_on: string,
  quantity: string,
  cost: string,
  fx: string | null,
): OpenTaxLot => ({
  ...{ security_id: symbol, symbol, lot_id: `${symbol}_${acquired_on}`, acquired_on, currency: 'USD' },
  ...{ quantity: new Decimal(quantity), unit_cost_local: new Decimal(cost), closed: new Decimal(0) },
  fx_base_per_local: fx === null ? null : new Decimal(fx),
});
const rate = (value: string) => ({
  ...{ rate: new Decimal(value), rate_date: '2012-12-31', rate_age_days: 0, derivation: 'cross' as const },
});
const day = (prices: { security_id: string; close: string; currency: string }[]) => ({
  ...{ asof_date: '2012-12-31', prices },
  rates: (currency: string) =>
    currency === 'USD' ? rate('1.1') : currency === 'GBX' ? rate('0.016') : { reason: 'NO_QUOTE' as const },
});

it('values at today’s rate and costs at that of the purchase: 10 × 12 × 1.1 − 10 × 15 × 1.0', () => {
  const lots = [open('A', '2012-01-01', '10', '15', '1'), open('A', '2012-10-01', '5', '10', '1.2')];
  const found = unrealisedGains(lots, day([{ security_id: 'A', close: '12', currency: 'USD' }]), 365);
  expect(found.lots).toMatchObject([
    { cost_base: '150', value_base: '132', gain_base: '-18', holding_days: 365, term: 'short', reasons: {} },
    { cost_base: '60', value_base: '66', gain_base: '6', term: 'short', long_term_on: '2013-10-02' },
  ]);
  expect(found.securities).toMatchObject([
    {
      ...{ symbol: 'A', quantity: '15', price: '12', price_currency: 'USD', rate_base_per_local: '1.1' },
      ...{ gain_base: '-12', short_term_gain_base: '-12', long_term_gain_base: '0', losses_base: '-18' },
    },
  ]);
  expect(found.totals).toMatchObject({ lots: 2, cost_base: '210', value_base: '198', gain_base: '-12' });
});

it('is long term on the first day after the days that are asked for', () => {
  const prices = day([{ security_id: 'A', close: '12', currency: 'USD' }]);
  const [lot] = unrealisedGains([open('A', '2012-01-01', '10', '15', '1')], prices, 364).lots;
  expect([lot?.term, lot?.long_term_on]).toEqual(['long', '2012-12-31']);
});

it('values what is quoted in pence', () => {
  const prices = day([{ security_id: 'A', close: '250', currency: 'GBX' }]);
  const [lot] = unrealisedGains([open('A', '2012-01-01', '10', '3', '1.5')], prices, 365).lots;
  expect([lot?.value_base, lot?.gain_base]).toEqual(['40', '-5']);
});

it('has no value without a price or a rate, no cost without the purchase’s, and no sum of those', () => {
  const lots = [
    open('A', '2012-01-01', '10', '15', null),
    open('B', '2012-01-01', '10', '15', '1'),
    open('C', '2012-01-01', '10', '15', '1'),
  ];
  const quotes = [
    { security_id: 'A', close: '12', currency: 'USD' },
    { security_id: 'C', close: '12', currency: 'SEK' },
  ];
  const { lots: found, securities, totals } = unrealisedGains(lots, day(quotes), 365);
  const noQuote = 'NO_QUOTE';
  expect(found.map(({ reasons }) => reasons)).toEqual([
    { cost_base: noQuote, gain_base: noQuote },
    { value_base: noQuote, gain_base: noQuote },
    { value_base: noQuote, gain_base: noQuote },
  ]);
  expect(securities.map(({ price, rate_base_per_local }) => [price, rate_base_per_local])).toEqual([
    ['12', '1.1'],
    [null, null],
    ['12', null],
  ]);
  expect(securities[1]?.reasons).toMatchObject({ price: noQuote, price_currency: noQuote });
  expect(totals).toMatchObject({ cost_base: null, value_base: null, gain_base: null, losses_base: null });
  // None is long term, so that part is 0.
  expect(totals.reasons).toEqual({
    ...{ cost_base: noQuote, value_base: noQuote, gain_base: noQuote },
    ...{ short_term_gain_base: noQuote, losses_base: noQuote },
  });
});

it('of nothing is 0', () => {
  expect(unrealisedGains([], day([]), 365)).toMatchObject({
    ...{ lots: [], securities: [], totals: { lots: 0, gain_base: '0', losses_base: '0', reasons: {} } },
  });
});

describe('rows of a summary', () => {
  const gains = { short_term_gain_base: '-500', long_term_gain_base: '70', gain_base: '-430', reasons: {} };

  it('adds what is disallowed and takes off what comes back, each in its term', () => {
    const washes = {
      wash_sales: [{ term: 'short', disallowed_base: '200' }],
      released: [{ term: 'long', released_base: '30' }],
    };
    expect(rowsByTerm(gains, washes).map(({ reasons: _, ...row }) => Object.values(row))).toEqual([
      ['short', '-500', '200', '0', '-300'],
      ['long', '70', '0', '30', '40'],
      ['total', '-430', '200', '30', '-260'],
    ]);
  });

  it('says why a net gain is not there', () => {
    const unknown = { ...gains, gain_base: null, reasons: { gain_base: 'PARTIAL_SPLIT' } };
    const [short, , total] = rowsByTerm(unknown, { wash_sales: [], released: [] });
    expect([short?.net_gain_base, total?.net_gain_base]).toEqual(['-500', null]);
    expect(total?.reasons).toEqual({ gain_base: 'PARTIAL_SPLIT', net_gain_base: 'PARTIAL_SPLIT' });
    expect(rowsByTerm(gains, null)[0]?.reasons).toMatchObject({ net_gain_base: 'NOT_ASKED' });
  });
});
