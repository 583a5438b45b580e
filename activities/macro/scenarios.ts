/** Handlers of src/capabilities/macro/scenarios.ts. */
import type { Pool } from 'pg';
import type { scenariosCatalogue } from '../../src/capabilities/macro/scenarios';
import { scenarioCharts } from '../../src/services/chart-scenario';
import type { HandlersOf } from '../agent';
import { macroAwareRank } from './scenarios-rank';
import { applyUnderRegime, runDeleveraging, runScenario } from './scenarios-run';

export function scenariosHandlers({
  database,
}: {
  database: Pool;
}): HandlersOf<keyof typeof scenariosCatalogue> {
  return {
    'macro.run_scenario': runScenario(database),
    'scenarios.deleveraging_money_printing': runDeleveraging(database, 'money_printing'),
    'scenarios.deleveraging_austerity': runDeleveraging(database, 'austerity'),
    'scenarios.deleveraging_default': runDeleveraging(database, 'default'),
    'scenarios.macro_aware_apply': applyUnderRegime(database),
    'scenarios.macro_aware_rank': macroAwareRank(database),
    'charts.scenario': ({ scenario_result }) =>
      Promise.resolve({ result: scenarioCharts(scenario_result), asof_date: scenario_result.asof_date }),
  };
}
