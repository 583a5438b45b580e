/** Words of the calculator's decisions that contracts and services share. */

export const objectives = [
  'min_volatility',
  'max_sharpe',
  'target_return',
  'target_volatility',
  'risk_parity',
  'inverse_volatility',
] as const;
export type Objective = (typeof objectives)[number];

export const exactnesses = ['exact', 'inexact', 'ambiguous'] as const;
export type Exactness = (typeof exactnesses)[number];

export const marketConditions = ['ALL_TIME_HIGH', 'NEUTRAL_MARKET', 'BEAR_MARKET'] as const;
export type MarketCondition = (typeof marketConditions)[number];

/** Rubrics of src/services/rating-rubric.ts. */
export const rubricNames = ['quality', 'dividend_safety', 'moat_strength', 'resilience'] as const;
export type RubricName = (typeof rubricNames)[number];

/** A gap withholds the rating, or the other components' weights are scaled up to 1. */
export const gapPolicies = ['withhold', 'reweigh'] as const;
export type GapPolicy = (typeof gapPolicies)[number];

export const probabilityMethods = ['proportional', 'softmax'] as const;
export type ProbabilityMethod = (typeof probabilityMethods)[number];
