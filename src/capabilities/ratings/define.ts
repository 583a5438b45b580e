/** What the contracts of ratings share. */
import { type TUnion, type TNumber, type TNull, Type } from '@sinclair/typebox';
import { fundamentalNames, fundamentalUnits, grades } from '../../contract/rating-names';
import { DecimalString, Reasons, StringEnum } from '../../contract/scalars';
import { capabilitiesOf } from '../capability';

export const closed = { additionalProperties: false } as const;
export const define = capabilitiesOf('ratings');

export const Points = (description: string): TUnion<[TNumber, TNull]> =>
  Type.Union([Type.Number({ minimum: 0, maximum: 10 }), Type.Null()], { description });

export const Grade = Type.Union([StringEnum(grades), Type.Null()], {
  description: 'A from 90 of 100, B from 80, C from 70, D from 60, else F',
});

export const score = {
  overall: Points('score from 0 to 10'),
  rating_100: Type.Union([Type.Number({ minimum: 0, maximum: 100 }), Type.Null()], {
    description: 'overall × 10',
  }),
  grade: Grade,
};

export const Method = Type.Object(
  {
    name: Type.String({ description: 'the rubric' }),
    version: Type.String({ description: 'of its thresholds and weights' }),
    least_covered_weight: Type.Number({
      description: 'below it the rating is withheld; above it what is known is weighed anew to 1',
    }),
  },
  closed,
);

export const Chart = Type.Record(Type.String(), Type.Unknown(), {
  description: 'a Vega-Lite bar chart of the scores',
});

export const SwitchingCosts = Type.Number({
  minimum: 0,
  maximum: 10,
  description:
    'your own judgement of what it would cost customers to leave, from 0 to 10: no statement tells it; left out: the component is withheld',
});

/** One component of a rubric. */
export const Component = Type.Object(
  {
    name: StringEnum(fundamentalNames),
    label: Type.String(),
    value: Type.Union([Type.Number(), DecimalString, Type.Null()], {
      description: 'in `unit`; money as a decimal text',
    }),
    unit: StringEnum(fundamentalUnits),
    weight: Type.Number({ description: 'by the rubric; all add up to 1' }),
    score: Points('points of the threshold it met'),
    contribution: Type.Union([Type.Number(), Type.Null()], {
      description: 'weight × score ÷ covered weight; all add up to overall',
    }),
    rule: Type.Union([Type.String(), Type.Null()], {
      description: 'the threshold it met, such as `< 0.3`; `otherwise`: none',
    }),
    reasons: Reasons,
  },
  closed,
);
