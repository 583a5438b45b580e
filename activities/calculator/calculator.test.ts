import { refused } from '../../tests/support/ask-calculator';
import { catalogue } from '../../src/capabilities';
import { compileSchema } from '../../src/validate';
import type { Call } from '../agent';
import { calculator } from '.';

const annualise = async (args: unknown) => {
  const answer = await calculator.handlers(null)['calc.annualise']?.(args, {} as Call);
  expect(compileSchema(catalogue['calc.annualise'].result)(answer?.result)).toEqual([]);
  return answer?.result as { annualised: number | null; reasons: object };
};

describe('the calculator', () => {
  it('takes numbers and decimal texts', async () => {
    expect((await annualise({ total_return: '0.21', days: 730 })).annualised).toBeCloseTo(0.1, 12);
    expect(
      (await annualise({ total_return: 0.01, periods: '1', periods_per_year: 12 })).annualised,
    ).toBeCloseTo(1.01 ** 12 - 1, 12);
  });

  const huge = '1'.repeat(400);
  it.each([
    ['calc.risk_statistics', { returns: [0.1, null, huge] }, /^\/returns\/2 is larger/],
    ['calc.drawdown', { index: [1, `-${huge}.5`] }, /^\/index\/1 is larger/],
    ['calc.benchmark_relative', { returns: [0.1], benchmark: [huge] }, /^\/benchmark\/0 is larger/],
    ['calc.scenario', { positions: [], shocks: { a: huge } }, /^\/shocks\/a is larger/],
    ['calc.rating', { inputs: { fcf_coverage: huge } }, /^\/inputs\/fcf_coverage is larger/],
    ['calc.regime', { z_scores: { UNRATE: huge } }, /^\/z_scores\/UNRATE is larger/],
    ['calc.recession_rules', { thresholds: { sahm_points: huge } }, /^\/thresholds\/sahm_points is larger/],
    [
      'calc.optimise',
      { covariance: [[1]], objective: 'min_volatility', risk_free: huge },
      /^\/risk_free is larger/,
    ],
    ['calc.allocate', { unknowns: ['a'], exposures: [[1]], targets: [1], total: huge }, /^\/total is larger/],
    ['calc.market_condition', { distance_from_high: huge }, /^\/distance_from_high is larger/],
  ] as const)('%s refuses a text that no double holds', async (name, args, message) => {
    await refused(name, args, message);
  });

  it('says why a figure is not available', async () => {
    expect(await annualise({ total_return: 0.1 })).toMatchObject({
      annualised: null,
      reasons: { annualised: 'MISSING_INPUT' },
    });
  });
});
