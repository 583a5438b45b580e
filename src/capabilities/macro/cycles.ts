/** `cycles.*`: in which phases of four cycles an economy is. */
import { Type } from '@sinclair/typebox';
import { type CycleName, cyclePhases, type PhaseOf } from '../../contract/macro-names';
import { Nullable, Reasons, StringEnum } from '../../contract/scalars';
import {
  AsofDate,
  closed,
  Coverage,
  economyReads,
  Figure,
  IndicatorId,
  macroCapability,
  MissingIndicators,
  packArgs,
  Reading,
  ReadingConvention,
} from './define';

export const Driver = Type.Object(
  {
    indicator: IndicatorId,
    weight: Type.Number({ description: 'below 0: a low value speaks for the phase' }),
    z_score: Figure('see `inputs`'),
    value: Figure('in the unit given in `inputs`'),
    contribution: Type.Number({ description: 'part of the score; the parts add up to it' }),
  },
  closed,
);

const score =
  'by weights: mean of z-scores, Σ w·z / Σ |w|; by ranges: 0 to 1, mean of max(0, 1 − 5·distance to the range)';

function resultOf<C extends CycleName>(cycle: C) {
  const names = cyclePhases[cycle] as readonly PhaseOf<C>[];
  const Phase = StringEnum(names);
  return Type.Object(
    {
      cycle: StringEnum([cycle]),
      name: Type.String(),
      asof_date: AsofDate,
      phase: Type.Union([Phase, Type.Null()], {
        description:
          'with the highest score; null where too little is known (MISSING_INPUT) or no score is above 0 (NO_PHASE_FITS)',
      }),
      label: Nullable(Type.String({ description: 'the phase in words' })),
      phase_number: Nullable(Type.Integer({ minimum: 1, description: '1 for the first in the usual order' })),
      score: Figure(score),
      runner_up: Nullable(Phase),
      margin: Figure('score less that of the runner-up'),
      coverage: Coverage,
      missing: MissingIndicators,
      phases: Type.Array(
        Type.Object(
          { phase: Phase, label: Type.String(), score: Figure(score), coverage: Coverage, reasons: Reasons },
          closed,
        ),
        { description: 'in their usual order' },
      ),
      drivers: Type.Array(Driver, { description: 'what made the score of the phase, the strongest first' }),
      inputs: Type.Array(Reading),
      convention: Type.Object(
        {
          version: Type.String({ description: 'of the phases’ weights and ranges' }),
          method: Type.String(),
          least_coverage: Type.Number({ description: 'below it nothing is scored; a fraction' }),
          readings: ReadingConvention,
        },
        closed,
      ),
      reasons: Reasons,
    },
    closed,
  );
}

const common = {
  args: Type.Object(packArgs, closed),
  displayTtlSeconds: 86_400,
  reads: economyReads,
  version: '2',
} as const;

export const cyclesComputeShortTerm = macroCapability({
  ...common,
  name: 'cycles.compute_short_term',
  summary:
    'Phase of the short-term debt cycle, recovery to recession, by z-scores of curve, work, output, prices and credit.',
  result: resultOf('short_term'),
});
export const cyclesComputeLongTerm = macroCapability({
  ...common,
  name: 'cycles.compute_long_term',
  summary:
    'Phase of the long-term debt cycle, by z-scores of debt, its service, real rates, credit and growth.',
  result: resultOf('long_term'),
});
export const cyclesComputeEmpire = macroCapability({
  ...common,
  name: 'cycles.compute_empire',
  summary:
    'Phase of a great power’s rise and decline, by z-scores of its shares of the world, education and order.',
  result: resultOf('empire'),
});
export const cyclesComputeCivil = macroCapability({
  ...common,
  name: 'cycles.compute_civil',
  summary: 'Phase of a society’s internal order, by ranges of inequality, trust and polarisation.',
  result: resultOf('civil'),
});
