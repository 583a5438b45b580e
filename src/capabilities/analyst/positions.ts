/** What each holding is and did: currency attribution, contribution, sectors, details, return, risk. */
import { metricsCurrencyAttribution } from './positions-attribution';

export const positionsCatalogue = {
  'metrics.currency_attribution': metricsCurrencyAttribution,
} as const;
