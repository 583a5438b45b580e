/** What a portfolio's measures over time say on the wire, each with its period, its convention and its reasons. */
import type { Catalogue, ResultOf } from '../src/capabilities';
import { attributeByCurrency } from '../src/services/currency-attribution';
import { moneyPlaces } from '../src/services/decimal';
import { fixedText } from '../src/services/fixed';
import { timeWeightedReturn } from '../src/services/returns';
import { type NoWindow, valuePoints, type Window } from '../src/services/window';
import type { PortfolioHistory } from './portfolio-history';

type TwrResult = ResultOf<Catalogue['metrics.compute_twr']>;
type AttributionResult = ResultOf<Catalogue['metrics.currency_attribution']>;
type NavResult = ResultOf<Catalogue['portfolio.historical_nav']>;

const twrConvention = {
  name: 'time-weighted return (GIPS)',
  flow_timing: 'end_of_day',
  linking: 'daily, geometric',
  day_count: 'actual/365',
  valuation_days: 'trading days of the pricing pack',
};

export function timeWeightedReturnResult({
  base_currency,
  window,
  since_inception,
}: PortfolioHistory): TwrResult {
  const inception = returnOf(since_inception);
  const whole = {
    value: inception.value,
    annualised: inception.annualised,
    from: 'reason' in since_inception ? null : since_inception.from,
    observations: inception.observations,
    reasons: inception.reasons,
  };
  const shared = { ...periodOf(window, base_currency), since_inception: whole, convention: twrConvention };
  const { value, annualised, reasons } = returnOf(window);
  if ('reason' in window) {
    const missing = ['begin_value', 'end_value', 'net_external_flows', 'from', 'to', 'days'];
    return {
      ...shared,
      value,
      annualised,
      begin_value: null,
      end_value: null,
      net_external_flows: null,
      reasons: { ...reasons, ...withReason(missing, window.reason) },
    };
  }
  const [opening, ...after] = window.values;
  return {
    ...shared,
    value,
    annualised,
    begin_value: opening ? money(opening.value) : null,
    end_value: money(after.at(-1)?.value ?? 0n),
    net_external_flows: money(after.reduce((sum, { external_flow }) => sum + external_flow, 0n)),
    reasons,
  };
}

const attributionConvention = {
  name: 'daily effects by currency',
  weights: 'begin_of_day',
  interaction: 'separate',
  linking: 'carino',
  fx_quotation: 'base_per_local',
};

export function currencyAttributionResult({ base_currency, window }: PortfolioHistory): AttributionResult {
  const shared = { ...periodOf(window, base_currency), convention: attributionConvention };
  const attribution = 'reason' in window ? window : attributeByCurrency(window.values, base_currency);
  const actual = returnOf(window);
  const actualReason = actual.reasons['value'];
  if ('reason' in attribution) {
    const missing = ['value', 'local_return', 'fx_return', 'interaction', 'error_bps'];
    return {
      ...shared,
      ...noEffects,
      base_return_actual: actual.value,
      by_currency: [],
      reasons: {
        ...withReason(missing, attribution.reason),
        ...(actualReason !== undefined && { base_return_actual: actualReason }),
        ...('reason' in window && withReason(['from', 'to', 'days'], window.reason)),
      },
    };
  }
  const { total, ...effects } = attribution;
  return {
    ...shared,
    value: total,
    ...effects,
    base_return_actual: actual.value,
    error_bps: actual.value === null ? null : (total - actual.value) * 1e4,
    reasons: actualReason === undefined ? {} : { base_return_actual: actualReason, error_bps: actualReason },
  };
}

const noEffects = { value: null, local_return: null, fx_return: null, interaction: null, error_bps: null };

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
  reasons: Record<string, string>;
}

/** Annualised only from a year on, as GIPS wants it. */
export function returnOf(window: Window | NoWindow): Return {
  if ('reason' in window) {
    return {
      value: null,
      annualised: null,
      observations: 0,
      reasons: withReason(['value', 'annualised'], window.reason),
    };
  }
  const { cumulative, annualised, days, reasons } = timeWeightedReturn(valuePoints(window.values));
  const observations = window.values.length - 1;
  if (cumulative === null) {
    const code = reasons['cumulative'] as string;
    return {
      value: null,
      annualised: null,
      observations,
      reasons: withReason(['value', 'annualised'], code),
    };
  }
  if (days < 365) {
    return {
      value: cumulative,
      annualised: null,
      observations,
      reasons: { annualised: 'PERIOD_UNDER_ONE_YEAR' },
    };
  }
  return { value: cumulative, annualised, observations, reasons };
}

export interface Period {
  from: string | null;
  to: string | null;
  days: number | null;
  observations: number;
  unvalued_days: number;
  currency: string;
}

export function periodOf(window: Window | NoWindow, currency: string): Period {
  return 'reason' in window
    ? { from: null, to: null, days: null, observations: 0, unvalued_days: 0, currency }
    : {
        from: window.from,
        to: window.to,
        days: window.days,
        observations: window.values.length - 1,
        unvalued_days: window.unvalued_days,
        currency,
      };
}

export function withReason(fields: readonly string[], code: string): Record<string, string> {
  return Object.fromEntries(fields.map((field) => [field, code]));
}

export function money(amount: bigint): string {
  return fixedText(amount, moneyPlaces);
}
