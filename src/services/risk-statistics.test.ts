import fc from 'fast-check';
import { portfolio } from '../../tests/support/bacon';
import { normalQuantile } from './normal';
import { quantile } from './quantile';
import { riskStatistics } from './risk-statistics';

const close = (actual: number | null, expected: number, tolerance = 1e-12): void => {
  expect(Math.abs((actual as number) - expected)).toBeLessThanOrEqual(tolerance);
};

// Expected values: computed apart, with Python's statistics module.
describe('statistics of Bacon’s portfolio', () => {
  const monthly = riskStatistics({
    returns: portfolio,
    periods_per_year: 12,
    risk_free: 0.002,
    minimum_acceptable_return: 0.005,
  });

  it.each([
    ['annual_return', 0.10367828972980941],
    ['volatility', 0.13700015867969229],
    ['sharpe_ratio', 0.6131379759668224],
    ['sortino_ratio', 0.542606746784561],
    ['omega_ratio', 1.2917933130699089],
    ['downside_deviation', 0.025536738241208487 * Math.sqrt(12)],
    ['downside_potential', 0.013708333333333335],
    ['downside_frequency', 11 / 24],
    ['upside_frequency', 13 / 24],
    ['upside_risk', 0.02937331555454145],
    ['upside_potential', 0.017708333333333336],
    ['skewness', -0.08256245520856821],
    ['excess_kurtosis', -0.5675462058921279],
    ['excess_kurtosis_sample', -0.4076603211860861],
    ['mean_absolute_deviation', 0.031083333333333338],
    ['tail_ratio', 1.1748310810810811],
    ['observations', 24],
  ] as const)('%s is %d', (name, expected) => close(monthly[name], expected));

  it('value at risk and shortfall are losses, by three methods', () => {
    close(monthly.value_at_risk.historical, -0.0592);
    close(monthly.value_at_risk.gaussian, -0.05468189833645443);
    close(monthly.value_at_risk.cornish_fisher, -0.05602899481664104);
    close(monthly.expected_shortfall.historical, -0.063);
    close(monthly.expected_shortfall.gaussian, -0.07085966967069575);
  });

  it('the k-th worst: ⌈24 × 0.05⌉ = the second', () => {
    const {
      value_at_risk,
      expected_shortfall,
      quantile: method,
    } = riskStatistics({
      returns: portfolio,
      quantile: 'kth_worst',
    });
    expect(value_at_risk.historical).toBe(-0.061);
    close(expected_shortfall.historical, -0.063);
    expect(method).toBe('kth_worst');
  });

  it('warns of few observations, and of a tail without one', () => {
    expect(monthly.warnings).toEqual([{ code: 'FEW_OBSERVATIONS' }]);
    const { warnings } = riskStatistics({ returns: portfolio, confidence: 0.99 });
    expect(warnings).toEqual([{ code: 'FEW_OBSERVATIONS' }, { code: 'EMPTY_TAIL' }]);
    const hundred = Array.from({ length: 100 }, (_, i) => i / 1000);
    expect(riskStatistics({ returns: hundred, confidence: 0.99 }).warnings).toEqual([]);
  });
});

