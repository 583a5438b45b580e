/** The daily time-weighted returns of a window: what statistics of risk are made of. Flows are out of them. */
import { timeWeightedReturn } from './returns';
import { isIdle, type NoWindow, valuePoints, type Window } from './window';

export interface DailyReturns {
  /** The opening's day, then one for each return. */
  dates: string[];
  /** `null`: no return, since it has no meaning or nothing was invested. */
  returns: (number | null)[];
  /** Days that the portfolio was empty from one close to the next: they are no observation of risk. */
  idle_days: number;
  warnings: { date: string; code: string }[];
}

/** Of no window there are none. */
export function dailyReturns(window: Window | NoWindow): DailyReturns {
  if ('reason' in window) return { dates: [], returns: [], idle_days: 0, warnings: [] };
  const { values } = window;
  const { sub_periods, warnings } = timeWeightedReturn(valuePoints(values));
  const returns = sub_periods.map((day, index) => (isIdle(values, index + 1) ? null : day.return));
  return {
    dates: values.map(({ date }) => date),
    returns,
    idle_days: sub_periods.filter((_, index) => isIdle(values, index + 1)).length,
    warnings,
  };
}

/** A rate per year as one per period of which a year has so many: (1 + r)^(1/P) − 1. */
export function ratePerPeriod(perYear: number, periodsPerYear: number): number {
  return Math.expm1(Math.log1p(perYear) / periodsPerYear);
}
