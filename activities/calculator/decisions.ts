/** Handlers of the calculator's decisions: optimiser, rebalancing, ratings, regimes. */
import type { decisionsCatalogue } from '../../src/capabilities/calculator/decisions';
import { allocate } from '../../src/services/allocate';
import { marketCondition } from '../../src/services/market-condition';
import { optimise } from '../../src/services/optimiser';
import type { Pair } from '../../src/services/optimiser-problem';
import { rateByRubric } from '../../src/services/rate-rubric';
import { rubrics } from '../../src/services/rating-rubric';
import { rebalance } from '../../src/services/rebalance';
import { recessionRules } from '../../src/services/recession-rules';
import type { HandlersOf } from '../agent';
import { numberOf } from './numbers';
import { answerRegime } from './regime';

type Numeric = number | string;

export const decisionsHandlers: HandlersOf<keyof typeof decisionsCatalogue> = {
  'calc.optimise': async ({ covariance, expected_returns, objective, target, bounds, ...rest }) => {
    const risk_free = numberOf(rest.risk_free) ?? 0;
    const optimum = optimise({
      objective,
      covariance: covariance.map((row) => row.map(Number)),
      expected_returns: expected_returns?.map(Number),
      target: numberOf(target),
      risk_free,
      bounds: pairsOf(bounds ?? [0, 1], covariance.length),
      constraints: (rest.constraints ?? []).map(({ weights, at_least, at_most, equals }) => ({
        weights: weights.map(Number),
        at_least: numberOf(at_least),
        at_most: numberOf(at_most),
        equals: numberOf(equals),
      })),
    });
    return { result: { ...optimum, objective, risk_free } };
  },

  'calc.rebalance': async (args) => ({ result: rebalance(args) }),

  'calc.allocate': async ({ unknowns, exposures, targets, total }) => {
    const { amounts, exactness, by_unknown, residuals } = allocate(
      exposures.map((row) => row.map(Number)),
      targets.map(Number),
      unknowns.length,
      total,
    );
    const byId = <T>(values: readonly T[]): Record<string, T> =>
      Object.fromEntries(unknowns.map((id, i) => [id, values[i] as T]));
    return { result: { solution: byId(amounts), exactness, exactness_of: byId(by_unknown), residuals } };
  },

  'calc.rating': async ({ inputs, rubric = 'quality', on_missing = 'withhold' }) => {
    const components = typeof rubric === 'string' ? rubrics[rubric] : rubric;
    const values = new Map(
      Object.entries(inputs).map(([name, value]) => [name, value === null ? null : Number(value)] as const),
    );
    const rating = rateByRubric(values, components, on_missing);
    return { result: { ...rating, on_missing } };
  },

  'calc.regime': async (args) => ({ result: answerRegime(args) }),

  'calc.recession_rules': async ({ real_gdp, unemployment, thresholds = {} }) => ({
    result: recessionRules(real_gdp, unemployment, {
      negative_quarters: thresholds.negative_quarters ?? 2,
      sahm_points: Number(thresholds.sahm_points ?? 0.5),
      sahm_lookback: thresholds.sahm_lookback ?? 12,
      sahm_average: thresholds.sahm_average ?? 3,
    }),
  }),

  'calc.market_condition': async ({ distance_from_high }) => ({
    result: marketCondition(distance_from_high),
  }),
};

/** One pair stands for all assets. */
function pairsOf(bounds: readonly unknown[], assets: number): Pair[] {
  const pair = (values: unknown): Pair => {
    const [lower, upper] = (values as (Numeric | null)[]).map((value) =>
      value === null ? null : Number(value),
    );
    return [lower ?? null, upper ?? null];
  };
  return Array.isArray(bounds[0]) || bounds.length !== 2
    ? bounds.map(pair)
    : new Array<Pair>(assets).fill(pair(bounds));
}
