/** Which daily values a measure is over: the last trading days of the pack, or everything since the portfolio began. */
import type { DailyValue, DailyValues } from './daily-values';
import { addDays, daysBetween } from './dates';
import { moneyPlaces } from './decimal';
import { fixedNumber } from './fixed';
import type { ValuePoint } from './returns';

export interface Window {
  /** The first is the opening: its day is the exclusive start of the period. */
  values: DailyValue[];
  from: string;
  to: string;
  /** Calendar days. */
  days: number;
  /** Trading days in between that could not be valued; their return is part of the next day's. */
  unvalued_days: number;
}

/**
 * `TOO_FEW_OBSERVATIONS`: nothing was ever held, or only on one day; `NO_QUOTE`: the first or the last day of the window
 * has no value, so any return would be that of another period. `PERIOD_BEFORE_INCEPTION`, `BEFORE_FIRST_QUOTE`: the window
 * would begin before the portfolio, or before the first prices of a portfolio that is older than they are.
 */
export type NoWindow = {
  reason: 'TOO_FEW_OBSERVATIONS' | 'NO_QUOTE' | 'PERIOD_BEFORE_INCEPTION' | 'BEFORE_FIRST_QUOTE';
};

export interface History extends DailyValues {
  /** The trading days of the pack. */
  dates: readonly string[];
  /** The first day the ledger knows; `null`: it is empty. */
  first_activity: string | null;
}

/** Since the portfolio began: with the gain or the fee of its first day. */
export function sinceInception(history: History): Window | NoWindow {
  const first = history.values.findIndex(({ buckets }) => buckets.size > 0);
  if (first < 0) return { reason: history.unvalued.length > 0 ? 'NO_QUOTE' : 'TOO_FEW_OBSERVATIONS' };
  const begin = history.values[first] as DailyValue;
  const before = history.values[first - 1];
  if (before) return windowOf(history, before);
  // Nothing was held before the first day there are prices for, so the portfolio came from nothing on that day. One that
  // is older begins with what it was worth then: how it got there cannot be known.
  return history.first_activity === begin.date
    ? windowOf(history, { date: addDays(begin.date, -1), value: 0n, external_flow: 0n, buckets: new Map() })
    : windowOf(history, begin);
}

/** The last `lookbackDays` trading days, or since inception where that is shorter. */
export function lastDays(history: History, lookbackDays: number): Window | NoWindow {
  const whole = sinceInception(history);
  const start = history.dates[history.dates.length - 1 - lookbackDays];
  if (start === undefined || 'reason' in whole || start <= whole.from) return whole;
  return windowFrom(history, start);
}

/** From the close of a trading day on. */
export function windowFrom(history: History, start: string): Window | NoWindow {
  const opening = history.values.find(({ date }) => date === start);
  return opening ? windowOf(history, opening) : { reason: 'NO_QUOTE' };
}

/** Whether nothing was invested from the close before a day to its own: the portfolio was empty, and nothing came in. */
export function isIdle(values: readonly DailyValue[], day: number): boolean {
  return values[day - 1]?.value === 0n && (values[day]?.external_flow ?? 0n) <= 0n;
}

/** For the time-weighted return. */
export function valuePoints(values: readonly DailyValue[]): ValuePoint[] {
  return values.map(({ date, value, external_flow }) => {
    const flow = fixedNumber(external_flow, moneyPlaces);
    return {
      date,
      value: fixedNumber(value, moneyPlaces),
      inflow: Math.max(flow, 0),
      outflow: Math.max(-flow, 0),
    };
  });
}

function windowOf({ values, dates, unvalued }: History, opening: DailyValue): Window | NoWindow {
  const after = values.filter(({ date }) => date > opening.date);
  const to = dates.at(-1) as string;
  if (unvalued.at(-1)?.date === to) return { reason: 'NO_QUOTE' };
  if (after.length === 0) return { reason: 'TOO_FEW_OBSERVATIONS' };
  return {
    values: [opening, ...after],
    from: opening.date,
    to,
    days: daysBetween(opening.date, to),
    unvalued_days: unvalued.filter(({ date }) => date > opening.date).length,
  };
}
