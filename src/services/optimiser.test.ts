import fc from 'fast-check';
import { EngineError } from '../contract/errors';
import { type Objective, objectives } from '../contract/decision-names';
import { dot, quadratic } from './matrix';
import { optimise, type OptimiserRequest } from './optimiser';

const covariance = [
  [0.04, 0.01, 0.002],
  [0.01, 0.09, 0.03],
  [0.002, 0.03, 0.16],
];
const expected_returns = [0.05, 0.08, 0.12];

const ask = (objective: Objective, more: Partial<OptimiserRequest> = {}) => {
  const assets = (more.covariance ?? covariance).length;
  return optimise({
    objective,
    covariance,
    expected_returns: expected_returns.slice(0, assets),
    risk_free: 0.02,
    bounds: new Array(assets).fill([0, 1]) as [number, number][],
    constraints: [],
    ...more,
  });
};

describe('the optimiser', () => {
  it('gives the textbook answers for two assets (Bodie, Kane, Marcus: 0.82 and 0.4 of debt)', () => {
    const two = {
      covariance: [
        [0.0144, 0.0072],
        [0.0072, 0.04],
      ],
      expected_returns: [0.08, 0.13],
      risk_free: 0.05,
    };
    expect(ask('min_volatility', two).weights?.[0]).toBeCloseTo(0.82, 10);
    expect(ask('max_sharpe', two).weights?.[0]).toBeCloseTo(0.4, 10);
  });

  it('weighs by the inverse volatility, and by equal contributions where correlations are equal', () => {
    const equal = {
      covariance: [
        [0.04, 0.03],
        [0.03, 0.09],
      ],
    };
    expect(ask('inverse_volatility', equal).weights?.[0]).toBeCloseTo(0.6, 12);
    expect(ask('risk_parity', equal).weights?.[0]).toBeCloseTo(0.6, 12);
    for (const share of ask('risk_parity').risk_contributions ?? []) expect(share).toBeCloseTo(1 / 3, 10);
  });

  it('meets a target return with the least volatility, and more where more is free', () => {
    expect(ask('target_return', { target: 0.1 }).expected_return).toBeCloseTo(0.1, 10);
    expect(ask('target_return', { target: 0 }).weights).toEqual(ask('min_volatility').weights);
    expect(ask('target_return', { target: 0.12 }).weights?.[2]).toBeCloseTo(1, 10);
  });

  it('meets a target volatility with the most return, and less where no portfolio needs so much', () => {
    expect(ask('target_volatility', { target: 0.25 }).volatility).toBeCloseTo(0.25, 11);
    expect(ask('target_volatility', { target: 0.9 }).weights?.[2]).toBeCloseTo(1, 10);
    const { volatility } = ask('min_volatility');
    expect(ask('target_volatility', { target: volatility ?? 0 }).volatility).toBeCloseTo(volatility ?? 0, 9);
  });

  it.each([60, 100, 150])('answers for %i assets that are all alike but for their returns', (n) => {
    const alike = {
      covariance: Array.from({ length: n }, (_, i) =>
        Array.from({ length: n }, (__, j) => (i === j ? 0.04 : 0.01)),
      ),
      expected_returns: Array.from({ length: n }, (_, i) => (0.01 * i) / n),
      risk_free: 0,
    };
    // 0.01 + 0.03·|w|² = 0.15² leaves the three best, at ⅓ and √(1/24) beside it.
    const { volatility, weights } = ask('target_volatility', { ...alike, target: 0.15 });
    expect(volatility).toBeCloseTo(0.15, 11);
    const step = Math.sqrt(1 / 24);
    for (const [i, weight] of [1 / 3 - step, 1 / 3, 1 / 3 + step].entries())
      expect(weights?.[n - 3 + i]).toBeCloseTo(weight, 8);
    // At the best ratio marginal risk over return is the same for all that is held, and more for what is not.
    const best = ask('max_sharpe', alike).weights as number[];
    const least = dot(alike.covariance[n - 1] as number[], best) / (alike.expected_returns[n - 1] as number);
    for (const [i, weight] of best.entries()) {
      const gap = dot(alike.covariance[i] as number[], best) - least * (alike.expected_returns[i] as number);
      if (weight > 0) expect(Math.abs(gap)).toBeLessThan(1e-10);
      else expect(gap).toBeGreaterThan(-1e-10);
    }
  });

  it('keeps bounds and linear constraints', () => {
    const bounds = [
      [0, 0.3],
      [0.3, 0.3],
      [null, null],
    ] as const;
    expect(ask('min_volatility', { bounds }).weights?.slice(0, 2)).toEqual([0.3, 0.3]);
    const rows = [{ weights: [0, 1, 1], at_least: 0.6 }];
    const sector = ask('min_volatility', { constraints: rows }).weights ?? [];
    expect((sector[1] ?? 0) + (sector[2] ?? 0)).toBeCloseTo(0.6, 10);
    const fixed = [{ weights: [1, 0, 0], equals: 0.2 }];
    expect(ask('max_sharpe', { constraints: fixed }).weights?.[0]).toBeCloseTo(0.2, 10);
    const most = [{ weights: [1, 0, 0], at_most: 0.1 }];
    expect(ask('max_sharpe', { constraints: most }).weights?.[0]).toBeCloseTo(0.1, 10);
    const again = [{ weights: [1, 1, 1], equals: 1 }];
    expect(ask('min_volatility', { constraints: again }).reason).toBeUndefined();
  });

  it.each<[string, Objective, Partial<OptimiserRequest>]>([
    ['a return nobody earns', 'target_return', { target: 0.13 }],
    ['a volatility nobody is below', 'target_volatility', { target: 0.05 }],
    ['upper bounds below 1', 'min_volatility', { bounds: new Array(3).fill([0, 0.3]) as [number, number][] }],
    ['lower bounds above 1', 'min_volatility', { bounds: new Array(3).fill([0.5, 1]) as [number, number][] }],
    ['no excess return at all', 'max_sharpe', { risk_free: 0.2 }],
    ['an excess return of exactly 0', 'max_sharpe', { expected_returns: [0.02, 0.02, 0.02] }],
    [
      'bounds that break risk parity',
      'risk_parity',
      { bounds: new Array(3).fill([0, 0.34]) as [number, number][] },
    ],
    [
      'contradicting rows',
      'min_volatility',
      { constraints: [{ weights: [1, 0, 0], at_least: 0.5, at_most: 0.4 }] },
    ],
  ])('is INFEASIBLE for %s', (_what, objective, more) => {
    expect(ask(objective, more)).toMatchObject({
      weights: null,
      volatility: null,
      reason: 'INFEASIBLE',
      reasons: { weights: 'INFEASIBLE', sharpe_ratio: 'INFEASIBLE' },
    });
  });

  describe('with a singular covariance', () => {
    const twins = [
      [0.04, 0.04],
      [0.04, 0.04],
    ];
    const withCash = [
      [0, 0],
      [0, 0.09],
    ];
    it.each<[string, Objective, number[][]]>([
      ['twins have no one minimum', 'min_volatility', twins],
      ['an asset without risk has no risk parity', 'risk_parity', withCash],
      ['an asset without risk has no inverse volatility', 'inverse_volatility', withCash],
      ['return without risk has no largest Sharpe ratio', 'max_sharpe', withCash],
      ['nothing has any risk', 'min_volatility', [[0, 0], [0, 0]]], // prettier-ignore
    ])('%s: SINGULAR', (_what, objective, matrix) => {
      expect(ask(objective, { covariance: matrix }).reason).toBe('SINGULAR');
    });

    it('answers where one answer follows all the same', () => {
      const perfect = [
        [0.04, 0.06],
        [0.06, 0.09],
      ];
      expect(ask('min_volatility', { covariance: perfect }).weights).toEqual([1, 0]);
      expect(ask('risk_parity', { covariance: twins }).weights?.[0]).toBeCloseTo(0.5, 12);
      expect(ask('min_volatility', { covariance: withCash })).toMatchObject({
        weights: [1, 0],
        volatility: 0,
        sharpe_ratio: null,
        reasons: { sharpe_ratio: 'ZERO_DEVIATION' },
      });
      expect(ask('target_volatility', { covariance: withCash, target: 0.15 }).weights?.[1]).toBeCloseTo(
        0.5,
        9,
      );
      expect(ask('target_return', { covariance: twins, target: 0.062 }).weights?.[1]).toBeCloseTo(0.4, 9);
    });
  });

  it('answers for 80 assets that 40 risks explain: as much risk as is asked for, and no trade would earn more', () => {
    let seed = 42;
    const next = (): number => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648 - 0.5;
    const loads = Array.from({ length: 80 }, () => Array.from({ length: 40 }, next));
    const matrix = loads.map((a) => loads.map((b) => 0.1 * dot(a, b)));
    const returns = loads.map(() => 0.05 + 0.1 * next());
    const { volatility, weights } = ask('target_volatility', {
      ...{ covariance: matrix, expected_returns: returns, target: 0.1, risk_free: 0 },
    });
    expect(volatility).toBeCloseTo(0.1, 10);
    // Return less a price of risk is the same for all that is held, and less for what is not (Karush, Kuhn, Tucker).
    const held = (weights ?? []).flatMap((weight, i) => (weight > 0 ? [i] : []));
    const pull = matrix.map((row) => dot(row, weights ?? []));
    const [a = 0, b = 0] = held;
    const price = ((returns[a] ?? 0) - (returns[b] ?? 0)) / ((pull[a] ?? 0) - (pull[b] ?? 0));
    const level = (returns[a] ?? 0) - price * (pull[a] ?? 0);
    expect(price).toBeGreaterThan(0);
    returns.forEach((one, i) => {
      const gap = one - price * (pull[i] as number) - level;
      if (held.includes(i)) expect(Math.abs(gap)).toBeLessThan(1e-7);
      else expect(gap).toBeLessThan(1e-7);
    });
  });

  it('does not need expected returns for risk alone', () => {
    const { weights, expected_return, reasons } = ask('min_volatility', { expected_returns: undefined });
    expect(weights).not.toBeNull();
    expect([expected_return, reasons['expected_return']]).toEqual([null, 'MISSING_INPUT']);
    expect(ask('max_sharpe', { expected_returns: undefined }).reason).toBe('MISSING_INPUT');
    expect(ask('target_return').reason).toBe('MISSING_INPUT');
  });

  it('takes a single asset', () => {
    for (const objective of objectives)
      expect(ask(objective, { covariance: [[0.04]], target: objective === 'target_volatility' ? 0.2 : 0.05 }).weights).toEqual([1]); // prettier-ignore
  });

  it.each<[string, Partial<OptimiserRequest>]>([
    ['/covariance/0', { covariance: [[0.04, 0.01]], expected_returns: undefined }],
    ['/covariance/0/1', { covariance: [[0.04, 0.02], [0.01, 0.09]] }], // prettier-ignore
    ['not positive semidefinite', { covariance: [[0.04, 0.1], [0.1, 0.09]] }], // prettier-ignore
    ['/expected_returns', { expected_returns: [0.1] }],
    ['/bounds', { bounds: [[0, 1]] }],
    ['/bounds/1', { bounds: [[0, 1], [1, 0], [0, 1]] }], // prettier-ignore
    ['/constraints/0/weights', { constraints: [{ weights: [1], equals: 1 }] }],
    ['/constraints/0', { constraints: [{ weights: [1, 1, 1] }] }],
  ])('refuses arguments that make no sense: %s', (text, more) => {
    expect(() => ask('min_volatility', more)).toThrow(EngineError);
    expect(() => ask('min_volatility', more)).toThrow(text);
  });

  describe('whatever the covariance', () => {
    const number = fc.integer({ min: -1000, max: 1000 }).map((value) => value / 1000);
    /** FF′ of more observations than assets: definite. */
    const problem = fc
      .integer({ min: 2, max: 6 })
      .chain((n) =>
        fc.record({
          loadings: fc.array(fc.array(number, { minLength: n + 3, maxLength: n + 3 }), {
            minLength: n,
            maxLength: n,
          }),
          returns: fc.array(number, { minLength: n, maxLength: n }),
          others: fc.array(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: n, maxLength: n }), {
            minLength: 5,
            maxLength: 5,
          }),
        }),
      )
      .map(({ loadings, returns, others }) => ({
        covariance: loadings.map((a, i) => loadings.map((b, j) => dot(a, b) / 100 + (i === j ? 0.001 : 0))),
        returns: returns.map((value) => value / 5),
        others: others.map((row) => {
          const total = row.reduce((sum, value) => sum + value, 0);
          return row.map((value) => (total > 0 ? value / total : 1 / row.length));
        }),
      }));

    it('no other portfolio is better', () => {
      fc.assert(
        fc.property(problem, ({ covariance: matrix, returns, others }) => {
          const given = { covariance: matrix, expected_returns: returns, risk_free: 0.01 };
          const least = ask('min_volatility', given);
          const best = ask('max_sharpe', given);
          for (const w of others) {
            const [risk, earned] = [Math.sqrt(quadratic(matrix, w)), dot(returns, w)];
            expect(least.volatility).toBeLessThanOrEqual(risk + 1e-9);
            if (best.reason) expect(earned).toBeLessThanOrEqual(0.01 + 1e-9);
            else expect(best.sharpe_ratio).toBeGreaterThanOrEqual((earned - 0.01) / risk - 1e-7);
            const same = ask('target_volatility', { ...given, target: risk });
            expect(same.expected_return).toBeGreaterThanOrEqual(earned - 1e-7);
            const cheaper = ask('target_return', { ...given, target: earned });
            expect(cheaper.volatility).toBeLessThanOrEqual(risk + 1e-7);
          }
        }),
        { numRuns: 60 },
      );
    });

    it('weights add up to 1 within their bounds, contributions of risk parity are equal', () => {
      fc.assert(
        fc.property(problem, ({ covariance: matrix, returns }) => {
          for (const objective of objectives) {
            const { weights } = ask(objective, {
              covariance: matrix,
              expected_returns: returns,
              target: 0.05,
            });
            if (!weights) continue;
            expect(weights.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
            expect(weights.every((value) => value >= 0 && value <= 1 + 1e-12)).toBe(true);
          }
          for (const share of ask('risk_parity', { covariance: matrix, expected_returns: returns })
            .risk_contributions ?? [])
            expect(share).toBeCloseTo(1 / matrix.length, 8);
        }),
        { numRuns: 100 },
      );
    });

    it('daily and yearly figures have the same weights', () => {
      fc.assert(
        fc.property(problem, ({ covariance: matrix, returns }) => {
          const yearly = ask('max_sharpe', { covariance: matrix, expected_returns: returns, risk_free: 0 });
          const daily = ask('max_sharpe', {
            covariance: matrix.map((row) => row.map((value) => value / 252)),
            expected_returns: returns.map((value) => value / 252),
            risk_free: 0,
          });
          expect(daily.reason).toBe(yearly.reason);
          yearly.weights?.forEach((value, i) => {
            expect(daily.weights?.[i]).toBeCloseTo(value, 6);
          });
        }),
        { numRuns: 60 },
      );
    });
  });
});
