import fc from 'fast-check';
import { Decimal } from './decimal';
import { packRates, type Quote } from './fx';
import type { Holding } from './holdings';
import { applyPack } from './valuation';

const share = (
  symbol: string,
  quantity: string,
  currency = 'USD',
  cost_base: string | null = '100',
): Holding => ({
  symbol,
  name: symbol,
  asset_class: 'equity',
  security_id: symbol,
  currency,
  quantity,
  cost_local: '80',
  cost_base,
  reasons: cost_base === null ? { cost_base: 'NO_QUOTE' } : {},
});
const cash = (currency: string, quantity: string): Holding => ({
  ...share(currency, quantity, currency, null),
  asset_class: 'cash',
  security_id: null,
  cost_local: null,
  reasons: { cost_local: 'NOT_APPLICABLE', cost_base: 'NOT_APPLICABLE' },
});
const quotes = [
  { base_ccy: 'EUR', quote_ccy: 'CAD', rate: '1.5', quote_date: '2013-02-28' },
  { base_ccy: 'EUR', quote_ccy: 'USD', rate: '1.2', quote_date: '2013-02-27' },
  { base_ccy: 'EUR', quote_ccy: 'GBP', rate: '0.75', quote_date: '2013-02-28' },
];
const price = (security_id: string, close: string, currency = 'USD') => ({ security_id, close, currency });
const apply = (holdings: Holding[], ...prices: ReturnType<typeof price>[]) =>
  applyPack(holdings, { asof_date: '2013-02-28', prices, rates: packRates(quotes, 'CAD', '2013-02-28') });

