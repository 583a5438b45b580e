/** What each holding is and did: currency attribution, contribution, sectors, details, return, risk. */
import { portfolioComparablePositions } from './comparables';
import { metricsCurrencyAttribution } from './positions-attribution';
import { portfolioContribution } from './positions-contribution';
import { portfolioPositionDetails } from './positions-details';
import { portfolioPositionPerformance } from './positions-performance';
import { portfolioSectorAllocation } from './positions-sectors';
import { pricingApplyPack } from './positions-valuation';

export const positionsCatalogue = {
  'pricing.apply_pack': pricingApplyPack,
  'metrics.currency_attribution': metricsCurrencyAttribution,
  'portfolio.contribution': portfolioContribution,
  'portfolio.sector_allocation': portfolioSectorAllocation,
  'portfolio.position_details': portfolioPositionDetails,
  'portfolio.position_performance': portfolioPositionPerformance,
  'portfolio.comparable_positions': portfolioComparablePositions,
} as const;
