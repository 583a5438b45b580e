import fc from 'fast-check';
import { carinoFactor } from './carino';
import { chain } from './returns';

describe('Carino linking', () => {
  it('is ln(1 + r)/r, and 1 for no return', () => {
    expect(carinoFactor(0)).toBe(1);
    expect(carinoFactor(0.1)).toBeCloseTo(Math.log(1.1) / 0.1, 14);
    expect(carinoFactor(1e-12)).toBeCloseTo(1, 11);
  });

  it('makes the single periods add up to the compounded return', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -0.5, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 }),
        (returns) => {
          const total = chain(returns);
          const linked = returns.reduce((sum, r) => sum + (r * carinoFactor(r)) / carinoFactor(total), 0);
          expect(Math.abs(linked - total)).toBeLessThan(1e-9 * (1 + Math.abs(total)));
        },
      ),
    );
  });
});
