/** Handlers of `macro.run_scenario` and of the three ways out of too much debt. */
import type { Pool } from 'pg';
import { findScenario } from '../../src/services/scenario-find';
import { deleveragingCondition, isDeleveraging } from '../../src/services/scenario-phases';
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
    const result = scenarioResult(held, { ...found, probability }, deleveragingCondition);
    return { result, ...packSource(held.pack) };
  };
  return handler as unknown as Handler<`scenarios.deleveraging_${Way}`>;
}
