/** What each security was worth, gained and paid on each valued day, from prices, lots and trades. */
import type { DailyInputs } from './daily-values';
import { dayIndex } from './day-index';
import { amountPlaces, fixedNumber, parseFixed } from './fixed';
import { majorUnit } from './fx';
import type { DayFlow, PositionFlow, PositionSeries } from './position-history';
import type { RateSeries } from './rate-series';

interface Building extends PositionSeries {
  flows: Map<number, DayFlow>;
}

/** Of every security that was held, traded or paid something on one of the days; by the order in which they appear. */
export function securitySeries(
  inputs: DailyInputs,
  flows: readonly PositionFlow[],
  dates: readonly string[],
  rates: RateSeries,
): PositionSeries[] {
  const series = new Map<string, Building>();
  for (const [id, quantity] of quantitySteps(inputs, dates)) series.set(id, emptySeries(id, quantity));
  fillValues(series, inputs, dates, rates);
  fillFlows(series, flows, dates, rates);
  for (const one of series.values()) fillGains(one);
  return [...series.values()].filter(({ quantity, flows: paid }) => paid.size > 0 || quantity.some(Boolean));
}

function emptySeries(security_id: string, quantity: Float64Array): Building {
  const blank = (): Float64Array => new Float64Array(quantity.length);
  return {
    ...{ kind: 'security', security_id, currency: '' },
    ...{ quantity, value: blank(), gain: blank(), flows: new Map() },
  };
}

/** A million rows for 500 securities over ten years, so little is done for each. */
function fillValues(
  series: ReadonlyMap<string, Building>,
  { prices }: DailyInputs,
  dates: readonly string[],
  rates: RateSeries,
): void {
  const days = new Map(dates.map((one, index) => [one, index]));
  let [date, day] = ['', -1];
  for (const { date: of, security_id, close, currency } of prices) {
    // They come in the order of dates.
    if (of !== date) [date, day] = [of, days.get(of) ?? -1];
    if (day < 0) continue;
    const one = series.get(security_id);
    if (!one) continue;
    if (one.currency === '') one.currency = majorUnit(currency).major;
    const quantity = one.quantity[day] as number;
    if (quantity === 0) continue;
    const local = quantity * Number(close);
    one.value[day] = currency === one.currency ? local : local * inUnit(currency, one.currency, rates, day);
  }
}

/** How many units of `to` one of `from` is, of which either may be pence. */
function inUnit(from: string, to: string, rates: RateSeries, day: number): number {
  const { major, perMajor } = majorUnit(from);
  return (major === to ? 1 : rates.cross(major, to, day)) / perMajor;
}

function fillFlows(
  series: Map<string, Building>,
  flows: readonly PositionFlow[],
  dates: readonly string[],
  rates: RateSeries,
): void {
  const dayOf = dayIndex(dates);
  for (const { date, security_id, currency, bought, sold, income } of flows) {
    const day = dayOf(date);
    if (security_id === null || day === null || day === 0) continue;
    const one = series.get(security_id) ?? emptySeries(security_id, new Float64Array(dates.length));
    series.set(security_id, one);
    if (one.currency === '') one.currency = majorUnit(currency).major;
    const unit = inUnit(currency, one.currency, rates, day);
    const flow = one.flows.get(day) ?? { bought: 0, sold: 0, income: 0 };
    flow.bought += Number(bought) * unit;
    flow.sold += Number(sold) * unit;
    flow.income += Number(income) * unit;
    one.flows.set(day, flow);
  }
}

/** Shares at the end of each day, added up exactly: who sold everything holds exactly nothing. */
function quantitySteps(
  { holding_changes }: DailyInputs,
  dates: readonly string[],
): ReadonlyMap<string, Float64Array> {
  const held = new Map<string, Float64Array>();
  const exact = new Map<string, bigint>();
  const dayOf = dayIndex(dates);
  for (const { date, security_id, quantity_change } of holding_changes) {
    const day = dayOf(date);
    if (day === null) continue;
    const quantity = (exact.get(security_id) ?? 0n) + parseFixed(quantity_change);
    exact.set(security_id, quantity);
    const steps = held.get(security_id) ?? new Float64Array(dates.length);
    steps.fill(fixedNumber(quantity, amountPlaces), day);
    held.set(security_id, steps);
  }
  return held;
}

function fillGains({ value, gain, flows }: Building): void {
  for (let day = 1; day < value.length; day += 1)
    gain[day] = (value[day] as number) - (value[day - 1] as number);
  for (const [day, { bought, sold, income }] of flows)
    gain[day] = (gain[day] as number) - bought + sold + income;
}