describe('edges of risk statistics', () => {
  it('null is a gap: no observation, also with a series of rates beside it', () => {
    const gaps = riskStatistics({
      returns: [null, 0.1, null, -0.1, 0.2],
      periods_per_year: 1,
      risk_free: [9, 0, 9, 0, 0],
    });
    const without = riskStatistics({ returns: [0.1, -0.1, 0.2], periods_per_year: 1, risk_free: 0 });
    expect(gaps).toEqual(without);
    expect(gaps.observations).toBe(3);
  });

  it('a gap in the rates leaves the pair out of the Sharpe ratio alone', () => {
    const { sharpe_ratio, observations } = riskStatistics({
      returns: [0.1, 0.5, 0.3],
      periods_per_year: 1,
      risk_free: [0, null, 0],
    });
    // (0.1, 0.3): mean 0.2, sample deviation 0.1·√2
    close(sharpe_ratio, Math.SQRT2);
    expect(observations).toBe(3);
  });

  it('rates of another length are refused', () => {
    expect(() => riskStatistics({ returns: [0.1], risk_free: [0, 0] })).toThrow(
      '/risk_free has 2 values, /returns has 1',
    );
    expect(() => riskStatistics({ returns: [0.1], minimum_acceptable_return: [] })).toThrow(
      '/minimum_acceptable_return',
    );
  });

  it('the deviation is that of the excess returns, not of the raw ones', () => {
    const { sharpe_ratio } = riskStatistics({
      returns: [0.02, 0.02, 0.02],
      periods_per_year: 1,
      risk_free: [0, 0.01, 0.02],
    });
    close(sharpe_ratio, 1);
  });

  it('one that equals its rate but for rounding has no Sharpe ratio', () => {
    const { sharpe_ratio, reasons } = riskStatistics({
      returns: [0.02, 0.03, 0.11],
      periods_per_year: 1,
      risk_free: [0.01, 0.02, 0.1],
    });
    expect(sharpe_ratio).toBeNull();
    expect(reasons).toMatchObject({ sharpe_ratio: 'ZERO_DEVIATION' });
  });

  it('nothing at all: every figure is null, with its reason', () => {
    const { reasons, warnings, ...rest } = riskStatistics({ returns: [], periods_per_year: 252 });
    expect(rest).toMatchObject({ observations: 0, annual_return: null, volatility: null, tail_ratio: null });
    expect(new Set(Object.values(reasons))).toEqual(new Set(['TOO_FEW_OBSERVATIONS']));
    expect(warnings).toEqual([]);
  });

  it('one observation has a return and no deviation', () => {
    const one = riskStatistics({ returns: [0.01], periods_per_year: 12 });
    close(one.annual_return, 1.01 ** 12 - 1);
    expect(one).toMatchObject({ volatility: null, sharpe_ratio: null, sortino_ratio: null, stability: null });
    expect(one.value_at_risk).toEqual({ historical: 0.01, gaussian: null, cornish_fisher: null });
    expect(one.downside_deviation).toBe(0);
  });

  it('constant returns: volatility 0, no ratio, never infinite', () => {
    const flat = riskStatistics({ returns: new Array<number>(20).fill(0.1), periods_per_year: 252 });
    expect(flat).toMatchObject({
      ...{ volatility: 0, period_volatility: 0, sharpe_ratio: null, sortino_ratio: null, omega_ratio: null },
      ...{ skewness: null, excess_kurtosis: null },
    });
    expect(flat.value_at_risk).toEqual({
      historical: 0.1,
      gaussian: expect.closeTo(0.1, 12) as number,
      cornish_fisher: null,
    });
    expect(flat.reasons).toMatchObject({ sharpe_ratio: 'ZERO_DEVIATION', omega_ratio: 'ZERO_DEVIATION' });
  });

  it('without the periods of a year nothing is annualised', () => {
    const { reasons, ...rest } = riskStatistics({ returns: portfolio });
    expect(rest).toMatchObject({
      annual_return: null,
      volatility: null,
      sharpe_ratio: null,
      downside_deviation: null,
    });
    expect(reasons).toEqual({
      ...{ annual_return: 'MISSING_INPUT', volatility: 'MISSING_INPUT', sharpe_ratio: 'MISSING_INPUT' },
      ...{ sortino_ratio: 'MISSING_INPUT', downside_deviation: 'MISSING_INPUT' },
    });
  });

  it('a total loss is −1 a year; a path that ends has no log return', () => {
    const lost = riskStatistics({ returns: [0.1, -1, 0.5], periods_per_year: 12 });
    expect(lost).toMatchObject({ annual_return: -1, stability: null, period_volatility: null });
    expect(lost.reasons).toMatchObject({ stability: 'ZERO_START', period_volatility: 'ZERO_START' });
    expect(riskStatistics({ returns: [-2], periods_per_year: 1 }).reasons).toMatchObject({
      annual_return: 'NO_ROOT',
    });
  });

  it('all confidence: the worst return; the Gaussian has no end', () => {
    const { value_at_risk, reasons } = riskStatistics({ returns: [0.2, -0.1, 0.1], confidence: 1 });
    expect(value_at_risk).toMatchObject({ historical: -0.1, gaussian: null });
    expect(reasons).toMatchObject({ 'value_at_risk.gaussian': 'NO_ROOT' });
  });

  it('1 − 0.9 of eleven returns is the second worst and no digit less, so it counts in the shortfall', () => {
    const returns = [-0.5, -0.3, ...new Array<number>(9).fill(0.1)];
    const { value_at_risk, expected_shortfall } = riskStatistics({ returns, confidence: 0.9 });
    expect(value_at_risk.historical).toBe(-0.3);
    close(expected_shortfall.historical, -0.4);
  });

  it('a steady growth is perfectly stable', () => {
    close(riskStatistics({ returns: [0.1, 0.1, 0.1, 0.1] }).stability, 1);
    expect(riskStatistics({ returns: [0, 0, 0] }).reasons).toMatchObject({ stability: 'ZERO_DEVIATION' });
  });
});

