/** A scenario's outcome as the capabilities publish it. */
import type { Catalogue, ResultOf } from '../../src/capabilities';
import { libraryVersion } from '../../src/services/scenario-library';
import { scenarioOutcome } from '../../src/services/scenario-outcome';
import { conditionOf } from '../../src/services/scenario-phases';
import { sensitivitiesVersion } from '../../src/services/scenario-sensitivities';
import { type AskedScenario, statedShocks } from '../../src/services/scenario-shocks';
import type { HeldAtPack } from './scenarios-holdings';

type ScenarioResult = ResultOf<Catalogue['macro.run_scenario']>;

const convention = {
  name: 'shocks on holdings at market value',
  library_version: libraryVersion,
  sensitivities_version: sensitivitiesVersion,
  equity:
    'beta × return of the share market; rates, inflation and spreads move that market only where the scenario states no return ' +
    'for it, and set sectors apart beyond it',
  bonds:
    '−duration × Δy + ½ × convexity × Δy²; a wider spread raises the yield, which is a loss; for rises of the yield beyond ' +
    'duration ÷ convexity this understates the loss',
  currency:
    '(1 + local return) × (1 + return of the currency in the base currency) − 1; gold and commodities count as priced in US ' +
    'dollars, whatever they are quoted in',
};

export function scenarioResult(
  { pack, base_currency, holdings }: HeldAtPack,
  { id, name, shocks, severity, probability }: AskedScenario,
): ScenarioResult {
  const outcome = scenarioOutcome(holdings, base_currency, shocks);
  return {
    scenario: {
      ...{ id, name, severity, probability },
      shocks: statedShocks(shocks),
      probability_condition: probability === null ? null : conditionOf(id),
    },
    asof_date: pack.date,
    pricing_pack_id: pack.id,
    base_currency,
    ...outcome,
    convention,
    reasons: {
      ...outcome.reasons,
      ...(probability === null && { 'scenario.probability': 'NO_PROBABILITY' }),
      ...(severity === null && { 'scenario.severity': 'NOT_APPLICABLE' }),
      ...(id === null && { 'scenario.id': 'NOT_APPLICABLE' }),
    },
  };
}
