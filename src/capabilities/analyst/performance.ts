/** How a portfolio did over time: time- and money-weighted return, risk, benchmark, factors. */
import { metricsComputeTwr } from './performance-twr';

export const performanceCatalogue = {
  'metrics.compute_twr': metricsComputeTwr,
} as const;
