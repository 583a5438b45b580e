/** `calc.fx_rate` and `calc.price`: which quote counts on a day. */
import { Type } from '@sinclair/typebox';
import { IsoDate, Nullable, StringEnum } from '../../contract/scalars';
import { capability, closed } from './define';
import { CurrencyUnit, decimal, numeric, pairQuote, rowsOf } from './described';

const series = rowsOf(Type.Object({ date: IsoDate, rate: numeric('above 0') }, closed));
const reason = Type.Optional(StringEnum(['NO_QUOTE', 'BEFORE_FIRST_QUOTE']));
const quoteDate = Nullable(
  Type.Unsafe<string>({ ...IsoDate, description: 'of the oldest quote that was used' }),
);
const ageDays = Nullable(
  Type.Integer({
    description: 'calendar days since that quote; negative where the earliest, a later one, was taken',
  }),
);

const before_first = StringEnum(['not_available', 'earliest']);

export const fxRate = capability({
  name: 'calc.fx_rate',
  summary:
    'Exchange rates on given days: the last quote on or before each. Either of a `series`, or of `quotes` from one currency to another (inverse and cross rates are found); × `cross` where given.',
  args: Type.Object(
    {
      series: Type.Optional(series),
      inverse: Type.Optional(Type.Boolean({ description: '1/rate, before `cross`; default false' })),
      cross: Type.Optional(series),
      quotes: Type.Optional(rowsOf(pairQuote)),
      from: Type.Optional(CurrencyUnit),
      to: Type.Optional(CurrencyUnit),
      dates: rowsOf(IsoDate),
      before_first: Type.Optional(before_first),
    },
    closed,
  ),
  result: Type.Object(
    {
      rates: Type.Array(
        Type.Object(
          {
            date: IsoDate,
            rate: Nullable(decimal('units of `to` for one `from`; at 20 decimal places')),
            quote_date: quoteDate,
            age_days: ageDays,
            reason,
          },
          closed,
        ),
      ),
      before_first,
    },
    closed,
  ),
});

export const price = capability({
  name: 'calc.price',
  summary:
    'Prices on given days: the last quote on or before each; where there is none, the last trade’s price, flagged `trade`.',
  args: Type.Object(
    {
      quotes: rowsOf(Type.Object({ date: IsoDate, price: numeric('not below 0') }, closed)),
      trades: Type.Optional(
        rowsOf(
          Type.Object(
            {
              date: IsoDate,
              quantity: numeric('shares, not 0; the sign does not matter'),
              amount: numeric('without fees and taxes; price = amount / quantity'),
            },
            closed,
          ),
        ),
      ),
      dates: rowsOf(IsoDate),
    },
    closed,
  ),
  result: Type.Object(
    {
      prices: Type.Array(
        Type.Object(
          {
            date: IsoDate,
            price: Nullable(decimal('at 20 decimal places')),
            quote_date: quoteDate,
            age_days: ageDays,
            source: Nullable(StringEnum(['quote', 'trade'])),
            reason,
          },
          closed,
        ),
      ),
    },
    closed,
  ),
});
