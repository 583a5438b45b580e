/** The second way to a regression, against figures by hand and against the service that the capability uses. */
import fc from 'fast-check';
import { factorRegression } from '../../services/factor-regression';
import { partialRegression } from './partial-regression';

it('comes to the line through three points by hand', () => {
  // Means 2 and 4; Σ(x − 2)(y − 4) = 5, Σ(x − 2)² = 2; residuals 1/2, −1, 1/2.
  const fit = partialRegression([2, 3, 7], [[1, 2, 3]]);
  expect(fit?.betas[0]).toMatchObject({ value: 2.5, product: 5, square: 2 });
  expect(fit?.alpha.value).toBeCloseTo(-1, 12);
  expect(fit?.betas[0]?.t_stat).toBeCloseTo(2.5 / Math.sqrt(1.5 / 1 / 2), 12);
  expect(fit?.r_squared).toBeCloseTo(1 - 1.5 / 14, 12);
});

it('has none where a factor is a combination of the others, or rows are too few', () => {
  const factor = [0.01, -0.02, 0.03, 0.01];
  expect(partialRegression([0.1, 0.2, 0.1, 0.3], [factor, factor.map((one) => 2 * one)])).toBeNull();
  expect(partialRegression([0.1, 0.2, 0.1], [[0.01, 0.01, 0.01]])).toBeNull();
  expect(partialRegression([0.1], [[0.01]])).toBeNull();
});

it('has no t where nothing is left over, or no degree of freedom', () => {
  const exact = partialRegression([0.03, 0.05, 0.07], [[0.01, 0.02, 0.03]]);
  expect([exact?.r_squared, exact?.betas[0]?.t_stat]).toEqual([1, null]);
  expect(partialRegression([0.03, 0.05], [[0.01, 0.02]])?.betas[0]?.t_stat).toBeNull();
});

it('agrees with the service on any months', () => {
  const size = fc.double({ min: -0.2, max: 0.2, noNaN: true });
  fc.assert(
    fc.property(fc.array(fc.tuple(size, size, size), { minLength: 12, maxLength: 60 }), (rows) => {
      // A hundredth for each place keeps the factors apart.
      const [y, a, b] = [0, 1, 2].map((k) => rows.map((row, i) => (row[k] ?? 0) + 0.01 * Math.sin(i * (k + 1)))) as [number[], number[], number[]];
      const [ours, theirs] = [partialRegression(y, [a, b]), factorRegression({ returns: y, factors: { a, b } })];
      fc.pre(ours !== null && (theirs.condition_number ?? 1e9) < 1e5);
      expect(ours?.betas[0]?.value).toBeCloseTo(theirs.betas['a'] ?? NaN, 9);
      expect(ours?.betas[1]?.value).toBeCloseTo(theirs.betas['b'] ?? NaN, 9);
      expect(ours?.alpha.value).toBeCloseTo(theirs.alpha ?? NaN, 9);
      expect(ours?.r_squared).toBeCloseTo(theirs.r_squared ?? NaN, 9);
    }),
  );
}); // prettier-ignore
