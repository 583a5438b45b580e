/** Golden cases of others, asked in the calculator's arguments. */
 
import { addDays } from '../../../src/services/dates';
import type { Ask, GoldenMap, Maps } from '../map';
import { attributionMaps } from './attribution';

interface Row {
  date: string;
  value: number;
}
interface SubPeriod {
  date: string;
  return: number;
}

const timings: Record<string, string> = {
  PP: 'in_start_out_end',
  EOD: 'end_of_day',
  SOD: 'start_of_day',
  SUBPERIOD: 'exact',
};

const flowOf = (flow: number) => ({ inflow: Math.max(flow, 0), outflow: Math.max(-flow, 0) });
/** Dates of the source are no ISO days ("Y1-08-15"), or there are none; sub-period returns do not depend on them. */
const day = (index: number) => addDays('2001-01-01', index);

/** The return over given returns, as that of an index that moves by them. */
async function chained(ask: Ask, returns: readonly number[]): Promise<number> {
  let value = 1;
  const values = [{ date: day(0), value }];
  for (const one of returns) values.push({ date: day(values.length), value: (value *= 1 + one) });
  return (await ask('calc.time_weighted_return', { values })).cumulative;
}

const twr: GoldenMap = async ({ input, convention, expected }, ask) => {
  const flow_timing = timings[convention as string];
  const over = (values: object[]) => ask('calc.time_weighted_return', { values, flow_timing });
  if (input.returns) return { linked: await chained(ask, input.returns) };
  if (input.points) return revalued(input.points, over);
  if (input.values) {
    const rows = (input.values as [number, number][]).map(([value, flow], index) => ({
      date: day(index),
      value,
      ...(index > 0 && flowOf(flow)),
    }));
    const { cumulative, annualised, sub_periods } = await over(rows);
    return { twr: cumulative, annualised, returns: returnsOf(sub_periods) };
  }
  const daily = input.daily as Row[];
  const result = await over(daily);
  if ('period_returns' in expected) return weekly(result.sub_periods, ask);
  const cumulative = [0];
  for (let end = 2; end <= daily.length; end++) cumulative.push((await over(daily.slice(0, end))).cumulative);
  return {
    daily_returns: [0, ...returnsOf(result.sub_periods)],
    cumulative,
    twr: result.cumulative,
    warnings: result.warnings.length,
  };
};

const returnsOf = (periods: SubPeriod[]) => periods.map((period) => period.return);

async function revalued(
  points: { value_after_flow?: number; value_before_flow?: number; flow?: number }[],
  over: (values: object[]) => ReturnType<Ask>,
) {
  const rows = points.map(({ value_after_flow, value_before_flow, flow = 0 }, index) => ({
    date: day(index),
    value: value_after_flow ?? (value_before_flow as number) + flow,
    ...flowOf(flow),
    ...(value_before_flow !== undefined && { value_before_flow }),
  }));
  const { sub_periods, cumulative } = await over(rows);
  return { subperiods: returnsOf(sub_periods), twr: cumulative };
}

/** Weeks from Monday to Sunday, each the chain of its days. */
async function weekly(days: SubPeriod[], ask: Ask) {
  const weeks = new Map<number, number[]>();
  for (const one of days) {
    // 1969-12-29 was a Monday.
    const week = Math.floor((Date.parse(one.date) - Date.parse('1969-12-29')) / (7 * 86_400_000));
    weeks.set(week, [...(weeks.get(week) ?? []), one.return]);
  }
  const period_returns: number[] = [];
  const cumulative: number[] = [];
  for (const week of weeks.values()) {
    period_returns.push(await chained(ask, week));
    cumulative.push(await chained(ask, period_returns));
  }
  return { period_returns, cumulative };
}

const dayCountOf: Record<string, string> = {
  '30/360 SIA': '30_360',
  'act/360': 'act_360',
  'act/365': 'act_365f',
  'act/act ISDA': 'act_act_isda',
};

const mwr: GoldenMap = async ({ input, id }, ask) => {
  if (input.flows) return dietz(input, ask);
  const cash_flows = (input.dates as string[]).map((date, index) => ({ date, amount: input.amounts[index] }));
  const day_count = input.day_count && dayCountOf[input.day_count];
  if (input.day_count && !day_count) throw new Error(`${id}: the calculator has no ${String(input.day_count)}`);
  const { xirr, reason } = await ask('calc.money_weighted_return', { cash_flows, day_count });
  return {
    xirr,
    error: reason !== undefined,
    reason: reason === 'NO_ROOT' ? 'no_solution' : reason,
  };
};

/** Times in years of 365 days; a positive flow is a deposit. */
async function dietz(
  { begin, end, flows, T }: { begin: number; end: number; flows: [number, number][]; T: number },
  ask: Ask,
) {
  const at = (years: number) => addDays('2001-01-01', years * 365);
  const result = await ask('calc.money_weighted_return', {
    opening_value: { date: at(0), amount: begin },
    final_value: { date: at(T), amount: end },
    cash_flows: flows.map(([time, amount]) => ({ date: at(time), amount: -amount })),
  });
  return {
    modified_dietz: result.modified_dietz,
    irr_annual: result.xirr,
    irr_holding_period: result.period_return,
  };
}

export const returnsMaps: Maps = { twr, mwr_xirr: mwr, ...attributionMaps };
