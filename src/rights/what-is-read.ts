/**
 * What of a pricing pack a capability reads: a pack holds the data of many, and a result rests on some of it. Capabilities
 * are named one by one: the name of another project's is none of ours, whatever word it begins with, and a new one of ours
 * may read more than those beside it.
 */

/** `actions` (dividends, splits) come with the prices. `factors`: series of K. R. French; `economy`: all other series. */
export const packParts = ['prices', 'rates', 'indices', 'factors', 'economy'] as const;
export type PackPart = (typeof packParts)[number];

const market: readonly PackPart[] = ['prices', 'rates'];
const withFactors: readonly PackPart[] = ['prices', 'rates', 'factors'];
const economy: readonly PackPart[] = ['economy'];
const both: readonly PackPart[] = ['prices', 'rates', 'economy'];

/** What is not listed may have read everything: to list it, look what its handler reads. */
const readBy: ReadonlyMap<string, readonly PackPart[]> = new Map([
  ['ledger.positions', []],
  ['ledger.transactions', market],
  ['pricing.apply_pack', market],
  ['portfolio.get_valued_positions', market],
  ['portfolio.historical_nav', market],
  ['portfolio.contribution', market],
  ['portfolio.position_details', market],
  ['portfolio.position_performance', market],
  ['portfolio.comparable_positions', market],
  ['portfolio.realised_gains', market],
  ['portfolio.performance_statement', market],
  ['portfolio.corporate_actions', market],
  ['corporate_actions.upcoming', market],
  ['corporate_actions.calculate_impact', market],
  ['tax.realized_gains', market],
  ['tax.wash_sales', market],
  ['tax.wash_sale_check', market],
  ['tax.lot_details', market],
  ['tax.summary', market],
  ['optimizer.suggest_hedges', market],
  ['optimizer.propose_trades', market],
  ['optimizer.analyze_impact', market],
  ['metrics.unrealized_pl', market],
  ['metrics.currency_attribution', market],
  ['metrics.compute_twr', market],
  ['metrics.compute_mwr', market],
  ['metrics.compute_risk', withFactors],
  ['metrics.compute_benchmark', [...withFactors, 'indices']],
  ['risk.compute_factor_exposures', withFactors],
  ['risk.get_factor_exposure_history', withFactors],
  ['macro.get_indicators', economy],
  ['macro.detect_regime', economy],
  ['macro.get_regime_history', economy],
  ['cycles.compute_short_term', economy],
  ['cycles.compute_long_term', economy],
  ['cycles.compute_empire', economy],
  ['cycles.compute_civil', economy],
  ['macro.run_scenario', market],
  ['macro.compute_dar', both],
  ['scenarios.deleveraging_money_printing', both],
  ['scenarios.deleveraging_austerity', both],
  ['scenarios.deleveraging_default', both],
  ['scenarios.macro_aware_apply', both],
  ['scenarios.macro_aware_rank', both],
]);

/** Agents of ours that answer from their arguments alone; no agent from outside may have such a name. */
const agentsFromArguments: ReadonlySet<string> = new Set(['calculator', 'ratings', 'reports']);

/** Capabilities that do, so that a result rests on what fed it and on nothing else. */
const fromArguments: ReadonlySet<string> = new Set([
  // With the sectors of the security master, which is nobody's data.
  'portfolio.sector_allocation',
  // With the portfolio's base currency.
  'optimizer.suggest_deleveraging_hedges',
  'charts.overview',
  'charts.macro_overview',
  'charts.scenario',
  'tax.identify_losses',
  'tax.calculate_benefit',
  'tax.rank_opportunities',
  'news.compute_portfolio_impact',
  'macro.detect_trend_shifts',
  'cycles.aggregate_overview',
  'risk.overlay_cycle_phases',
  'alerts.suggest_presets',
  // These name their provider when they have anything of it, and have none of anybody's when they do not.
  'fundamentals.load',
  'corporate_actions.dividends',
  'corporate_actions.splits',
  'corporate_actions.earnings',
  'news.search',
]);

export function partsReadBy(capability: string): readonly PackPart[] {
  return readBy.get(capability) ?? packParts;
}

export function answersFromArguments(capability: string, agent: string | null): boolean {
  return (agent !== null && agentsFromArguments.has(agent)) || fromArguments.has(capability);
}

/** Whether somebody has looked what it reads. */
export function isListed(capability: string, agent: string): boolean {
  return readBy.has(capability) || answersFromArguments(capability, agent);
}
