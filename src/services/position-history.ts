/**
 * What each position was worth, gained and paid on each valued day, in its own currency: securities, the cash of each
 * currency, fees and taxes. The gains of all rows, at the day's rates, add up to the gain of the portfolio.
 *
 * For statistics, so in doubles; quantities and cash are added up exactly first. Flows come at the end of the day they
 * are valued on, at its rates. What a conversion between currencies gained or lost against the day's rates is a gain of
 * the cash in base currency; interest, and what belongs to no security, is one of the cash it was paid in.
 */
import { cashSeries } from './cash-series';
import type { DailyInputs, DailyValue } from './daily-values';
import { moneyPlaces } from './decimal';
import { fixedNumber } from './fixed';
import { rateSeries, type RateSeries } from './rate-series';
import { securitySeries } from './security-series';

export type PositionKind = 'security' | 'cash' | 'fees' | 'taxes';

/** What one ledger day put into a security and took out of it; decimals as text, in the currency it was paid in. */
export interface PositionFlow {
  date: string;
  kind: Exclude<PositionKind, 'cash'>;
  security_id: string | null;
  currency: string;
  bought: string;
  sold: string;
  /** Dividends less withheld tax; of fees and taxes what they did to the cash. */
  income: string;
}

/** Since the valued day before, in the position's currency. */
export interface DayFlow {
  bought: number;
  sold: number;
  income: number;
}

/** One number for each day of the history; of day 0 there is only quantity and value. */
export interface PositionSeries {
  kind: PositionKind;
  security_id: string | null;
  /** Never a minor unit: shares quoted in pence are worth pounds. */
  currency: string;
  /** At the end of the day. */
  quantity: Float64Array;
  value: Float64Array;
  /** value − value of the day before − bought + sold + income. */
  gain: Float64Array;
  /** By day; days without a flow have none. */
  flows: ReadonlyMap<number, DayFlow>;
}

export interface PositionHistory {
  base_currency: string;
  dates: readonly string[];
  /** Of the whole portfolio in base, after the flows of the day, and these flows. */
  value: Float64Array;
  external_flow: Float64Array;
  rates: RateSeries;
  positions: PositionSeries[];
}

/** @param values the days, the first being the opening: what came before it is in its quantities alone */
export function positionHistory(
  inputs: DailyInputs,
  flows: readonly PositionFlow[],
  values: readonly DailyValue[],
): PositionHistory {
  const dates = values.map(({ date }) => date);
  const rates = rateSeries(inputs.rates, inputs.base_currency, dates);
  return {
    base_currency: inputs.base_currency,
    dates,
    value: Float64Array.from(values, ({ value }) => fixedNumber(value, moneyPlaces)),
    external_flow: Float64Array.from(values, (day) => fixedNumber(day.external_flow, moneyPlaces)),
    rates,
    positions: [...securitySeries(inputs, flows, dates, rates), ...cashSeries(inputs, flows, dates, rates)],
  };
}
