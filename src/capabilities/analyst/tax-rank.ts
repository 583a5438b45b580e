/** `tax.rank_opportunities`: losses worth taking, the most tax put off first. */
import { Type } from '@sinclair/typebox';
import { Currency, IsoDate } from '../../contract/scalars';
import { capability, closed, decimal } from './activity-define';
import { HarvestBenefit, taxCalculateBenefit } from './tax-benefit';
import { Figure } from './window';

const { excluded, ...members } = HarvestBenefit.properties;

export const taxRankOpportunities = capability({
  name: 'tax.rank_opportunities',
  summary:
    'Losses in the order of the tax that they put off, of equal ones the smaller sale first; what is left out and why; a chart.',
  args: Type.Object({ benefits: taxCalculateBenefit.result }, closed),
  result: Type.Object(
    {
      asof_date: IsoDate,
      base_currency: Currency,
      opportunities: Type.Array(
        Type.Object(
          {
            rank: Type.Integer({ minimum: 1, description: '1 is the first to look at' }),
            ...members,
            deferred_per_value: Figure('fraction: tax put off over what is sold'),
            share: Figure('fraction of the tax that all opportunities put off; null: that is 0'),
          },
          closed,
        ),
      ),
      excluded: Type.Array(
        Type.Object({ ...members, reason: Type.Index(HarvestBenefit, ['excluded']) }, closed),
      ),
      totals: Type.Object(
        {
          opportunities: Type.Integer({ minimum: 0, description: 'how many there are' }),
          value_base: decimal('Σ of the opportunities'),
          loss_base: decimal('Σ'),
          disallowed_base: decimal('Σ'),
          allowed_base: decimal('Σ'),
          tax_deferred_base: decimal('Σ'),
          later_tax_base: decimal('Σ'),
          lasting_benefit_base: decimal('Σ'),
        },
        closed,
      ),
      chart: Type.Record(Type.String(), Type.Unknown(), {
        description: 'Vega-Lite: tax put off and loss disallowed, by security',
      }),
      note: Type.String(),
    },
    closed,
  ),
});