describe('a pricing pack applied', () => {
  it('values quantity × close × base per local, and weighs by the total', () => {
    const { positions, total_value, reasons } = apply(
      [share('AAPL', '10'), cash('CAD', '125')],
      price('AAPL', '30'),
    );
    expect(positions).toMatchObject([
      {
        price: '30',
        price_date: '2013-02-28',
        rate_base_per_local: '1.25',
        rate_date: '2013-02-27',
        rate_age_days: 1,
        value_local: '300',
        value: '375',
        unrealised_gain: '275',
        weight: 0.75,
        reasons: {},
      },
      { price: '1', value: '125', rate_age_days: 0, unrealised_gain: null, weight: 0.25 },
    ]);
    expect(positions[1]?.reasons).toMatchObject({ unrealised_gain: 'NOT_APPLICABLE' });
    expect([total_value, reasons]).toEqual(['500', {}]);
  });

  it('leaves total and weights out when a price is missing: a total is never short in silence', () => {
    const { positions, total_value, reasons } = apply(
      [share('AAPL', '10'), share('IBM', '1')],
      price('AAPL', '30'),
    );
    expect(total_value).toBeNull();
    expect(reasons).toEqual({ total_value: 'NO_QUOTE' });
    expect(positions[0]).toMatchObject({ value: '375', weight: null, reasons: { weight: 'NO_QUOTE' } });
    expect(positions[1]).toMatchObject({
      value: null,
      value_local: null,
      reasons: { price: 'NO_QUOTE', value: 'NO_QUOTE', unrealised_gain: 'NO_QUOTE' },
    });
  });

  it('never takes a missing rate for 1', () => {
    const { positions, total_value } = apply([share('ABB', '10', 'SEK')], price('ABB', '30', 'SEK'));
    expect(total_value).toBeNull();
    expect(positions[0]).toMatchObject({
      value_local: '300',
      value: null,
      reasons: { rate_base_per_local: 'NO_QUOTE', value: 'NO_QUOTE' },
    });
  });

  it('knows that a hundred pence are a pound', () => {
    const { positions } = apply(
      [share('VOD', '10', 'GBP'), share('BP', '10', 'GBX')],
      price('VOD', '200', 'GBX'),
      price('BP', '200', 'GBX'),
    );
    expect(positions).toMatchObject([
      { price: '2', value_local: '20', value: '40' },
      { price: '200', value_local: '2000', rate_base_per_local: '0.02', value: '40' },
    ]);
  });

  it('values what was bought in another currency by its price’s own, and gives it no price in the other', () => {
    const { positions, total_value, missing } = apply(
      [share('AAPL', '10'), cash('CAD', '400')],
      price('AAPL', '30', 'GBP'),
    );
    expect(positions[0]).toMatchObject({
      ...{ price: null, value_local: null, value: '600', unrealised_gain: '500', weight: 0.6 },
      reasons: { price: 'PRICE_CURRENCY_MISMATCH', value_local: 'PRICE_CURRENCY_MISMATCH' },
    });
    expect([total_value, missing]).toEqual(['1000', []]);
    expect(apply([share('AAPL', '10')], price('AAPL', '30', 'SEK')).missing).toMatchObject([
      { symbol: 'AAPL', quote: 'rate', reason: 'NO_QUOTE' },
    ]);
  });

  it('has no gain where the cost is unknown, and no weights of nothing', () => {
    expect(apply([share('AAPL', '1', 'USD', null)], price('AAPL', '1')).positions[0]).toMatchObject({
      value: '1.25',
      unrealised_gain: null,
      reasons: { unrealised_gain: 'NO_QUOTE' },
    });
    expect(apply([cash('CAD', '5'), cash('USD', '-4')])).toMatchObject({
      total_value: '0',
      positions: [{ weight: null, reasons: { weight: 'ZERO_TOTAL' } }, { weight: null }],
    });
    expect(apply([])).toEqual({
      ...{ positions: [], total_value: '0', total_of_valued: '0' },
      ...{ missing: [], stale: [], reasons: {} },
    });
  });

  it('says what the total of the valued leaves out: every quote that is missing, with its reason', () => {
    const { total_value, total_of_valued, missing } = apply(
      [share('AAPL', '10'), share('ABB', '10', 'SEK'), share('VOD', '1', 'GBP'), cash('NOK', '5')],
      price('AAPL', '30'),
      price('VOD', '1', 'USD'),
    );
    expect([total_value, total_of_valued]).toEqual([null, '376.25']);
    const rowOf = (symbol: string, currency: string, quote: string, reason: string) => ({
      ...{ symbol, currency, quote, reason },
      security_id: symbol === currency ? null : symbol,
    });
    expect(missing).toEqual([
      rowOf('ABB', 'SEK', 'price', 'NO_QUOTE'),
      rowOf('ABB', 'SEK', 'rate', 'NO_QUOTE'),
      rowOf('NOK', 'NOK', 'rate', 'NO_QUOTE'),
    ]);
  });

  it('says how each rate came about, and which are older than asked for', () => {
    const pack = { asof_date: '2013-02-28', prices: [], rates: packRates(quotes, 'CAD', '2013-02-28') };
    const held = [cash('USD', '1'), cash('CAD', '1'), cash('EUR', '1'), cash('SEK', '1')];
    const { positions, stale } = applyPack(held, { ...pack, stale_after_days: 0 });
    expect(positions.map(({ rate_derivation, stale: isStale }) => [rate_derivation, isStale])).toEqual([
      ['cross', true],
      ['same_currency', false],
      ['direct', false],
      [null, null],
    ]);
    expect(positions[3]?.reasons).toMatchObject({ rate_derivation: 'NO_QUOTE', stale: 'NO_QUOTE' });
    expect(stale).toEqual(['USD']);
    // Maundy Thursday's quote is still fresh on Easter Monday, a day later it is not.
    const rates = (day: string) =>
      packRates([{ ...quotes[0], quote_date: '2013-03-28' } as Quote], 'EUR', day);
    const staleOn = (day: string) =>
      applyPack([cash('CAD', '1')], { ...pack, asof_date: day, rates: rates(day) });
    expect(staleOn('2013-04-01')).toMatchObject({ stale: [], positions: [{ rate_derivation: 'inverse' }] });
    expect(staleOn('2013-04-02').stale).toEqual(['CAD']);
  });

  it('adds up to its total within the last published digit, and its weights to one', () => {
    const amounts = fc.array(
      fc.tuple(fc.integer({ min: 1, max: 10 ** 9 }), fc.constantFrom('USD', 'CAD', 'EUR', 'GBX')),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(amounts, (rows) => {
        const { positions, total_value } = apply(
          rows.map(([cents, currency]) => cash(currency, new Decimal(cents).div(1000).toFixed())),
        );
        const total = positions.reduce((t, { value }) => t.plus(value as string), new Decimal(0));
        expect(
          total
            .minus(total_value as string)
            .abs()
            .toNumber(),
        ).toBeLessThanOrEqual(5e-11 * (positions.length + 1));
        expect(positions.reduce((t, { weight }) => t + (weight as number), 0)).toBeCloseTo(1, 12);
      }),
    );
  });
});
