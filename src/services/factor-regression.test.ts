import fc from 'fast-check';
import { benchmark, portfolio } from '../../tests/support/bacon';
import { benchmarkRelative } from './benchmark-relative';
import { conditionNumber } from './condition-number';
import { factorRegression } from './factor-regression';

const near = (value: number, digits = 10): number => expect.closeTo(value, digits) as number;

describe('factor regression', () => {
  // y = 1, 3, 2, 5 on x = 1, 2, 3, 4: slope 1.1, intercept 0, SSE 2.7, SST 8.75, s² = 1.35, se(b) = √(1.35/5).
  it('one factor, by hand', () => {
    expect(factorRegression({ returns: [1, 3, 2, 5], factors: { x: [1, 2, 3, 4] } })).toEqual({
      alpha: near(0),
      alpha_t_stat: near(0),
      betas: { x: near(1.1) },
      t_stats: { x: near(1.1 / Math.sqrt(0.27)) },
      r_squared: near(1 - 2.7 / 8.75),
      // XᵀX = (4 10; 10 30): eigenvalues 17 ± √269
      condition_number: near(Math.sqrt((17 + Math.sqrt(269)) / (17 - Math.sqrt(269)))),
      observations: 4,
      dropped: 0,
      warnings: [{ code: 'FEW_OBSERVATIONS' }],
      reasons: {},
    });
  });

  it('two factors that are found again exactly: no residual, so no t', () => {
    const [a, b] = [
      [1, 2, 3, 5, 8],
      [2, -1, 4, 0, 3],
    ];
    const returns = a.map((value, i) => 0.5 + 2 * value - 3 * (b[i] as number));
    const fit = factorRegression({ returns, factors: { a, b } });
    expect(fit).toMatchObject({ alpha: near(0.5), betas: { a: near(2), b: near(-3) }, r_squared: 1 });
    expect(fit.t_stats).toEqual({ a: null, b: null });
    expect(fit.reasons).toMatchObject({ 't_stats.a': 'ZERO_DEVIATION', alpha_t_stat: 'ZERO_DEVIATION' });
  });

  it('of the market alone it is beta and its R²', () => {
    const fit = factorRegression({ returns: portfolio, factors: { market: benchmark } });
    const { beta, r_squared } = benchmarkRelative({ returns: portfolio, benchmark });
    expect(fit).toMatchObject({
      betas: { market: near(beta as number) },
      r_squared: near(r_squared as number),
    });
  });

  it('takes the risk-free rate from the returns, not from the factors', () => {
    const fit = factorRegression({
      returns: [1.5, 3.5, 2.5, 5.5],
      factors: { x: [1, 2, 3, 4] },
      risk_free: 0.5,
    });
    expect(fit).toMatchObject({ alpha: near(0), betas: { x: near(1.1) } });
    const series = factorRegression({
      returns: [2, 3, 2, 6],
      factors: { x: [1, 2, 3, 4] },
      risk_free: [1, 0, 0, 1],
    });
    expect(series.betas).toEqual({ x: near(1.1) });
  });

  it('a row with a gap anywhere is left out', () => {
    const fit = factorRegression({
      returns: [1, 9, 3, null, 2, 5, 7],
      factors: { x: [1, null, 2, 7, 3, 4, 5] },
      risk_free: [0, 0, 0, 0, 0, 0, null],
    });
    expect(fit).toMatchObject({ betas: { x: near(1.1) }, observations: 4, dropped: 3 });
  });

  it.each([
    ['a multiple of another', { a: [1, 2, 3, 5, 8], b: [2, 4, 6, 10, 16] }],
    ['a constant, which the intercept is already', { a: [1, 2, 3, 5, 8], b: [0.3, 0.3, 0.3, 0.3, 0.3] }],
    ['zeros', { a: [0, 0, 0, 0, 0] }],
    ['a sum of two', { a: [1, 2, 3, 5, 8], b: [2, -1, 4, 0, 3], c: [3, 1, 7, 5, 11] }],
  ] as Record<string, number[]>[][] | [string, Record<string, number[]>][])(
    '%s is SINGULAR',
    (_, factors) => {
      const fit = factorRegression({
        returns: [1, 3, 2, 5, 4],
        factors: factors as Record<string, number[]>,
      });
      expect(fit).toMatchObject({ alpha: null, r_squared: null, condition_number: null });
      expect(new Set(Object.values(fit.reasons))).toEqual(new Set(['SINGULAR']));
    },
  );

  it('fewer rows than unknowns is too few; as many fit without degrees of freedom', () => {
    const few = factorRegression({ returns: [1], factors: { x: [1] } });
    expect(new Set(Object.values(few.reasons))).toEqual(new Set(['TOO_FEW_OBSERVATIONS']));
    const exact = factorRegression({ returns: [1, 3], factors: { x: [1, 2] } });
    expect(exact).toMatchObject({
      betas: { x: near(2) },
      t_stats: { x: null },
      reasons: { 't_stats.x': 'TOO_FEW_OBSERVATIONS' },
    });
    expect(factorRegression({ returns: [], factors: { x: [] } }).warnings).toEqual([]);
  });

  it('returns that stand still leave nothing to explain', () => {
    const fit = factorRegression({ returns: [0.1, 0.1, 0.1, 0.1], factors: { x: [1, 2, 4, 3] } });
    expect(fit).toMatchObject({
      betas: { x: near(0) },
      r_squared: null,
      reasons: { r_squared: 'ZERO_DEVIATION' },
    });
  });

  it('warns of factors that can hardly be told apart', () => {
    const x = [1, 2, 3, 5, 8];
    const fit = factorRegression({
      returns: [1, 3, 2, 5, 4],
      factors: { x, y: x.map((v, i) => v + (i % 2) * 1e-3) },
    });
    expect(fit.warnings).toContainEqual({ code: 'COLLINEAR' });
  });

  it('a factor of another length is refused', () => {
    expect(() => factorRegression({ returns: [1, 2], factors: { x: [1] } })).toThrow(
      '/factors/x has 1 values, /returns has 2',
    );
  });

  it('scaling a factor divides its beta and keeps its t', () => {
    // Ten-thousandths: among any doubles are rows whose residuals are nothing but rounding.
    const value = fc.integer({ min: -1000, max: 1000 }).map((n) => n / 10_000);
    const rows = fc.array(fc.array(value, { minLength: 3, maxLength: 3 }), {
      minLength: 8,
      maxLength: 40,
    });
    fc.assert(
      fc.property(rows, (values) => {
        const [returns, a, b] = [0, 1, 2].map((k) => values.map((row) => row[k] as number)) as [
          number[],
          number[],
          number[],
        ];
        const once = factorRegression({ returns, factors: { a, b } });
        fc.pre((once.condition_number ?? 1e9) < 1e4 && once.t_stats['a'] != null);
        fc.pre(new Set(returns).size > 3 && (once.r_squared ?? 1) < 0.999);
        const scaled = factorRegression({ returns, factors: { a: a.map((value) => value * 100), b } });
        const [beta, t] = [once.betas['a'] as number, once.t_stats['a']];
        expect(Math.abs((scaled.betas['a'] as number) * 100 - beta)).toBeLessThan(
          1e-7 * (1 + Math.abs(beta)),
        );
        expect(Math.abs((scaled.t_stats['a'] as number) - t)).toBeLessThan(1e-6 * (1 + Math.abs(t)));
      }),
    );
  });
});

describe('condition number', () => {
  it.each([
    [
      [
        [2, 0],
        [0, 1],
      ],
      2,
    ],
    [
      [
        [1, 1],
        [0, 1],
      ],
      (3 + Math.sqrt(5)) / 2,
    ],
    [[[3]], 1],
    [
      [
        [1, 2],
        [2, 4],
      ],
      Infinity,
    ],
  ])('of %j is %d', (matrix, expected) => {
    const value = conditionNumber(matrix);
    expect(expected === Infinity ? value > 1e12 : Math.abs(value - expected) < 1e-12).toBe(true);
  });
});
