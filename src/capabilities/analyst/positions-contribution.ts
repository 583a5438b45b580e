/** `portfolio.contribution`. */
import { Type } from '@sinclair/typebox';
import { Currency, Nullable, Reasons, StringEnum, Uuid } from '../../contract/scalars';
import { capabilitiesOf } from '../capability';
import { closed, Figure, historyCall, windowArgs, windowResult } from './window';

const row = Type.Object(
  {
    kind: StringEnum(['security', 'cash', 'fees', 'taxes'] as const),
    symbol: Type.String({ description: 'ticker; otherwise the currency code' }),
    name: Type.String(),
    security_id: Nullable(Uuid),
    currency: Currency,
    is_open: Type.Boolean({ description: 'held at the end of the window' }),
    contribution: Type.Number({ description: 'fraction of the portfolio’s return' }),
    average_weight: Figure('mean of the weights at the beginning of each day'),
    position_return: Figure(
      'its own time-weighted return in the base currency over the days it was held, dividends included, before fees',
    ),
    local_return: Figure('the same in its own currency'),
    fx_return: Figure('(1 + position_return)/(1 + local_return) − 1'),
    observations: Type.Integer({ minimum: 0, description: 'days with a return of its own' }),
    reasons: Reasons,
  },
  closed,
);

export const portfolioContribution = capabilitiesOf('financial_analyst')({
  name: 'portfolio.contribution',
  summary:
    'What each security, the cash of each currency, fees and taxes added to the time-weighted return of a portfolio; also what ' +
    'was sold in the window. The rows add up to the return.',
  args: windowArgs,
  result: Type.Object(
    {
      value: Figure('sum of all contributions'),
      time_weighted_return: Figure(
        'the same return computed independently, from daily values of the portfolio',
      ),
      error_bps: Figure('value minus time_weighted_return, in basis points'),
      ...windowResult,
      positions: Type.Array(row, {
        description:
          'securities by symbol, then by currency cash (with interest; that of the base currency also with what conversions ' +
          'gained or lost), fees and taxes',
      }),
      convention: Type.Object(
        {
          name: Type.String(),
          weights: Type.String(),
          linking: Type.String(),
          flow_timing: Type.String(),
          fees: Type.String(),
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
