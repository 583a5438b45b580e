import fc from 'fast-check';
import { Decimal, sum } from './decimal';
import type { PositionLot } from '../contract/ledger-rows';
import { gainsOfLots, type LotQuote } from './position-lots';

const lot = (more: Partial<PositionLot> = {}): PositionLot => ({
  ...{ lot_id: 'A', acquired_on: '2012-03-01', currency: 'USD', quantity_open: '10' },
  ...{ unit_cost_local: '100', fx_base_per_local: '1' },
  ...more,
});
const quote = (more: Partial<LotQuote> = {}): LotQuote => ({
  ...{ asof_date: '2013-03-01', currency: 'USD', price: '120', rate_base_per_local: '1.1', reasons: {} },
  ...more,
});

describe('the gains of open lots', () => {
  it('are split into what the share and what the exchange rate did', () => {
    const { lots, gain } = gainsOfLots([lot()], quote());
    expect(lots).toEqual([
      {
        ...{ lot_id: 'A', acquired_on: '2012-03-01', age_days: 365, quantity: '10', unit_cost_local: '100' },
        ...{ currency: 'USD', cost_local: '1000', cost_base: '1000', value_local: '1200', value: '1320' },
        // 200 USD at 1.1; 1000 USD × 0.1.
        ...{ unrealised_gain: '320', unrealised_local_gain: '220', unrealised_fx_gain: '100' },
        reasons: {},
      },
    ]);
    expect(gain).toEqual({
      ...{ unrealised_gain: '320', unrealised_local_gain: '220', unrealised_fx_gain: '100' },
      reasons: {},
    });
  });

  it.each([
    ['no price', quote({ price: null, reasons: { price: 'NO_QUOTE' } }), lot(), 'NO_QUOTE'],
    [
      'no rate now',
      quote({ rate_base_per_local: null, reasons: { rate_base_per_local: 'BEFORE_FIRST_QUOTE' } }),
      lot(),
      'BEFORE_FIRST_QUOTE',
    ],
    ['no rate at the purchase', quote(), lot({ fx_base_per_local: null }), 'NO_QUOTE'],
  ])('are not available with %s, of the lot and of the position', (_what, now, one, code) => {
    const { lots, gain } = gainsOfLots([lot({ lot_id: 'B' }), one], now);
    for (const row of [lots[1], gain]) {
      expect(row).toMatchObject({
        ...{ unrealised_gain: null, unrealised_local_gain: null, unrealised_fx_gain: null },
        reasons: { unrealised_gain: code, unrealised_local_gain: code, unrealised_fx_gain: code },
      });
    }
  });

  it('are not split where a lot was bought in another currency, and still added up', () => {
    const { gain } = gainsOfLots([lot(), lot({ currency: 'GBP', fx_base_per_local: '0.9' })], quote());
    expect(gain).toEqual({
      ...{ unrealised_gain: '740', unrealised_local_gain: null, unrealised_fx_gain: null },
      reasons: { unrealised_local_gain: 'MIXED_CURRENCIES', unrealised_fx_gain: 'MIXED_CURRENCIES' },
    });
  });

  it('are not split where the price is in another currency', () => {
    const reasons = { price: 'PRICE_CURRENCY_MISMATCH' };
    const { lots, gain } = gainsOfLots(
      [lot()],
      quote({ price: null, unit_value: new Decimal(132), reasons }),
    );
    expect(gain).toEqual({
      ...{ unrealised_gain: '320', unrealised_local_gain: null, unrealised_fx_gain: null },
      reasons: {
        ...{
          unrealised_local_gain: 'PRICE_CURRENCY_MISMATCH',
          unrealised_fx_gain: 'PRICE_CURRENCY_MISMATCH',
        },
      },
    });
    expect(lots[0]).toMatchObject({ value: '1320', value_local: null, unrealised_gain: '320' });
  });

  it('are 0 without lots', () => {
    expect(gainsOfLots([], quote()).gain).toEqual({
      ...{ unrealised_gain: '0', unrealised_local_gain: '0', unrealised_fx_gain: '0' },
      reasons: {},
    });
  });

  it('add up: parts to the gain, exactly; lots to the position, within what rounding leaves', () => {
    const amount = fc.integer({ min: 1, max: 10 ** 9 }).map((n) => new Decimal(n).div(7000).toFixed(12));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(amount, amount, amount), { minLength: 1 }),
        amount,
        amount,
        (rows, price, rate) => {
          const { lots, gain } = gainsOfLots(
            rows.map(([quantity_open, unit_cost_local, fx_base_per_local]) =>
              lot({ quantity_open, unit_cost_local, fx_base_per_local }),
            ),
            quote({ price, rate_base_per_local: rate }),
          );
          for (const row of [...lots, gain]) {
            const parts = new Decimal(row.unrealised_local_gain as string).plus(
              row.unrealised_fx_gain as string,
            );
            expect(parts.eq(row.unrealised_gain as string)).toBe(true);
          }
          const all = sum(lots.map((row) => new Decimal(row.unrealised_gain as string)));
          const left = all
            .minus(gain.unrealised_gain as string)
            .abs()
            .toNumber();
          expect(left).toBeLessThanOrEqual(5e-11 * (rows.length + 1));
        },
      ),
    );
  });
});
