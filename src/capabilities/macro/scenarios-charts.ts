/** `charts.scenario`. */
import { Type } from '@sinclair/typebox';
import { capabilitiesOf } from '../capability';
import { closed } from '../analyst/window';
import { ScenarioResult } from './scenarios-result';

const VegaLite = (description: string) =>
  Type.Record(Type.String(), Type.Unknown(), { description: `Vega-Lite specification: ${description}` });

export const chartsScenario = capabilitiesOf('macro_hound')({
  name: 'charts.scenario',
  summary:
    'Draws a scenario’s result: the change of each position, and from the value before to the value after by factor.',
  args: Type.Object({ scenario_result: ScenarioResult }, closed),
  result: Type.Object(
    {
      position_deltas: VegaLite('a bar for each position, in base currency'),
      waterfall: VegaLite('steps from the value before to the value after, by factor'),
    },
    closed,
  ),
});
