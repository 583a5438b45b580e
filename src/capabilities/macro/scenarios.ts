/** What a scenario does to a portfolio. */
import { scenariosMacroAwareApply } from './scenarios-apply';
import { chartsScenario } from './scenarios-charts';
import {
  deleveragingAusterity,
  deleveragingDefault,
  deleveragingMoneyPrinting,
} from './scenarios-deleveraging';
import { scenariosMacroAwareRank } from './scenarios-rank';
import { macroRunScenario } from './scenarios-run';

export const scenariosCatalogue = {
  'macro.run_scenario': macroRunScenario,
  'scenarios.deleveraging_money_printing': deleveragingMoneyPrinting,
  'scenarios.deleveraging_austerity': deleveragingAusterity,
  'scenarios.deleveraging_default': deleveragingDefault,
  'scenarios.macro_aware_apply': scenariosMacroAwareApply,
  'scenarios.macro_aware_rank': scenariosMacroAwareRank,
  'charts.scenario': chartsScenario,
} as const;
