/** Values of the calculator's holdings with what they mean, and lists as long as they may be. */
import { type TArray, type TSchema, type TUnsafe, Type } from '@sinclair/typebox';
import { DecimalString, IsoDate } from '../../contract/scalars';
import { closed, maxRows, Numeric } from './define';

export const numeric = (description: string): typeof Numeric => Type.Union(Numeric.anyOf, { description });

export const decimal = (description: string): TUnsafe<DecimalString> =>
  Type.Unsafe<DecimalString>({ ...DecimalString, description });

export const rowsOf = <T extends TSchema>(row: T): TArray<T> => Type.Array(row, { maxItems: maxRows });

/** An ISO 4217 code, or the unit quoted instead of one: GBX, ILA and ZAC are hundredths. */
export const CurrencyUnit = Type.String({ pattern: "^[A-Z][A-Z0-9'._-]{1,23}$", title: 'CurrencyUnit' });

/** Units of `to` for one `from`. */
export const pairQuote = Type.Object(
  {
    date: IsoDate,
    from: CurrencyUnit,
    to: CurrencyUnit,
    rate: numeric('units of `to` for one `from`, above 0'),
  },
  closed,
);
