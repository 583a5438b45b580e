import fc from 'fast-check';
import { benchmark, portfolio } from '../../tests/support/bacon';
import { addDays } from './dates';
import { benchmarkRelative } from './benchmark-relative';

const close = (actual: number | null, expected: number, tolerance = 1e-11): void => {
  expect(Math.abs((actual as number) - expected)).toBeLessThanOrEqual(tolerance);
};
const days = (count: number): string[] => Array.from({ length: count }, (_, i) => addDays('2020-01-30', i));

// Expected values: computed apart, with Python's statistics module; alpha also published (Bacon: −0.014).
describe('Bacon’s portfolio against its benchmark', () => {
  const monthly = { returns: portfolio, benchmark, periods_per_year: 12 };
  const relative = benchmarkRelative(monthly);

  it.each([
    ['alpha', -0.012291654236077032],
    ['beta', 0.9988502086225747],
    ['correlation', 0.9693858148753051],
    ['r_squared', 0.9693858148753051 ** 2],
    ['tracking_error', 0.033639715141222715],
    ['information_ratio', -0.42524441361827925],
    ['treynor_ratio', 0.1037976353559388],
    ['up_capture', 0.9478779356059414],
    ['down_capture', 0.9864739725390025],
    ['beta_up', 1.0743229309870774],
    ['beta_down', 0.9813284687198197],
  ] as const)('%s is %d', (name, expected) => close(relative[name], expected));

  it('alpha by the other methods, which come back with it', () => {
    const jensen = benchmarkRelative({ ...monthly, alpha_method: 'annualised_jensen' });
    close(jensen.alpha, -0.014169444654244204);
    expect(jensen.alpha_method).toBe('annualised_jensen');
    close(benchmarkRelative({ ...monthly, alpha_method: 'arithmetic' }).alpha, -0.012361450139020194);
    expect(relative.alpha_method).toBe('compounded');
  });

  it('with a risk-free rate, of one number or a series', () => {
    const alpha_method = 'annualised_jensen';
    const one = benchmarkRelative({ ...monthly, risk_free: 0.002, alpha_method });
    close(one.treynor_ratio, 0.07776189192363063);
    close(one.alpha, -0.01419734522499444);
    expect(benchmarkRelative({ ...monthly, risk_free: portfolio.map(() => 0.002), alpha_method })).toEqual(
      one,
    );
  });
});

describe('pairing', () => {
  it('takes only days that both have, in any order', () => {
    const dates = days(24);
    const shuffled = benchmarkRelative({
      returns: [...portfolio, 9].toReversed(),
      dates: [...dates, '2030-01-01'].toReversed(),
      benchmark: [5, ...benchmark],
      benchmark_dates: ['1990-01-01', ...dates],
      periods_per_year: 12,
    });
    const plain = benchmarkRelative({ returns: portfolio, benchmark, periods_per_year: 12 });
    close(shuffled.beta, plain.beta as number);
    close(shuffled.alpha, plain.alpha as number);
    expect(shuffled).toMatchObject({ observations: 24, dropped: { returns: 1, benchmark: 1 } });
  });

  it('a gap on either side drops the pair', () => {
    const gaps = benchmarkRelative({
      returns: [0.1, null, 0.2, 0.4],
      benchmark: [0.1, 0.3, null, 0.2],
      periods_per_year: 1,
    });
    expect(gaps).toMatchObject({ observations: 2, dropped: { returns: 2, benchmark: 2 } });
    close(gaps.beta, 3);
  });

  it('dates alone are those of both', () => {
    const both = { returns: [0.1, 0.2], benchmark: [0.1, 0.3], periods_per_year: 1 };
    expect(benchmarkRelative({ ...both, dates: days(2) })).toEqual(benchmarkRelative(both));
  });

  it.each([
    [{ returns: [0.1], benchmark: [0.1, 0.2] }, '/benchmark has 2 values, /returns has 1'],
    [{ returns: [0.1], benchmark: [0.1], dates: days(2) }, '/dates has 2 days for 1 values'],
    [{ returns: [0.1], benchmark: [0.1], benchmark_dates: days(1) }, '/benchmark_dates needs /dates'],
    [
      { returns: [0.1], benchmark: [0.1], dates: days(1), benchmark_dates: [] },
      '/benchmark_dates has 0 days for 1 values',
    ],
    [
      { returns: [0.1, 0.2], benchmark: [0.1, 0.2], dates: ['2020-01-01', '2020-01-01'] },
      '2020-01-01 is there twice',
    ],
    [{ returns: [0.1], benchmark: [0.1], risk_free: [0, 0] }, '/risk_free has 2 values'],
  ])('%j is refused: %s', (args, message) => {
    expect(() => benchmarkRelative(args)).toThrow(message);
  });
});

