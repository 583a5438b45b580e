/** Handlers of src/capabilities/analyst/performance.ts. */
import type { performanceCatalogue } from '../../src/capabilities/analyst/performance';
import type { HandlersOf } from '../agent';
import { computeBenchmark } from './performance-benchmark';
import { getFactorExposureHistory } from './performance-factor-history';
import { computeFactorExposures } from './performance-factors';
import { computeMwr } from './performance-mwr';
import { computeRisk } from './performance-risk';
import { computeTwr } from './performance-twr';
import type { AnalystServices } from './services';

export function performanceHandlers(
  services: AnalystServices,
): HandlersOf<keyof typeof performanceCatalogue> {
  return {
    'metrics.compute_twr': computeTwr(services),
    'metrics.compute_mwr': computeMwr(services),
    'metrics.compute_risk': computeRisk(services),
    'metrics.compute_benchmark': computeBenchmark(services),
    'risk.compute_factor_exposures': computeFactorExposures(services),
    'risk.get_factor_exposure_history': getFactorExposureHistory(services),
  };
}
