/** What the contracts of risk share. */
import { type TArray, type TOptional, Type } from '@sinclair/typebox';
import { DecimalString, Nullable } from '../../contract/scalars';
import { closed, maxRows, Numeric } from './define';

const Observation = Nullable(Numeric);
const Rate = Type.Union([Numeric, Type.Array(Observation, { maxItems: maxRows })]);
const ShareOfOne = Type.Union([Type.Number({ minimum: 0, maximum: 1 }), DecimalString]);
const Available = Nullable(Type.Number());

/** A series with gaps. */
export const SeriesOf = (description: string): TArray<typeof Observation> =>
  Type.Array(Observation, { maxItems: maxRows, description: `${description}; null = gap, no observation` });

export const Returns = SeriesOf('simple returns per period, fractions');

/** A rate per period: one for all, or one for each return. */
export const PerPeriod = (description: string): TOptional<typeof Rate> =>
  Type.Optional({
    ...Rate,
    description: `${description}: fraction per period, one for all or one for each return`,
  });

export const PeriodsPerYear = Type.Optional(
  Type.Union([Type.Number({ exclusiveMinimum: 0 }), DecimalString], {
    description: 'e.g. 252, 52, 12, 4, 1; may be a fraction; without it yearly figures are MISSING_INPUT',
  }),
);

export const Share = (description: string): TOptional<typeof ShareOfOne> =>
  Type.Optional({ ...ShareOfOne, description });

/** Of a result: a number, or `null` with its reason. */
export const Figure = (description: string): typeof Available => ({ ...Available, description });

/** Of observations. */
export const Count = Type.Integer({ minimum: 0, description: 'how many there were' });

export const Warnings = Type.Array(Type.Object({ code: Type.String() }, closed), {
  description: 'FEW_OBSERVATIONS, EMPTY_TAIL (less than one observation beyond the confidence), COLLINEAR',
});
