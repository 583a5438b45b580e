/** Which explainer tells of which capability. One that is not here is told of by its arguments. */
import type { Explainer } from './explainer';
import { explainValuation } from './explainers/apply-pack';
import { explainTimeWeightedReturn } from './explainers/compute-twr';
import { explainCurrencyAttribution } from './explainers/currency-attribution';
import { explainHistoricalValue } from './explainers/historical-nav';
import { explainHolding } from './explainers/holding';

export const explainers: Readonly<Record<string, Explainer>> = {
  'ledger.positions': explainHolding,
  'pricing.apply_pack': explainValuation,
  'metrics.compute_twr': explainTimeWeightedReturn,
  'metrics.currency_attribution': explainCurrencyAttribution,
  'portfolio.historical_nav': explainHistoricalValue,
};
