/** `provider.fetch_ratios`. */
import { Type } from '@sinclair/typebox';
import { Currency, IsoDate, Nullable, Reasons, StringEnum } from '../../contract/scalars';
import { closed, define, fetched, fromProvider, Ticker } from './define';

const Fraction = Type.Union([Type.Number(), Type.Null()], { description: 'a fraction' });
const Multiple = Type.Union([Type.Number(), Type.Null()], { description: 'a multiple' });

/** Named in this project's words. */
const ratios = {
  gross_profit_margin: Fraction,
  operating_profit_margin: Fraction,
  net_profit_margin: Fraction,
  current_ratio: Multiple,
  quick_ratio: Multiple,
  cash_ratio: Multiple,
  debt_to_equity: Multiple,
  debt_to_assets: Multiple,
  interest_coverage: Multiple,
  price_to_earnings: Multiple,
  price_to_book: Multiple,
  price_to_sales: Multiple,
  price_to_free_cash_flow: Multiple,
  dividend_payout: Fraction,
  dividend_yield: Fraction,
  asset_turnover: Multiple,
  effective_tax_rate: Fraction,
};

export const providerFetchRatios = define({
  name: 'provider.fetch_ratios',
  summary:
    'A company’s ratios by fiscal year, as FMP computes them from its annual statements. Years whose statements were filed after the run’s day, or nobody knows when, are left out. Fails with PROVIDER_REFUSED (KEY_MISSING) without a key.',
  args: Type.Object(
    {
      symbol: Ticker,
      limit: Type.Optional(
        Type.Integer({
          minimum: 1,
          maximum: 30,
          description: 'the newest so many fiscal years; left out: 5',
        }),
      ),
    },
    closed,
  ),
  result: Type.Object(
    {
      symbol: Type.String(),
      years: Type.Array(
        Type.Object(
          {
            period_end: IsoDate,
            fiscal_year: Type.String(),
            filed_on: Type.Unsafe<string>({
              ...IsoDate,
              description: 'when its income statement was filed, and so the ratios became known',
            }),
            currency: Nullable(Currency),
            ratios: Type.Object(ratios, closed),
            reasons: Reasons,
          },
          closed,
        ),
        { description: 'the newest first' },
      ),
      left_out: Type.Array(
        Type.Object(
          {
            period_end: IsoDate,
            reason: StringEnum(
              ['FILED_LATER', 'FILING_DATE_NOT_GIVEN'] as const,
              'filed after the run’s day; filed nobody knows when',
            ),
          },
          closed,
        ),
        { description: 'years that the provider has and that do not count' },
      ),
      ...fetched,
    },
    closed,
  ),
  ...fromProvider,
  reads: ['asof_date'],
  displayTtlSeconds: 86_400,
});
