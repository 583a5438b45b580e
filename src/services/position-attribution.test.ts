import fc from 'fast-check';
import { attributePositions } from './position-attribution';

const priced = { id: 'GOOGL', price_begin: 80, price_end: 100, fx_begin: 0.9, fx_end: 0.99 };

describe('currency attribution of positions', () => {
  it('splits into local, currency and interaction, against values of their own', () => {
    const { positions, total, base_independent, error_bps, reasons } = attributePositions([priced]);
    expect(positions[0]?.local).toBeCloseTo(0.25, 15);
    expect(positions[0]?.fx).toBeCloseTo(0.1, 15);
    expect(positions[0]?.interaction).toBeCloseTo(0.025, 15);
    expect(total.base).toBeCloseTo(0.375, 15);
    expect(base_independent).toBeCloseTo(99 / 72 - 1, 15);
    expect(Math.abs(error_bps as number)).toBeLessThan(1e-10);
    expect(reasons).toEqual({});
  });

  it.each([
    ['separate', 0.25, 0.1, 0.025],
    ['currency', 0.25, 0.125, 0],
    ['local', 0.275, 0.1, 0],
  ] as const)('gives the interaction to %s', (to, local, fx, interaction) => {
    const { total } = attributePositions([{ id: 'a', r_local: 0.25, r_fx: 0.1 }], to);
    expect(total.local).toBeCloseTo(local, 15);
    expect(total.fx).toBeCloseTo(fx, 15);
    expect(total.interaction).toBeCloseTo(interaction, 15);
    expect(total.base).toBeCloseTo(0.375, 15);
  });

  it('weighs by value, and adds up to the total', () => {
    const { positions, total } = attributePositions([
      { ...priced, begin_value_base: 300 },
      { id: 'cash', r_local: 0, r_fx: 0.1, begin_value_base: 100 },
    ]);
    expect(positions[0]?.local).toBeCloseTo(0.1875, 15);
    expect(positions[1]?.fx).toBeCloseTo(0.025, 15);
    expect(total.base).toBeCloseTo(0.75 * 0.375 + 0.025, 15);
  });

  it('does not verify returns with themselves', () => {
    expect(attributePositions([{ id: 'a', r_local: 0.1, r_fx: 0.1 }])).toMatchObject({
      base_independent: null,
      error_bps: null,
      reasons: { base_independent: 'MISSING_INPUT', error_bps: 'MISSING_INPUT' },
    });
  });

  it.each([
    ['a weight', [priced, { ...priced, id: 'b' }], 'MISSING_INPUT'],
    ['a price', [{ id: 'a', r_fx: 0.1, price_begin: 3 }], 'MISSING_INPUT'],
    ['a rate', [{ id: 'a', r_local: 0.1 }], 'MISSING_INPUT'],
    ['a price above 0', [{ ...priced, price_begin: 0 }], 'ZERO_START'],
    ['a value above 0', [{ ...priced, begin_value_base: 0 }], 'ZERO_START'],
    [
      'values above 0 in all',
      [5, -6].map((begin_value_base) => ({ ...priced, begin_value_base })),
      'ZERO_START',
    ],
    ['a figure that a double holds', [{ id: 'a', weight: 1e300, r_local: 1e300, r_fx: 0 }], 'ZERO_START'],
  ])('is not available without %s', (_what, positions, code) => {
    const result = attributePositions(positions);
    expect(result.positions[0]).toMatchObject({ local: null, base: null, reason: code });
    expect(result).toMatchObject({ total: { base: null }, error_bps: null, reasons: { total: code } });
  });

  it('goes by values where not all have a weight', () => {
    const { total } = attributePositions([
      { id: 'a', weight: 0.9, r_local: 0.1, r_fx: 0, begin_value_base: 30 },
      { id: 'b', r_local: 0.2, r_fx: 0, begin_value_base: 10 },
    ]);
    expect(total.local).toBeCloseTo(0.125, 15);
  });

  it('shows where given returns and prices differ', () => {
    // 25 % by the prices, 26 % as given: 1 % × 1.1 in base.
    const { error_bps } = attributePositions([{ ...priced, r_local: 0.26 }]);
    expect(error_bps).toBeCloseTo(110, 9);
  });

  it('takes short positions, and a weight before a value', () => {
    const { total } = attributePositions([
      { id: 'long', weight: 1.5, r_local: 0.1, r_fx: 0, begin_value_base: 7 },
      { id: 'short', weight: -0.5, r_local: 0.1, r_fx: 0.1, begin_value_base: 7 },
    ]);
    expect(total.local).toBeCloseTo(0.1, 15);
    expect(total.fx).toBeCloseTo(-0.05, 15);
    expect(total.base).toBeCloseTo(0.15 - 0.105, 15);
  });

  it('of no positions is nothing', () => {
    expect(attributePositions([]).total).toEqual({ local: 0, fx: 0, interaction: 0, base: 0 });
  });

  it('agrees with the base-currency values to 1e-12', () => {
    const price = fc.double({ min: 1, max: 1000, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(price, price, price, price, price), { minLength: 1, maxLength: 8 }),
        (rows) => {
          const { total, base_independent } = attributePositions(
            rows.map(([price_begin, price_end, fx_begin, fx_end, begin_value_base], index) => ({
              id: String(index),
              price_begin,
              price_end,
              fx_begin,
              fx_end,
              begin_value_base,
            })),
          );
          expect(
            Math.abs((total.base as number) / (base_independent as number) - 1) *
              Math.abs(base_independent as number),
          ).toBeLessThan(
            1e-12 *
              Math.max(
                1,
                Math.abs(base_independent as number),
                Math.abs(total.local as number) +
                  Math.abs(total.fx as number) +
                  Math.abs(total.interaction as number),
              ),
          );
        },
      ),
    );
  });
});
