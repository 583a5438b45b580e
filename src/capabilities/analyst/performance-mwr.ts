/** `metrics.compute_mwr`. */
import { Type } from '@sinclair/typebox';
import { Currency, DecimalString, Nullable, Reasons } from '../../contract/scalars';
import { capabilitiesOf } from '../capability';
import { closed, Figure, historyCall, period, perWindow, windowArgs } from './window';

const measure = {
  value: Figure('internal rate of return per year, a fraction, however short the window is'),
  period_return: Figure('of the window itself, not annualised: (1 + value)^(days/365) − 1'),
  gain: Type.Union([DecimalString, Type.Null()], {
    description: 'end value − opening value − net external flows, in the base currency',
  }),
  ...period,
  flows: Type.Integer({ minimum: 0, description: 'days on which money came in or went out, net' }),
  multiple_roots: Type.Boolean({ description: 'several rates solve it; the one nearest 0 is given' }),
  total_loss: Type.Boolean({ description: 'nothing came back: value is −1 by convention' }),
};

export const metricsComputeMwr = capabilitiesOf('financial_analyst')({
  name: 'metrics.compute_mwr',
  summary:
    'Money-weighted return (XIRR) and gain of a portfolio, over the last trading days and over calendar windows: what the ' +
    'owner’s money earned, timing of deposits and withdrawals included. The time-weighted return leaves that out.',
  args: windowArgs,
  result: Type.Object(
    {
      ...measure,
      currency: Currency,
      begin_value: Nullable(DecimalString),
      end_value: Nullable(DecimalString),
      net_external_flows: Nullable(DecimalString),
      windows: perWindow(Type.Object({ ...measure, reasons: Reasons }, closed)),
      convention: Type.Object(
        {
          name: Type.String(),
          day_count: Type.String(),
          opening_value: Type.String(),
          flow_dates: Type.String(),
          roots: Type.String(),
        },
        closed,
      ),
      reasons: Reasons,
    },
    closed,
  ),
  ...historyCall,
  version: '2',
});
