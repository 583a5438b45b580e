/** Handlers of `macro.run_scenario`, of a scenario under a regime, and of the three ways out of too much debt. */
import type { Pool } from 'pg';
import type { RegimeName } from '../../src/contract/macro-names';
import { findScenario } from '../../src/services/scenario-find';
import { isDeleveraging } from '../../src/services/scenario-phases';
import {
  multipliersVersion,
  type ScenarioUnderRegime,
  underRegime,
} from '../../src/services/scenario-regimes';
import { askedScenario } from '../../src/services/scenario-shocks';
import { packSource } from '../analyst/pack-source';
import type { Handler } from '../agent';
import { heldAtPack } from './scenarios-holdings';
import { scenarioResult } from './scenarios-result';

export function runScenario(database: Pool): Handler<'macro.run_scenario'> {
  return async (args, call) => {
    const asked = askedScenario(args.scenario_id, args.custom_shocks);
    const held = await heldAtPack(database, args, call);
    return { result: scenarioResult(held, asked), ...packSource(held.pack) };
  };
}

export function applyUnderRegime(database: Pool): Handler<'scenarios.macro_aware_apply'> {
  return async (args, call) => {
    const regime = args.regime ?? null;
    const then = underRegime(findScenario(args.scenario_id), regime);
    const held = await heldAtPack(database, args, call);
    const result = {
      asof_date: held.pack.date,
      regime,
      probability_multiplier: then.probability_multiplier,
      severity_multiplier: then.severity_multiplier,
      multipliers_version: multipliersVersion,
      scenario_result: scenarioResult(held, { ...then, name: nameUnder(then, regime) }),
      reasons: regime === null ? { regime: 'NOT_APPLICABLE' } : {},
    };
    return { result, ...packSource(held.pack) };
  };
}

/** A scenario that the regime changes is told apart in titles. */
function nameUnder(
  { name, probability_multiplier, severity_multiplier }: ScenarioUnderRegime,
  regime: RegimeName | null,
): string {
  const isChanged = probability_multiplier !== 1 || severity_multiplier !== 1;
  return isChanged && regime !== null ? `${name}, as ${regime} has it` : name;
}

type Deleveraging = 'money_printing' | 'austerity' | 'default';

export function runDeleveraging<Way extends Deleveraging>(
  database: Pool,
  way: Way,
): Handler<`scenarios.deleveraging_${Way}`> {
  // The three contracts are alike but for the name.
  const handler: Handler<'scenarios.deleveraging_money_printing'> = async (args, call) => {
    const found = findScenario(`dalio_${way}`);
    const probability = isDeleveraging(args.ltdc_phase ?? null) ? found.probability : null;
    const held = await heldAtPack(database, args, call);
    const result = scenarioResult(held, { ...found, probability });
    return { result, ...packSource(held.pack) };
  };
  return handler as unknown as Handler<`scenarios.deleveraging_${Way}`>;
}