describe('edges', () => {
  it.each([
    [[], []],
    [[0.1], [0.2]],
    [
      [0.1, null],
      [null, 0.2],
    ],
  ])('of %j and %j there are too few', (returns, theirs) => {
    const { beta, alpha, tracking_error, information_ratio, reasons } = benchmarkRelative({
      returns,
      benchmark: theirs,
      periods_per_year: 252,
    });
    expect([beta, alpha, tracking_error, information_ratio]).toEqual([null, null, null, null]);
    expect(reasons).toMatchObject({ beta: 'TOO_FEW_OBSERVATIONS', alpha: 'TOO_FEW_OBSERVATIONS' });
  });

  it('a benchmark that stands still has no beta', () => {
    const { reasons, beta_up } = benchmarkRelative({
      returns: [0.1, 0.2, 0.3],
      benchmark: [0.1, 0.1, 0.1],
      periods_per_year: 1,
    });
    expect(reasons).toMatchObject({
      ...{ beta: 'ZERO_DEVIATION', alpha: 'ZERO_DEVIATION', correlation: 'ZERO_DEVIATION' },
      ...{
        r_squared: 'ZERO_DEVIATION',
        treynor_ratio: 'ZERO_DEVIATION',
        down_capture: 'TOO_FEW_OBSERVATIONS',
      },
    });
    expect(beta_up).toBeNull();
  });

  it('the benchmark itself: beta 1, alpha 0, no tracking error and so no information ratio', () => {
    const same = benchmarkRelative({ returns: benchmark, benchmark, periods_per_year: 12 });
    close(same.beta, 1);
    close(same.alpha, 0);
    close(same.up_capture, 1);
    close(same.down_capture, 1);
    expect(same).toMatchObject({
      tracking_error: 0,
      information_ratio: null,
      reasons: { information_ratio: 'ZERO_DEVIATION' },
    });
  });

  it('a portfolio that always leads by the same has no tracking error either', () => {
    const { tracking_error, information_ratio } = benchmarkRelative({
      returns: benchmark.map((value) => value + 0.01),
      benchmark,
      periods_per_year: 12,
    });
    expect([tracking_error, information_ratio]).toEqual([0, null]);
  });

  it('without the periods of a year nothing is annualised', () => {
    const { reasons, beta } = benchmarkRelative({ returns: portfolio, benchmark });
    close(beta, 0.9988502086225747);
    expect(Object.keys(reasons).sort()).toEqual([
      'alpha',
      'down_capture',
      'information_ratio',
      'tracking_error',
      'treynor_ratio',
      'up_capture',
    ]);
  });

  it('up and down go by the benchmark’s excess return for beta', () => {
    const { beta_up, beta_down } = benchmarkRelative({
      returns: [0.02, 0.04, 0.01, -0.03],
      benchmark: [0.02, 0.03, 0.005, -0.005],
      periods_per_year: 1,
      risk_free: 0.01,
    });
    close(beta_up, 2);
    close(beta_down, 4);
  });
});

describe('invariants', () => {
  const thousandth = fc.integer({ min: -300, max: 300 }).map((value) => value / 1000);
  const pairs = fc.array(fc.tuple(thousandth, thousandth), { minLength: 4, maxLength: 40 });

  it('beta is scale-free and linear in the returns, correlation lies within −1 and 1', () => {
    fc.assert(
      fc.property(pairs, (rows) => {
        const [returns, theirs] = [rows.map(([a]) => a), rows.map(([, b]) => b)];
        const once = benchmarkRelative({ returns, benchmark: theirs, periods_per_year: 12 });
        expect(JSON.parse(JSON.stringify(once))).toEqual(once);
        if (once.beta === null) return;
        const half = (values: number[]): number[] => values.map((value) => value / 2);
        const scaled = benchmarkRelative({ returns: half(returns), benchmark: half(theirs) });
        close(scaled.beta, once.beta, 1e-8);
        const sums = returns.map((value, i) => value + (theirs[i] as number));
        close(benchmarkRelative({ returns: sums, benchmark: theirs }).beta, once.beta + 1, 1e-8);
        expect(Math.abs(once.correlation ?? 0)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
