/** `portfolio.position_performance`. */
import { Type } from '@sinclair/typebox';
import { Currency, DecimalString, IsoDate, Reasons, Uuid } from '../../contract/scalars';
import { capabilitiesOf } from '../capability';
import { closed, DayWarnings, Figure, historyCall, windowArgs, windowResult } from './window';

const money = (description: string) => Type.Union([DecimalString, Type.Null()], { description });
const day = (description: string) => Type.Union([IsoDate, Type.Null()], { description });

export const portfolioPositionPerformance = capabilitiesOf('financial_analyst')({
  name: 'portfolio.position_performance',
  summary:
    'How one position did over a window: time-weighted return in base and local currency, dividends, volatility, drawdown, value ' +
    'at risk, beta to the portfolio, and its part of the portfolio’s return and risk.',
  args: Type.Object(
    {
      ...windowArgs.properties,
      security_id: Uuid,
      confidence: Type.Optional(
        Type.Number({
          exclusiveMinimum: 0.5,
          exclusiveMaximum: 1,
          description: 'of the value at risk; left out: 0.95',
        }),
      ),
    },
    closed,
  ),
  result: Type.Object(
    {
      security_id: Uuid,
      symbol: Type.String(),
      ...windowResult,
      local_currency: Currency,
      held_days: Type.Integer({ description: 'days of the window with a return of the position' }),
      is_open: Type.Boolean({ description: 'held at the end of the window' }),
      position_return: Figure(
        'time-weighted, in the base currency, dividends included, before fees; a fraction',
      ),
      local_return: Figure('the same in the local currency'),
      fx_return: Figure('(1 + position_return)/(1 + local_return) − 1'),
      contribution: Figure('its part of the portfolio’s time-weighted return'),
      average_weight: Figure('mean of the weights at the beginning of each day of the window'),
      weight: Figure('at the end of the window'),
      dividends_local: money('received in the window less the tax withheld, in the local currency'),
      dividends: money('the same in the base currency, at the rates of the days they were paid on'),
      volatility: Figure('standard deviation of the daily base returns (n − 1) × √252'),
      max_drawdown: Figure('largest fall of the chained base returns from a peak; negative'),
      peak: day('the day from which it fell'),
      trough: day('the day on which the fall was deepest'),
      recovery: day('the day on which the peak was reached again; NOT_RECOVERED: not yet'),
      value_at_risk: Type.Object(
        {
          historical: Figure('quantile of the daily returns'),
          gaussian: Figure('μ + z·σ, σ of the population'),
        },
        { ...closed, description: 'of one day, as a return of the position; a loss is negative' },
      ),
      beta: Figure('cov(position, portfolio)/var(portfolio), on the days both have'),
      correlation: Figure('with the portfolio, on the days both have'),
      risk: Type.Object(
        {
          portfolio_value_at_risk: Figure('of one day, Gaussian; a fraction of the portfolio, negative'),
          component_value_at_risk: Figure(
            'what the position carries of it; all positions and cash add up to it',
          ),
          share: Figure('component over portfolio'),
          observations: Type.Integer({ description: 'days on which every position of today has a return' }),
          dropped: Type.Integer({
            description: 'days of the window left out, as a price is missing on them',
          }),
        },
        {
          ...closed,
          description:
            'today’s positions at today’s weights, by what each would have returned on the days of the window',
        },
      ),
      confidence: Type.Number({ description: '0.95: exceeded on 5 % of the days' }),
      convention: Type.Object(
        {
          name: Type.String(),
          flow_timing: Type.String(),
          fees: Type.String(),
          periods_per_year: Type.Integer({ description: 'trading days' }),
          quantile: Type.String(),
          component_risk: Type.String(),
        },
        closed,
      ),
      warnings: DayWarnings,
      reasons: Reasons,
    },
    closed,
  ),
  ...historyCall,
  version: '2',
});
