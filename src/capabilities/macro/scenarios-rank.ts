/** `scenarios.macro_aware_rank`. */
import { Type } from '@sinclair/typebox';
import { cyclePhases, regimeNames } from '../../contract/macro-names';
import { Currency, DecimalString, IsoDate, Nullable, Reasons, StringEnum } from '../../contract/scalars';
import { scenarioEffects, scenarioSeverities } from '../../contract/scenario-names';
import { closed, Figure, historyCall, portfolioArgs } from '../analyst/window';
import { capabilitiesOf } from '../capability';
import { Shocks } from './scenarios-result';

export const scenariosMacroAwareRank = capabilitiesOf('macro_hound')({
  name: 'scenarios.macro_aware_rank',
  summary:
    'All scenarios of the library on one portfolio, ranked by probability × loss; the regime changes both by a table of multipliers.',
  args: Type.Object(
    {
      ...portfolioArgs,
      regime: Type.Optional(
        Type.Union([StringEnum(regimeNames), Type.Null()], {
          description: 'left out or null: the library as it stands',
        }),
      ),
      ltdc_phase: Type.Optional(
        Type.Union([StringEnum(cyclePhases.long_term), Type.Null()], {
          description:
            'phase of the long-term debt cycle: in DELEVERAGING, DEBT_CRISIS and DEPRESSION the ways through a deleveraging have ' +
            'a probability, in every other and where no phase is known they have none and no rank',
        }),
      ),
    },
    closed,
  ),
  result: Type.Object(
    {
      asof_date: IsoDate,
      base_currency: Currency,
      regime: Type.Union([StringEnum(regimeNames), Type.Null()]),
      ltdc_phase: Type.Union([StringEnum(cyclePhases.long_term), Type.Null()]),
      pre_value: Type.Union([DecimalString, Type.Null()], { description: 'at market, base currency' }),
      scenarios: Type.Array(
        Type.Object(
          {
            rank: Nullable(Type.Integer({ minimum: 1, description: '1 is the first to look at' })),
            id: Type.String(),
            name: Type.String(),
            severity: StringEnum(scenarioSeverities),
            shocks: Shocks,
            probability: Figure('0 to 1, after the regime’s multiplier, at most 1'),
            probability_condition: Type.Union([Type.String(), Type.Null()], {
              description: 'what has to be so for the library’s probability to hold; null: nothing',
            }),
            probability_multiplier: Type.Number({ description: 'what the regime does to the probability' }),
            severity_multiplier: Type.Number({ description: 'of every shock' }),
            change: Type.Union([DecimalString, Type.Null()], { description: 'base currency' }),
            change_fraction: Figure('of pre_value'),
            expected_loss: Type.Union([DecimalString, Type.Null()], {
              description: 'probability × loss, base currency, 0 for a gain',
            }),
            worst_factor: Type.Union([StringEnum(scenarioEffects), Type.Null()], {
              description: 'from which most of the loss comes; null: nothing loses',
            }),
            reasons: Reasons,
          },
          closed,
        ),
        { description: 'largest expected loss first; those without one stand last and have no rank' },
      ),
      hedging_priorities: Type.Array(
        Type.Object({ factor: StringEnum(scenarioEffects), expected_loss: DecimalString }, closed),
        { description: 'the expected losses added up by worst_factor, base currency, largest first' },
      ),
      convention: Type.Object(
        {
          name: Type.String(),
          library_version: Type.String(),
          sensitivities_version: Type.String(),
          multipliers_version: Type.String(),
        },
        closed,
      ),
      reasons: Reasons,
    },
    closed,
  ),
  ...historyCall,
  version: '2',
});
