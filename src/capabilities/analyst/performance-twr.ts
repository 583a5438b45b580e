/** `metrics.compute_twr`. */
import { Type } from '@sinclair/typebox';
import { DecimalString, IsoDate, Nullable, Reasons } from '../../contract/scalars';
import { capabilitiesOf } from '../capability';
import {
  closed,
  dailyPeriod,
  DayWarnings,
  Figure,
  historyCall,
  perWindow,
  windowArgs,
  windowResult,
} from './window';

const value = Figure('time-weighted return of the window, a fraction');
const annualised = Figure('(1 + value)^(365/days) − 1; null for windows shorter than a year (GIPS)');

export const metricsComputeTwr = capabilitiesOf('financial_analyst')({
  name: 'metrics.compute_twr',
  summary:
    'Time-weighted return of a portfolio from daily valuations: over the last trading days, and over calendar windows from ' +
    'one day to since inception.',
  args: windowArgs,
  result: Type.Object(
    {
      value,
      annualised,
      ...windowResult,
      begin_value: Nullable(DecimalString),
      end_value: Nullable(DecimalString),
      net_external_flows: Nullable(DecimalString),
      since_inception: Type.Object(
        {
          value: Nullable(Type.Number({ description: 'time-weighted return, a fraction' })),
          annualised: Nullable(Type.Number({ description: 'a fraction per year' })),
          from: Nullable(IsoDate),
          observations: Type.Integer({ description: 'daily returns' }),
          reasons: Reasons,
        },
        closed,
      ),
      windows: perWindow(
        Type.Object({ value, annualised, ...dailyPeriod, warnings: DayWarnings, reasons: Reasons }, closed),
      ),
      convention: Type.Object(
        {
          name: Type.String(),
          flow_timing: Type.String(),
          linking: Type.String(),
          day_count: Type.String(),
          valuation_days: Type.String(),
        },
        closed,
      ),
      warnings: DayWarnings,
      reasons: Reasons,
    },
    closed,
  ),
  ...historyCall,
  version: '3',
});
