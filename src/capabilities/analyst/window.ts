/** Arguments and members that every measure over a window shares. */
import { type TObject, type TSchema, Type } from '@sinclair/typebox';
import { Currency, IsoDate, Nullable, PackId, Uuid } from '../../contract/scalars';
import { type WindowName, windowNames } from '../../contract/window-names';

/** Objects here have the members that are listed and no others. */
export const closed = { additionalProperties: false } as const;

/** The portfolio, and the pack whose history it is valued with. */
export const portfolioArgs = { portfolio_id: Uuid, pack_id: PackId };

export const windowArgs = Type.Object(
  {
    ...portfolioArgs,
    lookback_days: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 100_000,
        description: 'trading days of the pack calendar; left out: since inception',
      }),
    ),
  },
  closed,
);

/** The base currency is the portfolio's own, which is no part of ledger or pack: when it changes, so do all results. */
export const windowReads = ['user_id', 'portfolio_id', 'base_currency'] as const;

/** What a call that goes through a portfolio's daily history may take, and how long its result may be shown. */
export const historyCall = {
  displayTtlSeconds: 300,
  policy: { startToCloseTimeout: '30s' },
  reads: windowReads,
} as const;

/** The period of a measure. */
export const period = {
  from: Type.Union([IsoDate, Type.Null()], { description: 'start of the period, exclusive' }),
  to: Type.Union([IsoDate, Type.Null()], { description: 'end of the period, inclusive' }),
  days: Nullable(Type.Integer({ description: 'calendar days from `from` to `to`' })),
};

/** The period, and the daily values in it. */
export const dailyPeriod = {
  ...period,
  observations: Type.Integer({ description: 'number of daily returns' }),
  unvalued_days: Type.Integer({
    description: 'trading days of the period without a price or rate; their return is part of the next day’s',
  }),
};

/** Members that every measure over one window carries. */
export const windowResult = { ...dailyPeriod, currency: Currency };

const Available = Nullable(Type.Number());

/** Of a result: a number, or `null` with its reason. */
export const Figure = (description: string): typeof Available => ({ ...Available, description });

/** Days whose return has no meaning or rests on no capital. */
export const DayWarnings = Type.Array(Type.Object({ date: IsoDate, code: Type.String() }, closed), {
  description:
    'ZERO_START (no positive capital) and TOTAL_LOSS (more than everything was lost): the day is left out; ' +
    'GAIN_WITHOUT_CAPITAL: it counts as 0; NO_QUOTE (of a position: it paid in a currency without any rate)',
});

/** The same for each calendar window. */
export const perWindow = <T extends TSchema>(window: T): TObject<Record<WindowName, T>> =>
  Type.Object(Object.fromEntries(windowNames.map((name) => [name, window])) as Record<WindowName, T>, {
    ...closed,
    description:
      'By calendar window: the last trading day (1d); since the end of last month, quarter, year (mtd, qtd, ytd); since the ' +
      'same day 1, 3, 5 years ago; since inception. Each begins at the last trading day on or before that day. ' +
      'PERIOD_BEFORE_INCEPTION: the portfolio is younger than the window.',
  });
