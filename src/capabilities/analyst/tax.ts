/** What can be asked about taxes on a portfolio: a year’s report, and losses worth taking. */
import { taxCalculateBenefit } from './tax-benefit';
import { taxRealizedGains } from './tax-gains';
import { taxIdentifyLosses } from './tax-losses';
import { taxLotDetails } from './tax-lots';
import { taxRankOpportunities } from './tax-rank';
import { taxSummary } from './tax-summary';
import { metricsUnrealizedPl } from './tax-unrealized';
import { taxWashSaleCheck } from './tax-wash-check';
import { taxWashSales } from './tax-wash-sales';

export const taxCatalogue = {
  'tax.realized_gains': taxRealizedGains,
  'tax.wash_sales': taxWashSales,
  'tax.lot_details': taxLotDetails,
  'tax.summary': taxSummary,
  'metrics.unrealized_pl': metricsUnrealizedPl,
  'tax.identify_losses': taxIdentifyLosses,
  'tax.wash_sale_check': taxWashSaleCheck,
  'tax.calculate_benefit': taxCalculateBenefit,
  'tax.rank_opportunities': taxRankOpportunities,
} as const;
