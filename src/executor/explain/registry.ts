/** Which explainer tells of which capability. One that is not here is told of by its arguments. */
import type { Explainer } from './explainer';
import { explainValuation } from './explainers/apply-pack';
import { explainBenchmark } from './explainers/compute-benchmark';
import { explainMoneyWeightedReturn } from './explainers/compute-mwr';
import { explainRisk } from './explainers/compute-risk';
import { explainTimeWeightedReturn } from './explainers/compute-twr';
import { explainContribution } from './explainers/contribution';
import { explainCurrencyAttribution } from './explainers/currency-attribution';
import { explainFactorExposures } from './explainers/factor-exposures';
import { explainHistoricalValue } from './explainers/historical-nav';
import { explainHolding } from './explainers/holding';
import { explainStatement } from './explainers/performance-statement';
import { explainPositionDetails } from './explainers/position-details';
import { explainPositionPerformance } from './explainers/position-performance';
import { explainRealisedGains } from './explainers/realised-gains';
import { explainSectors } from './explainers/sector-allocation';
import { explainTransactions } from './explainers/transactions';

export const explainers: Readonly<Record<string, Explainer>> = {
  'ledger.positions': explainHolding,
  'ledger.transactions': explainTransactions,
  'pricing.apply_pack': explainValuation,
  'metrics.compute_twr': explainTimeWeightedReturn,
  'metrics.compute_benchmark': explainBenchmark,
  'metrics.compute_mwr': explainMoneyWeightedReturn,
  'metrics.compute_risk': explainRisk,
  'metrics.currency_attribution': explainCurrencyAttribution,
  'portfolio.contribution': explainContribution,
  'portfolio.get_valued_positions': explainValuation,
  'portfolio.historical_nav': explainHistoricalValue,
  'portfolio.performance_statement': explainStatement,
  'portfolio.position_details': explainPositionDetails,
  'portfolio.position_performance': explainPositionPerformance,
  'portfolio.realised_gains': explainRealisedGains,
  'portfolio.sector_allocation': explainSectors,
  'risk.compute_factor_exposures': explainFactorExposures,
};
