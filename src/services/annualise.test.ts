import fc from 'fast-check';
import { annualise } from './annualise';

describe('annualising', () => {
  it.each([
    [0.21, { days: 730 }, 0.1],
    [0.1, { days: 365 }, 0.1],
    [0.01, { periods: 1, periods_per_year: 12 }, 1.01 ** 12 - 1],
    [-0.19, { periods: 24, periods_per_year: 12 }, -0.1],
    [-1, { days: 30 }, -1],
    [0, { days: 1 }, 0],
  ])('%d over %j is %d a year', (total, duration, expected) => {
    expect(annualise(total, duration).annualised).toBeCloseTo(expected, 12);
  });

  it('says which formula it used; days win', () => {
    expect(annualise(0.1, { days: 365 }).convention).toBe('(1 + R)^(365/days) − 1');
    expect(annualise(0.1, { periods: 1, periods_per_year: 1 }).convention).toBe(
      '(1 + R)^(periods_per_year/periods) − 1',
    );
    expect(annualise(0.1, { days: 365, periods: 1, periods_per_year: 252 }).annualised).toBeCloseTo(0.1, 12);
  });

  it.each([
    [0.1, { days: 0 }, 'ONE_DATE'],
    [0.1, {}, 'MISSING_INPUT'],
    [0.1, { periods: 3 }, 'MISSING_INPUT'],
    [-1.2, { days: 100 }, 'NO_ROOT'],
    [1e10, { days: 1 }, 'NO_ROOT'],
  ])('of %d over %j is not available: %s', (total, duration, code) => {
    expect(annualise(total, duration)).toMatchObject({ annualised: null, reasons: { annualised: code } });
  });

  it('gives the total back when it is compounded again', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -0.99, max: 10, noNaN: true }),
        fc.integer({ min: 100, max: 20_000 }),
        (total, days) => {
          const { annualised } = annualise(total, { days });
          const again = (1 + (annualised as number)) ** (days / 365) - 1;
          expect(Math.abs(again - total)).toBeLessThan(1e-9 * (1 + Math.abs(total)));
        },
      ),
    );
  });
});
