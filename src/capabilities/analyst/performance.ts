/** How a portfolio did over time: time- and money-weighted return, risk, benchmark, factors. */
import { metricsComputeBenchmark } from './performance-benchmark';
import { riskGetFactorExposureHistory } from './performance-factor-history';
import { riskComputeFactorExposures } from './performance-factors';
import { metricsComputeMwr } from './performance-mwr';
import { metricsComputeRisk } from './performance-risk';
import { metricsComputeTwr } from './performance-twr';

export const performanceCatalogue = {
  'metrics.compute_twr': metricsComputeTwr,
  'metrics.compute_mwr': metricsComputeMwr,
  'metrics.compute_risk': metricsComputeRisk,
  'metrics.compute_benchmark': metricsComputeBenchmark,
  'risk.compute_factor_exposures': riskComputeFactorExposures,
  'risk.get_factor_exposure_history': riskGetFactorExposureHistory,
} as const;
