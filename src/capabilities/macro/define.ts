/** What the contracts of `macro_hound` about the economy share. */
import { Type } from '@sinclair/typebox';
import { indicatorIds, indicatorUnits } from '../../contract/macro-names';
import { IsoDate, Nullable, PackId, Reasons, StringEnum } from '../../contract/scalars';
import { closed, Figure } from '../analyst/window';
import { capabilitiesOf } from '../capability';

export { closed, Figure };

export const macroCapability = capabilitiesOf('macro_hound');

/** Packs are read in a transaction of the user who asks. */
export const economyReads = ['user_id'] as const;

export const packArgs = { pack_id: PackId };

export const IndicatorId = StringEnum(indicatorIds);
export const Coverage = Type.Number({
  minimum: 0,
  maximum: 1,
  description: 'part of the rules’ weight that rests on indicators that are available, a fraction',
});
export const MissingIndicators = Type.Array(IndicatorId, {
  description: 'indicators that are not available; they are left out of the rules',
});
export const AsofDate = Type.Unsafe<string>({ ...IsoDate, description: 'the pack’s day' });

const Specification = Type.Record(Type.String(), Type.Unknown());
export const VegaLite = (description: string): typeof Specification => ({
  ...Specification,
  description: `Vega-Lite specification: ${description}`,
});

const Day = (description: string) => Type.Union([IsoDate, Type.Null()], { description });

/** One indicator as of a pack. */
export const Reading = Type.Object(
  {
    id: IndicatorId,
    name: Type.String(),
    value: Figure('the latest, in `unit`; null when it is older than the age limit (STALE)'),
    unit: Type.Union([StringEnum(indicatorUnits), Type.Null()], {
      description:
        'percent, percentage_points (a difference of two values in percent), fraction (growth on the year, shares), or as ' +
        'the series is published: level, currency',
    }),
    period_end: Day('end of the period that the value is of'),
    known_on: Day('day of the pack with which the last of its inputs became known'),
    age_days: Nullable(Type.Integer({ description: 'calendar days from `period_end` to the pack’s day' })),
    z_score: Figure('distance from the mean of the window in sample deviations'),
    observations: Type.Integer({ minimum: 0, description: 'values in the window' }),
    reasons: Reasons,
  },
  closed,
);

export const ReadingConvention = Type.Object(
  {
    version: Type.String({ description: 'of the indicators’ definitions' }),
    values: Type.String(),
    growth: Type.String(),
    z_score: Type.String(),
    age_limits: Type.Record(Type.String(), Type.Integer(), {
      description: 'calendar days from the end of the period, by frequency; an older value is STALE',
    }),
  },
  closed,
);
