/** `scenarios.macro_aware_apply`. */
import { Type } from '@sinclair/typebox';
import { regimeNames } from '../../contract/macro-names';
import { IsoDate, Reasons, StringEnum } from '../../contract/scalars';
import { closed, historyCall, portfolioArgs } from '../analyst/window';
import { capabilitiesOf } from '../capability';
import { ScenarioResult } from './scenarios-result';

const Regime = StringEnum(regimeNames);

export const scenariosMacroAwareApply = capabilitiesOf('macro_hound')({
  name: 'scenarios.macro_aware_apply',
  summary:
    'One scenario of the library on a portfolio as grave and as likely as the regime makes it: the row of ' +
    'scenarios.macro_aware_rank, position by position, in the shape that hedges and charts take.',
  args: Type.Object(
    {
      ...portfolioArgs,
      scenario_id: Type.String({
        minLength: 1,
        maxLength: 64,
        description: 'of the library; one that it does not hold is refused and all ids are named',
      }),
      regime: Type.Optional(
        Type.Union([Regime, Type.Null()], { description: 'left out or null: the library as it stands' }),
      ),
    },
    closed,
  ),
  result: Type.Object(
    {
      asof_date: IsoDate,
      regime: Type.Union([Regime, Type.Null()]),
      probability_multiplier: Type.Number({
        description: 'of the library’s probability, which is at most 1',
      }),
      severity_multiplier: Type.Number({ description: 'of every shock' }),
      multipliers_version: Type.String(),
      scenario_result: ScenarioResult,
      reasons: Reasons,
    },
    closed,
  ),
  ...historyCall,
});
