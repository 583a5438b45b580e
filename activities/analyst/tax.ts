/** Handlers of src/capabilities/analyst/tax.ts. */
import type { taxCatalogue } from '../../src/capabilities/analyst/tax';
import type { HandlersOf } from '../agent';
import type { AnalystServices } from './services';
import { realizedGains } from './tax-gains';
import { calculateBenefit, identifyLosses, rankOpportunities } from './tax-harvest';
import { lotDetails } from './tax-lots';
import { summarizeTaxes } from './tax-summary';
import { unrealizedPl, washSaleCheck } from './tax-unrealized';
import { findWashSales } from './tax-wash-sales';

export function taxHandlers(services: AnalystServices): HandlersOf<keyof typeof taxCatalogue> {
  return {
    'tax.realized_gains': realizedGains(services),
    'tax.wash_sales': findWashSales(services),
    'tax.lot_details': lotDetails(services),
    'tax.summary': summarizeTaxes(services),
    'metrics.unrealized_pl': unrealizedPl(services),
    'tax.wash_sale_check': washSaleCheck(services),
    'tax.identify_losses': identifyLosses,
    'tax.calculate_benefit': calculateBenefit,
    'tax.rank_opportunities': rankOpportunities,
  };
}
