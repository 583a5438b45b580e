import fc from 'fast-check';
import { presentValue, type TimedAmounts, timedAmounts } from './present-value';
import { rateRoots } from './rate-roots';

/** Yearly amounts that are worth nothing at exactly these rates: Π(v(1 + r) − 1) in v = 1/(1 + rate). */
function amountsWithRoots(rates: readonly number[], unit = 1): TimedAmounts {
  let polynomial = [-1];
  for (const rate of rates) {
    const next = new Array<number>(polynomial.length + 1).fill(0);
    for (const [power, factor] of polynomial.entries()) {
      next[power] = (next[power] as number) - factor;
      next[power + 1] = (next[power + 1] as number) + factor * (1 + rate);
    }
    polynomial = next;
  }
  return timedAmounts(polynomial.map((amount, index) => ({ time: index * unit, amount })));
}
const ratesOf = (flows: TimedAmounts) => rateRoots(flows).map(Math.expm1);

describe('rates at which amounts are worth nothing', () => {
  it.each([
    [[0.1]],
    [[0]],
    [[-0.5]],
    [[-0.999999]],
    [[1e8]],
    [[0.1, 0.3]],
    [[-0.5, 0.25, 2]],
    [[0, 1]],
    [[0, 0.001]],
    [[-0.002, 0]],
    [[-0.3, -0.2, 0, 0.2]],
    [[0.1, 0.101]],
    [[0.1, 0.10001]],
    [[-0.9, -0.1, 0.5, 10]],
    [[50, 60]],
  ])('finds %j', (rates) => {
    const found = ratesOf(amountsWithRoots(rates));
    expect(found).toHaveLength(rates.length);
    for (const [index, rate] of rates.entries())
      expect(Math.abs((found[index] as number) - rate)).toBeLessThan(1e-8 * (1 + Math.abs(rate)));
  });

  it('finds a root that is only touched, once', () => {
    const found = ratesOf(amountsWithRoots([0.25, 0.25]));
    expect(found).toHaveLength(1);
    expect(found[0]).toBeCloseTo(0.25, 6);
  });

  it('has none for one amount, one sign, or amounts that are never worth nothing', () => {
    expect(rateRoots(timedAmounts([]))).toEqual([]);
    expect(rateRoots(timedAmounts([{ time: 0, amount: 1 }]))).toEqual([]);
    expect(ratesOf(timedAmounts([1, 2].map((amount, time) => ({ time, amount }))))).toEqual([]);
    expect(ratesOf(timedAmounts([1, -1, 1].map((amount, time) => ({ time, amount }))))).toEqual([]);
  });

  it('looks beyond −1 + 10⁻¹² and 10⁹ where nothing lies between', () => {
    const after = (time: number, amount: number) =>
      rateRoots(
        timedAmounts([
          { time: 0, amount: -100 },
          { time, amount },
        ]),
      )[0] as number;
    expect(after(1 / 365, 110)).toBeCloseTo(365 * Math.log(1.1), 9);
    expect(after(1 / 365, 50)).toBeCloseTo(365 * Math.log(0.5), 9);
    expect(after(1 / 365, 1e5)).toBeUndefined();
    // Two changes of sign, and its only two roots are far out.
    const far = timedAmounts([-100, 220, -120.9].map((amount, index) => ({ time: index / 365, amount })));
    expect(rateRoots(far).map((x) => Math.exp(x / 365))).toEqual([
      expect.closeTo(1.1 - Math.sqrt(0.001), 3),
      expect.closeTo(1.1 + Math.sqrt(0.001), 3),
    ]);
  });

  it('agrees with a scan of its own, and solves to 10⁻⁹ of the amounts', () => {
    const flow = fc.record({
      time: fc.integer({ min: 0, max: 80 }),
      amount: fc.integer({ min: -1000, max: 1000 }),
    });
    fc.assert(
      fc.property(fc.array(flow, { minLength: 2, maxLength: 12 }), (flows) => {
        const timed = timedAmounts(flows.map(({ time, amount }) => ({ time: time / 4, amount })));
        const roots = rateRoots(timed);
        const size = timed.amounts.reduce((sum, amount) => sum + Math.abs(amount), 0);
        for (const x of roots.filter((one) => one > -0.3))
          expect(Math.abs(presentValue(timed, x))).toBeLessThanOrEqual(1e-9 * size);
        // Every change of sign on an even grid lies at a root.
        for (let x = -2; x < 5; x += 0.01) {
          const [before, after] = [presentValue(timed, x), presentValue(timed, x + 0.01)];
          if (before * after < 0)
            expect(roots.some((root) => root > x - 1e-9 && root < x + 0.01 + 1e-9)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});