describe('invariants', () => {
  const returns = fc.array(fc.double({ min: -0.5, max: 0.5, noNaN: true }), { minLength: 5, maxLength: 60 });

  it('volatility and tails scale with the returns, ratios do not', () => {
    fc.assert(
      fc.property(returns, (values) => {
        const [once, twice] = [values, values.map((value) => value * 2)].map((list) =>
          riskStatistics({ returns: list, periods_per_year: 252 }),
        );
        fc.pre((once?.volatility ?? 0) > 1e-6);
        close(twice?.volatility ?? null, (once?.volatility as number) * 2, 1e-9);
        close(twice?.sharpe_ratio ?? null, once?.sharpe_ratio as number, 1e-6);
        close(twice?.value_at_risk.gaussian ?? null, (once?.value_at_risk.gaussian as number) * 2, 1e-9);
      }),
    );
  });

  it('a shortfall is no better than its value at risk; more confidence is no better', () => {
    fc.assert(
      fc.property(returns, fc.constantFrom('type_7' as const, 'kth_worst' as const), (values, method) => {
        const at = (confidence: number) => riskStatistics({ returns: values, confidence, quantile: method });
        const { value_at_risk, expected_shortfall } = at(0.9);
        expect(expected_shortfall.historical as number).toBeLessThanOrEqual(
          (value_at_risk.historical as number) + 1e-12,
        );
        expect(expected_shortfall.gaussian as number).toBeLessThanOrEqual(
          (value_at_risk.gaussian as number) + 1e-12,
        );
        expect(at(0.99).value_at_risk.historical as number).toBeLessThanOrEqual(
          value_at_risk.historical as number,
        );
      }),
    );
  });

  it('order does not matter but for stability; no figure is NaN or infinite', () => {
    fc.assert(
      fc.property(returns, (values) => {
        const all = riskStatistics({ returns: values, periods_per_year: 12 });
        const back = riskStatistics({ returns: values.toReversed(), periods_per_year: 12 });
        if (all.volatility !== null) close(back.volatility, all.volatility, 1e-12);
        expect(JSON.parse(JSON.stringify(all))).toEqual(all);
      }),
    );
  });
});

describe('quantiles', () => {
  it.each([
    [0.05, -1.6448536269514722],
    [0.01, -2.3263478740408408],
    [0.5, 0],
    [0.975, 1.959963984540054],
    [1e-12, -7.034483825301132],
  ])('Φ⁻¹(%d) is %d', (p, z) => close(normalQuantile(p), z, 1e-13));

  it.each([
    [0.25, 'type_7', 1.75],
    [0, 'type_7', 1],
    [1, 'type_7', 4],
    [0.25, 'kth_worst', 1],
    [0.26, 'kth_worst', 2],
    [0, 'kth_worst', 1],
    [1, 'kth_worst', 4],
  ] as const)('of 1, 2, 3, 4 at %d by %s is %d', (p, method, expected) => {
    expect(quantile([1, 2, 3, 4], p, method)).toBe(expected);
  });
});
