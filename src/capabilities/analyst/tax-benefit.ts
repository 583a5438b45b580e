/** `tax.calculate_benefit`: how much tax a loss puts off. */
import { type Static, Type } from '@sinclair/typebox';
import { Currency, IsoDate, Nullable, StringEnum } from '../../contract/scalars';
import { capability, closed, decimal } from './activity-define';
import { security } from './tax-define';
import { taxIdentifyLosses } from './tax-losses';
import { taxWashSaleCheck } from './tax-wash-check';

const Rate = (description: string) => Type.Number({ minimum: 0, maximum: 1, description });

export const HarvestBenefit = Type.Object(
  {
    ...security,
    quantity: decimal('shares of the losing lots'),
    value_base: decimal('what selling them brings, before fees'),
    loss_base: decimal('above 0'),
    disallowed_base: decimal('part that recent purchases would disallow on a sale on the pack’s day'),
    allowed_base: decimal('loss_base − disallowed_base'),
    short_term_allowed_base: decimal('part of allowed_base'),
    long_term_allowed_base: decimal('part of allowed_base'),
    tax_deferred_base: decimal(
      'short_term_allowed_base × short-term rate + long_term_allowed_base × long-term rate: tax that is paid later',
    ),
    basis_reduction_base: decimal(
      'how much lower the cost is if the shares are bought back at the same price: allowed_base',
    ),
    later_tax_base: decimal('basis_reduction_base × long-term rate: what comes due when those are sold'),
    lasting_benefit_base: decimal('tax_deferred_base − later_tax_base: 0 where one rate holds for both'),
    clean_sale_on: Type.Unsafe<string>({
      ...IsoDate,
      description: 'first day on which no purchase known now disallows any of it',
    }),
    repurchase_clean_on: Type.Unsafe<string>({
      ...IsoDate,
      description: 'after a sale on the pack’s day, the first day on which buying back disallows none of it',
    }),
    excluded: Nullable(
      StringEnum(
        ['WASH_SALE', 'ALL_DISALLOWED', 'NOT_KNOWN'] as const,
        'why it is no opportunity now: a recent purchase would disallow part (and that was to be avoided), or all; what was ' +
          'bought or sold of it is not known well enough',
      ),
    ),
  },
  closed,
);
export type HarvestBenefit = Static<typeof HarvestBenefit>;

export const taxCalculateBenefit = capability({
  name: 'tax.calculate_benefit',
  summary:
    'What realising losses would put off in tax. A loss taken lowers the cost of what is bought back, so most of it is paid ' +
    'later: a deferral, not a saving. What the wash-sale rule would disallow counts nothing: it is in the cost of the recent ' +
    'purchase already.',
  args: Type.Object(
    {
      losses: taxIdentifyLosses.result,
      wash_sale_check: taxWashSaleCheck.result,
      avoid_wash_sales: Type.Optional(
        Type.Boolean({
          description:
            'true, the default: leaves out what a recent purchase would taint; false: takes what is left of the loss',
        }),
      ),
      tax_rate: Rate('fraction; of what short-term losses offset'),
      long_term_tax_rate: Type.Optional(
        Nullable(
          Rate(
            'fraction; of what long-term losses offset; left out: tax_rate, for no country’s rate is assumed',
          ),
        ),
      ),
    },
    closed,
  ),
  result: Type.Object(
    {
      asof_date: IsoDate,
      base_currency: Currency,
      avoid_wash_sales: Type.Boolean(),
      tax_rate: Rate('fraction'),
      long_term_tax_rate: Rate('fraction; as given, else tax_rate'),
      benefits: Type.Array(HarvestBenefit, { description: 'every candidate, by symbol' }),
      convention: Type.Object(
        { benefit: Type.String(), rates: Type.String(), wash_sales: Type.String() },
        closed,
      ),
    },
    closed,
  ),
});
