/** `macro.detect_regime`. */
import { Type } from '@sinclair/typebox';
import { regimeNames } from '../../contract/macro-names';
import { Nullable, Reasons, StringEnum } from '../../contract/scalars';
import {
  AsofDate,
  closed,
  Coverage,
  economyReads,
  Figure,
  macroCapability,
  MissingIndicators,
  packArgs,
  Reading,
  ReadingConvention,
} from './define';

export const Regime = StringEnum(regimeNames);
const ByRegime = (description: string) =>
  Type.Union([Type.Record(Type.String(), Type.Number()), Type.Null()], { description });

/** Without its inputs also a point of a history. */
export const regimeFigures = {
  regime: Type.Union([Regime, Type.Null()], {
    description: 'with the highest score; of equal ones the first',
  }),
  label: Nullable(Type.String({ description: 'the regime in words' })),
  scores: ByRegime('0 to 100 by regime: 100 Σ w·2^(−distance of the z-score to its range) / Σ w'),
  runner_up: Nullable(Regime),
  margin: Figure('score of the regime less that of the runner-up, in points of the score'),
  coverage: Coverage,
  missing: MissingIndicators,
};

export const macroDetectRegime = macroCapability({
  name: 'macro.detect_regime',
  summary:
    'In which of five phases the economy is, by the z-scores of the yield curve’s slope, unemployment, inflation and the ' +
    'credit spread as known at a pack. Rules, not an oracle: every phase’s score stands beside.',
  args: Type.Object(packArgs, closed),
  result: Type.Object(
    {
      asof_date: AsofDate,
      ...regimeFigures,
      shares: ByRegime('each regime’s score over the sum of all: parts that add up to 1, no probabilities'),
      rule: Nullable(Type.String({ description: 'the ranges and weights that gave the score' })),
      inputs: Type.Array(Reading),
      convention: Type.Object(
        {
          rules_version: Type.String(),
          least_coverage: Type.Number({ description: 'below it no regime is named; a fraction' }),
          readings: ReadingConvention,
        },
        closed,
      ),
      reasons: Reasons,
    },
    closed,
  ),
  displayTtlSeconds: 3600,
  reads: economyReads,
  version: '2',
});
