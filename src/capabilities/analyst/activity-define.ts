/** What the contracts about a portfolio's activity share. */
import { type TNull, type TUnion, type TUnsafe, Type } from '@sinclair/typebox';
import { DecimalString, Nullable } from '../../contract/scalars';
import { capabilitiesOf } from '../capability';

export const capability = capabilitiesOf('financial_analyst');
export const closed = { additionalProperties: false } as const;

export const decimal = (description: string): TUnsafe<DecimalString> =>
  Type.Unsafe<DecimalString>({ ...DecimalString, description });

/** Money or a quantity that may be missing; the reason stands in `reasons`. */
export const amount = (description: string): TUnion<[TUnsafe<DecimalString>, TNull]> =>
  Nullable(decimal(description));
