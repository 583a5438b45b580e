/**
 * Time-weighted return (GIPS TWR): the chain of sub-period returns between valuations, free of external flows.
 * Flows are signed from the portfolio: money that comes in is an inflow. Fees and dividends are performance, not flows.
 */
import { annualise } from './annualise';
import { daysBetween } from './dates';
import type { ReasonCodes } from './holdings';

export const flowTimings = ['end_of_day', 'start_of_day', 'in_start_out_end', 'exact'] as const;
/**
 * `end_of_day`: r = (V₁ − F)/V₀ − 1. `start_of_day`: r = V₁/(V₀ + F) − 1. `in_start_out_end`: r = (V₁ + out)/(V₀ + in) − 1
 * (Portfolio Performance). `exact`: r = V_before_flow/V₀ − 1 (GIPS, revaluation at the flow).
 */
export type FlowTiming = (typeof flowTimings)[number];

export interface ValuePoint {
  date: string;
  /** After the flows of the day. */
  value: number;
  inflow?: number;
  outflow?: number;
  /** For `exact`; left out: the value less the net flow. */
  value_before_flow?: number;
}

export interface SubPeriod {
  /** The day it ends. */
  date: string;
  return: number | null;
  reason?: string;
}

export interface TimeWeightedReturn {
  sub_periods: SubPeriod[];
  /** Π(1 + r) − 1 over the sub-periods that have a return. */
  cumulative: number | null;
  annualised: number | null;
  days: number;
  flow_timing: FlowTiming;
  warnings: { date: string; code: string }[];
  reasons: ReasonCodes;
}

/**
 * Chains the returns between consecutive rows (in the order of dates). `cumulative` needs two rows: `TOO_FEW_OBSERVATIONS`.
 * A portfolio that is empty at the start of a day has that day's flow counted at the start of the day; without a flow its
 * return is 0, and a gain on no capital is a warning `GAIN_WITHOUT_CAPITAL`. Where the capital is negative the sub-period
 * has no meaning (`ZERO_START`: no positive capital at the start; `TOTAL_LOSS`: lost more than everything) and is left out of
 * the chain with a warning. `NO_ROOT`: the chain is larger than a double holds.
 */
export function timeWeightedReturn(
  rows: readonly ValuePoint[],
  flowTiming: FlowTiming = 'end_of_day',
): TimeWeightedReturn {
  const warnings: TimeWeightedReturn['warnings'] = [];
  const sub_periods = rows.slice(1).map((row, index): SubPeriod => {
    const { value, warning } = subPeriod((rows[index] as ValuePoint).value, row, flowTiming);
    if (warning !== undefined) warnings.push({ date: row.date, code: warning });
    return value === null
      ? { date: row.date, return: null, reason: warning as string }
      : { date: row.date, return: value };
  });
  const days =
    rows.length < 2 ? 0 : daysBetween((rows[0] as ValuePoint).date, (rows.at(-1) as ValuePoint).date);
  const shared = { sub_periods, days, flow_timing: flowTiming, warnings };
  const code = sub_periods.length === 0 ? 'TOO_FEW_OBSERVATIONS' : allBroken(sub_periods);
  if (code !== undefined) {
    return { ...shared, cumulative: null, annualised: null, reasons: { cumulative: code, annualised: code } };
  }
  const cumulative = chain(sub_periods.map((period) => period.return ?? 0));
  if (!Number.isFinite(cumulative)) {
    const reasons = { cumulative: 'NO_ROOT', annualised: 'NO_ROOT' };
    return { ...shared, cumulative: null, annualised: null, reasons };
  }
  const { annualised, reasons } = annualise(cumulative, { days });
  return { ...shared, cumulative, annualised, reasons };
}

/** Π(1 + r) − 1. */
export function chain(returns: readonly number[]): number {
  return returns.reduce((wealth, value) => wealth * (1 + value), 1) - 1;
}

function allBroken(periods: readonly SubPeriod[]): string | undefined {
  return periods.every((period) => period.return === null) ? periods[0]?.reason : undefined;
}

interface Outcome {
  value: number | null;
  warning?: string;
}

function subPeriod(start: number, row: ValuePoint, flowTiming: FlowTiming): Outcome {
  const [end, capital] = endAndCapital(
    start,
    row,
    start === 0 ? timingFromNothing(row, flowTiming) : flowTiming,
  );
  if (start < 0) return { value: null, warning: 'ZERO_START' };
  if (capital === 0 || (capital < 0 && start === 0)) {
    const gain = gainOf(start, row, flowTiming);
    return gain === 0 ? { value: 0 } : { value: 0, warning: 'GAIN_WITHOUT_CAPITAL' };
  }
  if (capital < 0) return { value: null, warning: 'ZERO_START' };
  const value = end / capital - 1;
  // Capital so small that no double holds the return is none.
  if (!Number.isFinite(value)) return { value: null, warning: 'ZERO_START' };
  return value < -1 ? { value: null, warning: 'TOTAL_LOSS' } : { value };
}

function endAndCapital(start: number, row: ValuePoint, timing: FlowTiming): [end: number, capital: number] {
  switch (timing) {
    case 'end_of_day':
      return [row.value - netFlow(row), start];
    case 'start_of_day':
      return [row.value, start + netFlow(row)];
    case 'in_start_out_end':
      return [row.value + (row.outflow ?? 0), start + (row.inflow ?? 0)];
    case 'exact':
      return [row.value_before_flow ?? row.value - netFlow(row), start];
  }
}

/** With `exact` the flow need not be given: it is what the value before it is not. */
function gainOf(start: number, row: ValuePoint, timing: FlowTiming): number {
  const isImplied = timing === 'exact' && row.inflow === undefined && row.outflow === undefined;
  return (isImplied ? row.value_before_flow : undefined) ?? row.value - netFlow(row) - start;
}

function netFlow({ inflow = 0, outflow = 0 }: ValuePoint): number {
  return inflow - outflow;
}

/** At the end of the day a first day's gain or fee would be lost with its flow. */
function timingFromNothing(row: ValuePoint, flowTiming: FlowTiming): FlowTiming {
  if (flowTiming === 'end_of_day') return 'start_of_day';
  if (flowTiming !== 'exact') return flowTiming;
  return (row.value_before_flow ?? 0) === 0 ? 'start_of_day' : flowTiming;
}
