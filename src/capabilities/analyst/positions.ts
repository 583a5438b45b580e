/** What each holding is, is worth and did: currency attribution, contribution, sectors, details, return, risk. */
import { portfolioComparablePositions } from './comparables';
import { metricsCurrencyAttribution } from './positions-attribution';
import { portfolioContribution } from './positions-contribution';
import { portfolioPositionDetails } from './positions-details';
import { portfolioPositionPerformance } from './positions-performance';
import { portfolioSectorAllocation } from './positions-sectors';
import { pricingApplyPack } from './positions-valuation';
import { portfolioGetValuedPositions } from './positions-valued';

export const positionsCatalogue = {
  'pricing.apply_pack': pricingApplyPack,
  'portfolio.get_valued_positions': portfolioGetValuedPositions,
  'metrics.currency_attribution': metricsCurrencyAttribution,
  'portfolio.contribution': portfolioContribution,
  'portfolio.sector_allocation': portfolioSectorAllocation,
  'portfolio.position_details': portfolioPositionDetails,
  'portfolio.position_performance': portfolioPositionPerformance,
  'portfolio.comparable_positions': portfolioComparablePositions,
} as const;
