/** Handlers of src/capabilities/analyst/positions.ts. */
import type { positionsCatalogue } from '../../src/capabilities/analyst/positions';
import type { HandlersOf } from '../agent';
import { comparablePositions } from './comparables';
import { currencyAttribution } from './positions-attribution';
import { contribution } from './positions-contribution';
import { positionDetails } from './positions-details';
import { positionPerformance } from './positions-performance';
import { sectorAllocation } from './positions-sectors';
import { applyPackHandler } from './positions-valuation';
import { valuedPositions } from './positions-valued';
import type { AnalystServices } from './services';

export function positionsHandlers(services: AnalystServices): HandlersOf<keyof typeof positionsCatalogue> {
  return {
    'pricing.apply_pack': applyPackHandler(services),
    'portfolio.get_valued_positions': valuedPositions(services),
    'metrics.currency_attribution': currencyAttribution(services),
    'portfolio.contribution': contribution(services),
    'portfolio.sector_allocation': sectorAllocation(services),
    'portfolio.position_details': positionDetails(services),
    'portfolio.position_performance': positionPerformance(services),
    'portfolio.comparable_positions': comparablePositions(services),
  };
}
