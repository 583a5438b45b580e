import { pureCaller } from '../../src/cli/pure-caller';

const call = pureCaller();
const ask = async (name: string, args: object) =>
  (await call(`calc.${name}`, args)) as Record<string, unknown>;

const covariance = [
  ['0.04', 0.01],
  [0.01, '0.09'],
];

describe('decisions, as they are asked', () => {
  it('optimise: one pair of bounds for all, or a pair for each, null for none', async () => {
    const objective = 'min_volatility';
    const { weights, objective: named, risk_free } = await ask('optimise', { covariance, objective });
    expect([named, risk_free]).toEqual([objective, 0]);
    for (const bounds of [
      [0, 1],
      ['0', '1'],
      [null, null],
      [
        [0, 1],
        [0, null],
      ],
    ])
      // prettier-ignore
      expect((await ask('optimise', { covariance, objective, bounds })).weights).toEqual(weights);
    expect(await ask('optimise', { covariance, objective, bounds: [0, 0.4] })).toMatchObject({
      weights: null,
      reason: 'INFEASIBLE',
    });
    await expect(ask('optimise', { covariance, objective, bounds: [[0, 1]] })).rejects.toThrow('/bounds');
    await expect(ask('optimise', { covariance, objective: 'best' })).rejects.toMatchObject({
      code: 'ARGS_INVALID',
    });
  });

  it('allocate: amounts by id as decimal texts, a decimal total kept', async () => {
    expect(await ask('allocate', { unknowns: ['A', 'B'], exposures: [['1', 0]], targets: ['0.1'], total: '0.3' })).toEqual({ solution: { A: '0.1', B: '0.2' }, exactness: 'exact', exactness_of: { A: 'exact', B: 'exact' }, residuals: [0] }); // prettier-ignore
  });

  it('rating: the quality rubric unless another is named, numbers as texts', async () => {
    const { components, missing, on_missing } = await ask('rating', { inputs: { payout_ratio: '0.4' } });
    expect(components).toHaveLength(12);
    expect([(missing as string[]).length, on_missing]).toEqual([11, 'withhold']);
  });

  it('regime: a given z-score wins over the series, a series too short is named', async () => {
    const z_scores = { T10Y2Y: '1', UNRATE: 2, CPIAUCSL: -1 };
    const series = { BAA10Y: [1, 2, 3], UNRATE: [1] };
    expect(await ask('regime', { z_scores, series })).toMatchObject({
      regime: null,
      reasons: { regime: 'TOO_FEW_OBSERVATIONS', 'z_scores.BAA10Y': 'TOO_FEW_OBSERVATIONS' },
    });
    expect(await ask('regime', { z_scores, series, min_observations: 3 })).toMatchObject({
      regime: 'DEEP_CONTRACTION',
      z_scores: { UNRATE: 2, BAA10Y: 1 },
    });
    const levels = { gdp_growth: [1, '-1'], unemployment: [7] };
    expect((await ask('regime', { rule_set: 'levels', series: levels })).regime).toBe('DEEP_CONTRACTION');
    expect((await ask('regime', {})).reasons).toMatchObject({ regime: 'MISSING_INPUT' });
  });

  it('recession rules: the thresholds come back', async () => {
    const { thresholds } = await ask('recession_rules', { thresholds: { sahm_points: '0.3' } });
    expect(thresholds).toEqual({
      negative_quarters: 2,
      sahm_points: 0.3,
      sahm_lookback: 12,
      sahm_average: 3,
    });
  });

  it('market condition and rebalancing take decimal texts', async () => {
    expect(await ask('market_condition', { distance_from_high: '-0.2' })).toMatchObject({
      condition: 'BEAR_MARKET',
    });
    const current = [{ id: 'A', quantity: '0', price: '3' }];
    expect(await ask('rebalance', { current, targets: { A: '1' }, cash: '10' })).toMatchObject({
      trades: [{ id: 'A', quantity: '3.3333333333', amount: '9.9999999999' }],
      cash_left: '0.0000000001',
    });
  });
});
