/** `tax.identify_losses`: which securities have lots with a loss worth taking. */
import { type Static, Type } from '@sinclair/typebox';
import { Currency, DecimalString, IsoDate } from '../../contract/scalars';
import { capability, closed, decimal } from './activity-define';
import { security, Term } from './tax-define';
import { metricsUnrealizedPl } from './tax-unrealized';

export const LossCandidate = Type.Object(
  {
    ...security,
    quantity: decimal('shares of these lots'),
    value_base: decimal('what selling them brings, before fees'),
    loss_base: decimal('Σ of the lots, above 0'),
    short_term_loss_base: decimal('part of loss_base'),
    long_term_loss_base: decimal('part of loss_base'),
    lots: Type.Array(
      Type.Object(
        {
          lot_id: Type.String(),
          acquired_on: IsoDate,
          term: Term,
          quantity: decimal('shares left'),
          value_base: decimal('at the pack’s price and rate'),
          loss_base: decimal('above 0'),
        },
        closed,
      ),
      { description: 'that lost, the oldest first' },
    ),
  },
  closed,
);
export type LossCandidate = Static<typeof LossCandidate>;

export const taxIdentifyLosses = capability({
  name: 'tax.identify_losses',
  summary:
    'Securities whose losing lots together lost at least a threshold, with these lots. Lots that gained stay: whoever sells ' +
    'names the lots, as Beancount and the law of the United States allow.',
  args: Type.Object(
    {
      unrealized: metricsUnrealizedPl.result,
      min_loss_threshold: Type.Optional(
        Type.Union([DecimalString, Type.Number({ minimum: 0 })], {
          description: 'least loss of a security in base currency, a decimal text or a number; default 1000',
        }),
      ),
    },
    closed,
  ),
  result: Type.Object(
    {
      asof_date: IsoDate,
      base_currency: Currency,
      min_loss_threshold: decimal('base currency'),
      candidates: Type.Array(LossCandidate, { description: 'by symbol' }),
      total_loss_base: decimal('Σ of the candidates'),
      below_threshold: Type.Array(Type.Object({ ...security, loss_base: decimal('above 0') }, closed), {
        description: 'securities with a smaller loss',
      }),
      not_known: Type.Array(Type.String(), { description: 'symbols of lots whose gain is not known' }),
    },
    closed,
  ),
});
