import fc from 'fast-check';
import { Decimal } from './decimal';
import { aggregateHoldings, type OpenLot } from './holdings';

const lot = (
  symbol: string,
  quantity: string,
  cost: string,
  base: string | null,
  currency = 'USD',
): OpenLot => ({
  security_id: `id-${symbol}`,
  symbol,
  name: `${symbol} Inc.`,
  asset_class: 'equity',
  currency,
  quantity_open: quantity,
  unit_cost_local: cost,
  unit_cost_base: base,
});

describe('holdings', () => {
  it('are one row per security, at the cost of what is left of each lot', () => {
    const holdings = aggregateHoldings(
      [
        lot('MSFT', '100', '29.81', '34.8'),
        lot('AAPL', '30', '85.66', '100'),
        lot('AAPL', '10.5', '100', '99'),
      ],
      [],
    );
    expect(holdings).toEqual([
      expect.objectContaining({
        symbol: 'AAPL',
        quantity: '40.5',
        cost_local: '3619.8',
        cost_base: '4039.5',
        reasons: {},
      }),
      expect.objectContaining({ symbol: 'MSFT', quantity: '100', cost_local: '2981', cost_base: '3480' }),
    ]);
  });

  it('have no cost in base when one lot has none', () => {
    const [holding] = aggregateHoldings([lot('AAPL', '1', '2', null), lot('AAPL', '1', '2', '3')], []);
    expect(holding).toMatchObject({ cost_local: '4', cost_base: null, reasons: { cost_base: 'NO_QUOTE' } });
  });

  it('have no local cost when lots were bought in several currencies', () => {
    const [holding] = aggregateHoldings([lot('A', '1', '2', '2', 'USD'), lot('A', '1', '2', '3', 'CAD')], []);
    expect(holding).toMatchObject({
      cost_local: null,
      cost_base: '5',
      reasons: { cost_local: 'MIXED_CURRENCIES' },
    });
  });

  it('end with cash by currency, without empty balances', () => {
    const holdings = aggregateHoldings(
      [lot('ZZZ', '1', '2', '3')],
      [
        { currency: 'USD', amount: '-12.50' },
        { currency: 'EUR', amount: '0.00' },
        { currency: 'CAD', amount: '100.00' },
      ],
    );
    expect(holdings.map(({ symbol, quantity, asset_class }) => [symbol, quantity, asset_class])).toEqual([
      ['ZZZ', '1', 'equity'],
      ['CAD', '100', 'cash'],
      ['USD', '-12.5', 'cash'],
    ]);
    expect(holdings[1]).toMatchObject({
      security_id: null,
      cost_base: null,
      reasons: { cost_base: 'NOT_APPLICABLE' },
    });
  });

  it('add up exactly to their lots, in any order of the lots', () => {
    const cents = fc.integer({ min: 1, max: 10 ** 9 }).map((n) => new Decimal(n).div(1000).toFixed());
    const lots = fc.array(fc.tuple(fc.constantFrom('A', 'B', 'C'), cents, cents), { minLength: 1 });
    fc.assert(
      fc.property(lots, (rows) => {
        const made = rows.map(([symbol, quantity, cost]) => lot(symbol, quantity, cost, cost));
        const holdings = aggregateHoldings(made, []);
        const total = made.reduce(
          (t, one) => t.plus(new Decimal(one.quantity_open).times(one.unit_cost_local)),
          new Decimal(0),
        );
        expect(holdings.reduce((t, one) => t.plus(one.cost_base as string), new Decimal(0)).eq(total)).toBe(
          true,
        );
        expect(aggregateHoldings(made.toReversed(), [])).toEqual(holdings);
      }),
    );
  });
});
