/** The calculator's returns: annualised, time-weighted, money-weighted, attributed. */
import { Type } from '@sinclair/typebox';
import { DecimalString, IsoDate, Nullable, Reasons, StringEnum } from '../../contract/scalars';
import { attributionCatalogue } from './attribution';
import { capability, closed, maxRows, Numeric } from './define';

const numeric = (description: string) => Type.Union([Type.Number(), DecimalString], { description });
const fraction = (description: string) => Nullable(Type.Number({ description }));
const reason = Type.Optional(Type.String({ description: 'why the figure is null' }));

const annualise = capability({
  name: 'calc.annualise',
  summary: 'Annualises a total return: (1 + R)^(365/days) − 1, or (1 + R)^(periods_per_year/periods) − 1.',
  args: Type.Object(
    {
      total_return: numeric('over the whole time; a fraction'),
      days: Type.Optional(numeric('calendar days; they win where periods are given too')),
      periods: Type.Optional(numeric('how many periods the return took')),
      periods_per_year: Type.Optional(numeric('e.g. 252, 52, 12')),
    },
    closed,
  ),
  result: Type.Object(
    {
      annualised: fraction('a fraction per year'),
      convention: Type.String(),
      reason,
      reasons: Reasons,
    },
    closed,
  ),
});

const valuation = Type.Object(
  {
    date: IsoDate,
    value: numeric('at the end of the day, after its flows'),
    inflow: Type.Optional(numeric('what came in on the day; not negative')),
    outflow: Type.Optional(numeric('what went out on the day; a positive size')),
    value_before_flow: Type.Optional(numeric('for `exact`; left out: the value less the net flow')),
  },
  closed,
);

const timeWeightedReturn = capability({
  name: 'calc.time_weighted_return',
  summary:
    'Time-weighted return (GIPS TWR): the chain of the returns between valuations, free of external flows.',
  args: Type.Object(
    {
      values: Type.Array(valuation, {
        maxItems: maxRows,
        description: 'in the order of dates, each day once',
      }),
      flow_timing: Type.Optional(
        StringEnum(['end_of_day', 'start_of_day', 'in_start_out_end', 'exact'] as const),
      ),
    },
    closed,
  ),
  result: Type.Object(
    {
      sub_periods: Type.Array(
        Type.Object({ date: IsoDate, return: fraction('a fraction'), reason }, closed),
        { description: 'one for each date after the first' },
      ),
      cumulative: fraction('Π(1 + r) − 1 over the sub-periods that have a return'),
      annualised: fraction('(1 + cumulative)^(365/days) − 1, under a year too'),
      days: Type.Integer({ description: 'calendar days from the first row to the last' }),
      flow_timing: Type.String(),
      warnings: Type.Array(Type.Object({ date: IsoDate, code: Type.String() }, closed)),
      reasons: Reasons,
    },
    closed,
  ),
});

const datedAmount = (description: string) =>
  Type.Object({ date: IsoDate, amount: numeric(description) }, closed);

const moneyWeightedReturn = capability({
  name: 'calc.money_weighted_return',
  version: '2',
  summary:
    'Money-weighted return (XIRR): the yearly rate at which the flows are worth nothing, and Modified Dietz beside it.',
  args: Type.Object(
    {
      cash_flows: Type.Array(
        datedAmount('as the investor sees it: paid in is negative, taken out positive'),
        { maxItems: maxRows, description: 'in any order' },
      ),
      opening_value: Type.Optional(
        Type.Union([Numeric, datedAmount('value held')], {
          description: 'held at the start; without a date of its own, on the earliest date given. A deposit',
        }),
      ),
      final_value: Type.Optional(datedAmount('value held at the end; counts as taken out')),
      day_count: Type.Optional(StringEnum(['act_365f', 'act_360', 'act_act_isda', '30_360'] as const)),
    },
    closed,
  ),
  result: Type.Object(
    {
      xirr: fraction('a fraction per year; of several roots the one nearest 0'),
      period_return: fraction(
        '(1 + xirr)^t − 1 over all t years of the day count; (1 + xirr)^(days/365) − 1 by act_365f',
      ),
      days: Type.Integer({ description: 'calendar days from the first date to the last' }),
      multiple_roots: Type.Boolean({ description: 'more than one rate solves the equation' }),
      total_loss: Type.Boolean({ description: 'nothing came back: −1 by convention' }),
      npv_residual: fraction('net present value at the rate found, in the currency of the flows'),
      modified_dietz: fraction('gain over average capital, for the whole time'),
      day_count: Type.String(),
      reason: Type.Optional(Type.String({ description: 'why `xirr` is null' })),
      reasons: Reasons,
    },
    closed,
  ),
});

export const returnsCatalogue = {
  'calc.annualise': annualise,
  'calc.time_weighted_return': timeWeightedReturn,
  'calc.money_weighted_return': moneyWeightedReturn,
  ...attributionCatalogue,
} as const;
