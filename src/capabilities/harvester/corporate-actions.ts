/** `corporate_actions.dividends`, `corporate_actions.splits` and `corporate_actions.earnings`. */
import { type TProperties, type TString, type TUnsafe, Type } from '@sinclair/typebox';
import { Currency, DecimalString, IsoDate, Nullable, Reasons, StringEnum } from '../../contract/scalars';
import { closed, define, fetched, fromProvider, Ticker } from './define';

const day = (description: string): TUnsafe<string> => Type.Unsafe<string>({ ...IsoDate, description });
const dayOrNull = (description: string) => Nullable(day(description));
const decimal = (description: string): TUnsafe<string> =>
  Type.Unsafe<string>({ ...DecimalString, description });
const decimalOrNull = (description: string) => Nullable(decimal(description));

const args = Type.Object(
  {
    symbols: Type.Array(Ticker, { minItems: 1, maxItems: 25, uniqueItems: true }),
    from_date: day('first day, inclusive'),
    to_date: day('last day, inclusive'),
  },
  closed,
);

const LeftOut = Type.Array(
  Type.Object(
    {
      symbol: Type.String(),
      date: IsoDate,
      reason: StringEnum(
        ['ANNOUNCED_LATER', 'ANNOUNCEMENT_NOT_GIVEN'] as const,
        'announced after the run’s day; of after the run’s day, and announced nobody knows when',
      ),
    },
    closed,
  ),
  { description: 'what the provider has in these days and the run’s day does not know' },
);

const listOf = <P extends TProperties>(rows: string, row: P) =>
  Type.Union([Type.Array(Type.Object({ ...row, reasons: Reasons }, closed)), Type.Null()], {
    description: `${rows}; by day, then symbol; null: KEY_MISSING`,
  });

/** Beside the list. */
const common = {
  count: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], { description: 'of the list' }),
  symbols: Type.Array(Type.String(), { description: 'that were asked for' }),
  unknown_symbols: Type.Union([Type.Array(Type.String()), Type.Null()], {
    description: 'of them those that the provider does not know',
  }),
  from_date: IsoDate,
  to_date: IsoDate,
  asof_date: day('the run’s day'),
  left_out: Nullable(LeftOut),
  ...fetched,
  reasons: Reasons,
};

/** One company takes two requests. */
const asking = {
  ...fromProvider,
  policy: { startToCloseTimeout: '90s' },
  reads: ['asof_date'],
  displayTtlSeconds: 3600,
} as const;

const symbol: TString = Type.String();

export const corporateActionsDividends = define({
  name: 'corporate_actions.dividends',
  summary:
    'Dividends of companies with an ex-date in a span of days, past and announced, from FMP. One that was declared after the run’s day is not known. Not available without a key (KEY_MISSING).',
  args,
  result: Type.Object(
    {
      dividends: listOf('one for each dividend', {
        symbol,
        ex_date: IsoDate,
        record_date: dayOrNull('null: NOT_GIVEN'),
        pay_date: dayOrNull('null: NOT_GIVEN'),
        declared_on: dayOrNull('null: NOT_GIVEN'),
        amount: decimalOrNull(
          'cash per share as declared, before tax, not adjusted for later splits; null: NOT_GIVEN',
        ),
        currency: Type.Union([Currency, Type.Null()], {
          description:
            'in which the provider quotes the company; it names none of the dividend. null: NOT_GIVEN',
        }),
      }),
      ...common,
    },
    closed,
  ),
  ...asking,
});

export const corporateActionsSplits = define({
  name: 'corporate_actions.splits',
  summary:
    'Splits of companies with an ex-date in a span of days, past and announced, from FMP, which does not say when one was announced: a run of an earlier day knows those of up to its day. Not available without a key (KEY_MISSING).',
  args,
  result: Type.Object(
    {
      splits: listOf('one for each split', {
        symbol,
        ex_date: IsoDate,
        new_shares: decimal('as many …'),
        old_shares: decimal('… for as many old ones'),
        ratio: decimal('new shares for one old, to 20 places'),
      }),
      ...common,
    },
    closed,
  ),
  ...asking,
});

export const corporateActionsEarnings = define({
  name: 'corporate_actions.earnings',
  summary:
    'Reports of earnings of companies in a span of days, past and announced, with the provider’s estimates, from FMP. A run of an earlier day knows those of up to its day. Not available without a key (KEY_MISSING).',
  args,
  result: Type.Object(
    {
      earnings: listOf(
        'one for each report; amounts in the currency that the company reports in, which the provider does not name',
        {
          symbol,
          date: day('of the report'),
          eps: decimalOrNull('earnings per share; null: NOT_YET_DUE before the day, else NOT_GIVEN'),
          eps_estimate: decimalOrNull('that analysts expected; null: NOT_GIVEN'),
          revenue: decimalOrNull('null: as `eps`'),
          revenue_estimate: decimalOrNull('null: NOT_GIVEN'),
        },
      ),
      ...common,
    },
    closed,
  ),
  ...asking,
});
