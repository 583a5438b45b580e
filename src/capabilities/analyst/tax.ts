/** `tax.realized_gains` and `tax.wash_sales`: what the sales of a year gained, and which losses a repurchase disallows. */
import { Type } from '@sinclair/typebox';
import { Currency, IsoDate, Reasons, StringEnum, Uuid } from '../../contract/scalars';
import { amount, capability, closed, decimal } from './activity-define';
import { historyCall, portfolioArgs } from './window';

const TaxYear = Type.Integer({ minimum: 1900, maximum: 2200, description: 'calendar year of the sales' });
const head = {
  tax_year: TaxYear,
  to: Type.Unsafe<string>({ ...IsoDate, description: 'last day that is known: the year’s, or the pack’s' }),
  base_currency: Currency,
};

export const taxRealizedGains = capability({
  name: 'tax.realized_gains',
  summary:
    'Sales of a calendar year, lot by lot as the ledger booked them: proceeds and cost in base currency at the rates of ' +
    'both days, gain before fees, short and long term. The same figures as portfolio.realised_gains.',
  args: Type.Object(
    {
      ...portfolioArgs,
      tax_year: TaxYear,
      long_term_days: Type.Optional(
        Type.Integer({
          minimum: 0,
          maximum: 36_525,
          description: 'held for more calendar days is long term; default 365',
        }),
      ),
    },
    closed,
  ),
  result: Type.Object(
    {
      ...head,
      lots: Type.Array(
        Type.Object(
          {
            security_id: Uuid,
            symbol: Type.String(),
            lot_id: Type.String(),
            acquired_on: IsoDate,
            sold_on: IsoDate,
            holding_days: Type.Integer(),
            term: StringEnum(['short', 'long'] as const),
            quantity: decimal('shares sold of the lot'),
            proceeds_base: amount('before fees, at the rate of the sale'),
            cost_base: amount('before fees, at the rate of the purchase'),
            gain_base: amount('proceeds_base − cost_base'),
            reasons: Reasons,
          },
          closed,
        ),
        { description: 'by day of sale' },
      ),
      totals: Type.Object(
        {
          sales: Type.Integer({ minimum: 0 }),
          proceeds_base: amount('Σ'),
          cost_base: amount('Σ'),
          gain_base: amount('Σ'),
          short_term_gain_base: amount('part of gain_base'),
          long_term_gain_base: amount('part of gain_base'),
          fee_base: amount('of the sales, in no gain'),
          reasons: Reasons,
        },
        closed,
      ),
      method: Type.String({ description: 'which lots a sale used up' }),
      long_term_days: Type.Integer(),
    },
    closed,
  ),
  ...historyCall,
});

export const taxWashSales = capability({
  name: 'tax.wash_sales',
  summary:
    'Losses of a year that the United States’ wash-sale rule disallows: the same security was bought within the window ' +
    'before or after the sale. The disallowed part is added to the cost of what was bought. Other countries have other rules.',
  args: Type.Object(
    {
      ...portfolioArgs,
      tax_year: TaxYear,
      window_days: Type.Optional(
        Type.Integer({ minimum: 1, maximum: 366, description: 'before and after the sale; default 30' }),
      ),
    },
    closed,
  ),
  result: Type.Object(
    {
      ...head,
      jurisdiction: StringEnum(['US'] as const),
      rule: Type.String(),
      window_days: Type.Integer(),
      wash_sales: Type.Array(
        Type.Object(
          {
            security_id: Uuid,
            symbol: Type.String(),
            sold_on: IsoDate,
            acquired_on: IsoDate,
            quantity: decimal('shares sold at the loss'),
            loss_base: decimal('above 0'),
            matched_quantity: decimal('shares that were bought back'),
            disallowed_base: decimal('part of loss_base, by matched shares'),
            allowed_base: decimal('the rest'),
            replacements: Type.Array(
              Type.Object(
                {
                  bought_on: IsoDate,
                  quantity: decimal('shares'),
                  added_to_cost_base: decimal('what their cost rises by'),
                },
                closed,
              ),
            ),
          },
          closed,
        ),
      ),
      total_disallowed_base: decimal('Σ disallowed_base'),
      window_open: Type.Boolean({
        description: 'a sale at a loss is so recent that a later purchase can still make it a wash sale',
      }),
      not_known: Type.Array(Type.String(), {
        description: 'symbols with a sale whose gain is not known, so not looked at',
      }),
    },
    closed,
  ),
  ...historyCall,
});

export const taxCatalogue = {
  'tax.realized_gains': taxRealizedGains,
  'tax.wash_sales': taxWashSales,
} as const;
