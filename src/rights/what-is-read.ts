/** What of a pricing pack a capability reads: a pack holds the data of many, and a result rests on some of it. */

/** `actions` (dividends, splits) come with the prices. `factors`: series of K. R. French; `economy`: all other series. */
export const packParts = ['prices', 'rates', 'indices', 'factors', 'economy'] as const;
export type PackPart = (typeof packParts)[number];

const market: readonly PackPart[] = ['prices', 'rates'];
const economy: readonly PackPart[] = ['economy'];
const both: readonly PackPart[] = ['prices', 'rates', 'economy'];

/** By name, or by the part before the dot. What is not listed may have read everything: to list it, look what its handler reads. */
const readBy: Readonly<Record<string, readonly PackPart[]>> = {
  'ledger.transactions': market,
  'pricing.apply_pack': market,
  portfolio: market,
  corporate_actions: market,
  optimizer: market,
  tax: market,
  'metrics.currency_attribution': market,
  'metrics.compute_twr': market,
  'metrics.compute_mwr': market,
  'metrics.compute_risk': [...market, 'factors'],
  'metrics.compute_benchmark': [...market, 'factors', 'indices'],
  'risk.compute_factor_exposures': [...market, 'factors'],
  'risk.get_factor_exposure_history': [...market, 'factors'],
  'macro.get_indicators': economy,
  'macro.detect_regime': economy,
  'macro.get_regime_history': economy,
  cycles: economy,
  'macro.run_scenario': market,
  'macro.compute_dar': both,
  scenarios: both,
};

/** Agents and capabilities that answer from their arguments alone, so that a result rests on what fed it and on nothing else. */
const fromArguments: readonly string[] = [
  'calc',
  'returns',
  'charts',
  'reports',
  'ratings',
  'news.compute_portfolio_impact',
  'macro.detect_trend_shifts',
  'cycles.aggregate_overview',
  'risk.overlay_cycle_phases',
];

export function partsReadBy(capability: string): readonly PackPart[] {
  return readBy[capability] ?? readBy[namespaceOf(capability)] ?? packParts;
}

export function answersFromArguments(capability: string, agent: string | null): boolean {
  return (
    agent === 'calculator' ||
    fromArguments.includes(capability) ||
    fromArguments.includes(namespaceOf(capability))
  );
}

function namespaceOf(capability: string): string {
  return capability.slice(0, capability.indexOf('.'));
}
