/** `fundamentals.load`, and what fundamentals look like on the wire. */
import { type Static, Type } from '@sinclair/typebox';
import { fundamentalNames, fundamentalUnits } from '../../contract/rating-names';
import { Currency, DecimalString, IsoDate, Reasons, StringEnum, Uuid } from '../../contract/scalars';
import { closed, define, fetched, fromProvider } from './define';

const Fundamental = Type.Object(
  {
    value: Type.Union([Type.Number(), DecimalString, Type.Null()], {
      description: 'in `unit`; money as a decimal text in the fundamentals’ `currency`',
    }),
    unit: StringEnum(
      fundamentalUnits,
      'fraction (0.4 = 40 %), multiple, years, currency (an amount of it), or points from 0 to 10',
    ),
    method: Type.String({ description: 'the formula' }),
    observations: Type.Integer({
      minimum: 0,
      description:
        'fiscal years used; of a streak the pairs of years that were compared: it cannot be longer',
    }),
    period_ends: Type.Array(IsoDate, { description: 'of the fiscal years used, the newest first' }),
    filed_on: Type.Union([IsoDate, Type.Null()], {
      description: 'the day on which the last of the statements used was filed',
    }),
    reasons: Reasons,
  },
  { ...closed, title: 'Fundamental' },
);

/** A company's figures as they were known on a day. */
export const Fundamentals = Type.Object(
  {
    security_id: Uuid,
    symbol: Type.String(),
    name: Type.String(),
    asof_date: Type.Unsafe<IsoDate>({
      ...IsoDate,
      description: 'only statements that were filed on or before this day count',
    }),
    currency: Type.Union([Currency, Type.Null()], { description: 'that of the newest statements' }),
    latest_period_end: Type.Union([IsoDate, Type.Null()], { description: 'of the newest fiscal year used' }),
    latest_filing: Type.Union([IsoDate, Type.Null()], {
      description: 'when that year’s statements were filed',
    }),
    years: Type.Integer({ minimum: 0, description: 'fiscal years in a row that are known' }),
    left_out: Type.Array(
      Type.Object(
        {
          statement: StringEnum(['income', 'balance_sheet', 'cash_flow'] as const),
          period_end: IsoDate,
          reason: StringEnum(
            ['FILED_LATER', 'FILING_DATE_NOT_GIVEN', 'SHORT_YEAR', 'GAP_BEFORE'] as const,
            'filed after `asof_date`; filed nobody knows when; of less than a year, as after a changed year-end; a whole fiscal year between it and the newer ones is missing',
          ),
        },
        closed,
      ),
      { description: 'statements that the provider has and that do not count' },
    ),
    inputs: Type.Object(
      Object.fromEntries(fundamentalNames.map((name) => [name, Fundamental])) as Record<
        (typeof fundamentalNames)[number],
        typeof Fundamental
      >,
      closed,
    ),
    ...fetched,
    reasons: Reasons,
  },
  { ...closed, title: 'Fundamentals' },
);
export type Fundamentals = Static<typeof Fundamentals>;

export const fundamentalsLoad = define({
  name: 'fundamentals.load',
  summary:
    'A company’s figures for ratings, computed from its annual statements that were filed by the run’s day, each with its formula and years. Funds and indices have none (NOT_A_COMPANY); neither has a security in another currency than USD whose symbol names no exchange, such as RY.TO (NOT_A_US_TICKER). Without a key everything is not available (KEY_MISSING).',
  args: Type.Object(
    {
      security_id: Uuid,
      provider: Type.Optional(StringEnum(['fmp'] as const, 'Financial Modeling Prep')),
    },
    closed,
  ),
  result: Fundamentals,
  ...fromProvider,
  reads: ['user_id', 'asof_date'],
  displayTtlSeconds: 86_400,
});
