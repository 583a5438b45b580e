/** Words of scenarios that contracts and services share. */

/** What a scenario may shock. */
export const scenarioFactors = [
  'rates',
  'inflation',
  'credit',
  'usd',
  'equity',
  'commodity',
  'volatility',
] as const;
export type ScenarioFactor = (typeof scenarioFactors)[number];

/**
 * What a change of value is made of: the factors, and four that only follow from them. `convexity`: the curvature of bonds;
 * `currency_translation`: the currency of the position against the base currency; `interaction`: its product with the local
 * change; `loss_limit`: what a sum of linear changes would have lost beyond everything.
 */
export const scenarioEffects = [
  ...scenarioFactors,
  'convexity',
  'currency_translation',
  'interaction',
  'loss_limit',
] as const;
export type ScenarioEffect = (typeof scenarioEffects)[number];

export const scenarioSeverities = ['low', 'moderate', 'high', 'extreme'] as const;
export type ScenarioSeverity = (typeof scenarioSeverities)[number];
