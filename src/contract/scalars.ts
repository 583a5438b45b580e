/** The scalar vocabulary of the wire: every schema in the project is built from these. */
import { type Static, type TSchema, Type } from '@sinclair/typebox';

/** Money, quantities and costs: a plain decimal number as text, never an exponent, so no digit is lost. */
export const DecimalString = Type.String({
  pattern: '^-?(0|[1-9][0-9]*)(\\.[0-9]+)?$',
  title: 'DecimalString',
});
/** A calendar day, ISO 8601 (`2013-02-28`). */
export const IsoDate = Type.String({ format: 'date', title: 'IsoDate' });
/** A UUID in the canonical 8-4-4-4-12 form. */
export const Uuid = Type.String({ format: 'uuid', title: 'Uuid' });
/** ISO 4217 currency code, upper case. */
export const Currency = Type.String({ pattern: '^[A-Z]{3}$', title: 'Currency' });
/** A pricing pack's id: `PP_` and its date; a correction of that day carries a suffix. */
export const PackId = Type.String({
  pattern: '^PP_[0-9]{4}-[0-9]{2}-[0-9]{2}(_[A-Z0-9]+)?$',
  title: 'PackId',
});

export type DecimalString = Static<typeof DecimalString>;
export type IsoDate = Static<typeof IsoDate>;

/** The value or `null`: `null` means "not available", and the reason stands beside it. */
export const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

/** One of the given texts, as a JSON Schema `enum`. */
export const StringEnum = <const T extends readonly string[]>(values: T, description?: string) =>
  Type.Unsafe<T[number]>({
    type: 'string',
    enum: [...values],
    ...(description !== undefined && { description }),
  });

/** `reasons: { field: CODE }`: why a field beside it is `null`. */
export const Reasons = Type.Record(Type.String(), Type.String({ pattern: '^[A-Z][A-Z0-9_]*$' }));
