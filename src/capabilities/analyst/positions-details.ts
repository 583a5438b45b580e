/** `portfolio.position_details`. */
import { Type } from '@sinclair/typebox';
import { Currency, DecimalString, IsoDate, Reasons, StringEnum, Uuid } from '../../contract/scalars';
import { capabilitiesOf } from '../capability';
import { ValuedPosition } from '../holdings';
import { closed, Figure, portfolioArgs, windowReads } from './window';

const { price, price_date, rate_base_per_local, rate_date, rate_age_days, rate_derivation, stale } =
  ValuedPosition.properties;

/** Money that may be missing; the reason stands in `reasons`. */
const amount = (description: string) => Type.Union([DecimalString, Type.Null()], { description });

const gains = {
  unrealised_gain: amount('value less cost_base'),
  unrealised_local_gain: amount('(value_local − cost_local) × rate now: what the share did'),
  unrealised_fx_gain: amount('cost_local × (rate now − rate of the purchase): what the exchange rate did'),
};
const amounts = {
  cost_local: amount('of what is left of the purchases, before fees, in `currency`'),
  cost_base: amount('the same at each purchase’s own exchange rate, in the base currency'),
  value_local: amount('market value in `currency`'),
  value: amount('market value in the base currency'),
  ...gains,
};

export const portfolioPositionDetails = capabilitiesOf('financial_analyst')({
  name: 'portfolio.position_details',
  summary:
    'One position on the pack’s day: quantity, average cost, price, value, weight, unrealised gain split into what the share and ' +
    'what the exchange rate did, and its lots with their age.',
  args: Type.Object({ ...portfolioArgs, security_id: Uuid }, closed),
  result: Type.Object(
    {
      portfolio_id: Uuid,
      security_id: Uuid,
      symbol: Type.String(),
      name: Type.String(),
      asset_class: StringEnum(['equity', 'fund', 'index'] as const),
      sector: Type.Union([Type.String(), Type.Null()], { description: 'null: not classified' }),
      asof_date: IsoDate,
      base_currency: Currency,
      currency: Type.String({ ...Currency, description: 'that of cost and price' }),
      quantity: DecimalString,
      average_cost_local: amount('of one share that is held; null when none is'),
      average_cost_base: amount('of one share that is held, in the base currency'),
      price,
      price_date,
      rate_base_per_local,
      rate_date,
      rate_age_days,
      rate_derivation,
      stale,
      ...amounts,
      weight: Figure('fraction of the portfolio’s total value'),
      lots: Type.Array(
        Type.Object(
          {
            lot_id: Type.String(),
            acquired_on: IsoDate,
            age_days: Type.Integer({ description: 'calendar days since it was acquired' }),
            quantity: DecimalString,
            unit_cost_local: DecimalString,
            currency: Currency,
            ...amounts,
            reasons: Reasons,
          },
          closed,
        ),
        { description: 'what is left of each purchase, the oldest first' },
      ),
      convention: Type.Object(
        { cost: Type.String(), gain_split: Type.String(), fx_quotation: Type.String() },
        closed,
      ),
      reasons: Reasons,
    },
    closed,
  ),
  displayTtlSeconds: 300,
  reads: windowReads,
});
