/** `cycles.aggregate_overview`. */
import { Type } from '@sinclair/typebox';
import { cycleNames } from '../../contract/macro-names';
import { Nullable, Reasons, StringEnum } from '../../contract/scalars';
import {
  cyclesComputeCivil,
  cyclesComputeEmpire,
  cyclesComputeLongTerm,
  cyclesComputeShortTerm,
  Driver,
} from './cycles';
import { AsofDate, closed, Coverage, Figure, macroCapability, MissingIndicators, VegaLite } from './define';

const Cycle = StringEnum(cycleNames);

export const cyclesAggregateOverview = macroCapability({
  name: 'cycles.aggregate_overview',
  summary: 'Four cycles at a glance: a card for each, what drives those whose phase is known, and a chart.',
  args: Type.Object(
    {
      stdc: cyclesComputeShortTerm.result,
      ltdc: cyclesComputeLongTerm.result,
      empire: cyclesComputeEmpire.result,
      civil: cyclesComputeCivil.result,
    },
    closed,
  ),
  result: Type.Object(
    {
      asof_date: AsofDate,
      cards: Type.Array(
        Type.Object(
          {
            cycle: Cycle,
            name: Type.String(),
            phase: Nullable(Type.String()),
            label: Nullable(Type.String()),
            score: Figure('of the phase; see the cycle'),
            margin: Figure('score less that of the runner-up'),
            coverage: Coverage,
            missing: MissingIndicators,
            reasons: Reasons,
          },
          closed,
        ),
      ),
      drivers: Type.Array(Type.Composite([Type.Object({ cycle: Cycle }), Driver], closed), {
        description: 'what made the phases, the strongest of each cycle first',
      }),
      available: Type.Integer({ minimum: 0, description: 'cycles whose phase is known' }),
      chart: VegaLite('how much speaks for each phase of each cycle'),
      reasons: Reasons,
    },
    closed,
  ),
  displayTtlSeconds: 86_400,
  version: '2',
});
