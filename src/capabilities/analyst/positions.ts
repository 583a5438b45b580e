/** What each holding is and did: currency attribution, contribution, sectors, details, return, risk. */
import { metricsCurrencyAttribution } from './positions-attribution';
import { portfolioContribution } from './positions-contribution';

export const positionsCatalogue = {
  'metrics.currency_attribution': metricsCurrencyAttribution,
  'portfolio.contribution': portfolioContribution,
} as const;
