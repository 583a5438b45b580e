/** What a portfolio's measures over time say on the wire, each with its period, its convention and its reasons. */
import type { Catalogue, ResultOf } from '../src/capabilities';
import { moneyPlaces } from '../src/services/decimal';
import { fixedText } from '../src/services/fixed';
import { timeWeightedReturn } from '../src/services/returns';
import { isIdle, type NoWindow, valuePoints, type Window } from '../src/services/window';
import type { PortfolioHistory } from './portfolio-history';

type NavResult = ResultOf<Catalogue['portfolio.historical_nav']>;

/** The value at the start, unless nothing was held yet, and that of every valued day since. */
export function historicalNavResult({ base_currency, window }: PortfolioHistory): Omit<NavResult, 'chart'> {
  const period = periodOf(window, base_currency);
  if ('reason' in window) {
    return { ...period, points: [], reasons: withReason(['points', 'from', 'to', 'days'], window.reason) };
  }
  const held = window.values.filter(({ buckets }, index) => index > 0 || buckets.size > 0);
  const points = held.map(({ date, value, external_flow }) => ({
    date,
    value: money(value),
    external_flow: money(external_flow),
  }));
  return { ...period, points, reasons: {} };
}

export interface Return {
  value: number | null;
  annualised: number | null;
  observations: number;
  /** Days that are left out of the chain or count as 0. */
  warnings: { date: string; code: string }[];
  reasons: Record<string, string>;
}

/** Annualised only from a year on, as GIPS wants it. A window in which nothing was invested has no return: `ZERO_START`. */
export function returnOf(window: Window | NoWindow): Return {
  const none = { value: null, annualised: null };
  if ('reason' in window) {
    const reasons = withReason(['value', 'annualised'], window.reason);
    return { ...none, observations: 0, warnings: [], reasons };
  }
  const { values } = window;
  const { cumulative, annualised, days, warnings, reasons } = timeWeightedReturn(valuePoints(values));
  const observations = values.length - 1;
  if (values.every((_, day) => day === 0 || isIdle(values, day)))
    return { ...none, observations, warnings, reasons: withReason(['value', 'annualised'], 'ZERO_START') };
  if (cumulative === null) {
    const code = reasons['cumulative'] as string;
    return { ...none, observations, warnings, reasons: withReason(['value', 'annualised'], code) };
  }
  if (days < 365) {
    const tooShort = { annualised: 'PERIOD_UNDER_ONE_YEAR' };
    return { value: cumulative, annualised: null, observations, warnings, reasons: tooShort };
  }
  return { value: cumulative, annualised, observations, warnings, reasons };
}

export interface Span {
  from: string | null;
  to: string | null;
  days: number | null;
  observations: number;
  unvalued_days: number;
}

export function spanOf(window: Window | NoWindow): Span {
  if ('reason' in window) return { from: null, to: null, days: null, observations: 0, unvalued_days: 0 };
  const { from, to, days, unvalued_days, values } = window;
  return { from, to, days, observations: values.length - 1, unvalued_days };
}

/** `spanOf`, and the currency that amounts and returns are in. */
export function periodOf(window: Window | NoWindow, currency: string): Span & { currency: string } {
  return { ...spanOf(window), currency };
}

export function withReason(fields: readonly string[], code: string): Record<string, string> {
  return Object.fromEntries(fields.map((field) => [field, code]));
}

export function money(amount: bigint): string {
  return fixedText(amount, moneyPlaces);
}
