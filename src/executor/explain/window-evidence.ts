/** The evidence of a measure over time: which days, what came in and out on which of them, prices and rates of both ends. */
import type { DayEvidence, FlowEvidence, FxEvidence, PriceEvidence } from '../../contract/explanation';
import { type WindowName, windowNames } from '../../contract/window-names';
import { calendarWindows } from '../../services/calendar-windows';
import type { DailyValue } from '../../services/daily-values';
import { Decimal, decimalText, moneyPlaces, roundMoney } from '../../services/decimal';
import { fixedText, parseFixed } from '../../services/fixed';
import { timeWeightedReturn } from '../../services/returns';
import { lastDays, type NoWindow, sinceInception, valuePoints, type Window } from '../../services/window';
import { type DayValuation, lineWords, toPrice } from './day-valuation';
import { byCurrency, type Evidence } from './evidence';
import type { Subject } from './explainer';
import type { PortfolioPast } from './past';
import { deriveRate } from './rates';
import { amountText } from './words';

/** The window that the call asked for. */
export function windowOf({ args }: Pick<Subject, 'args'>, past: PortfolioPast): Window | NoWindow {
  const { lookback_days } = args;
  return typeof lookback_days === 'number' ? lastDays(past.history, lookback_days) : sinceInception(past.history);
} // prettier-ignore

/** Which of the result's windows the figure is of, and which member of it. */
export function scopeOf(
  { path, args }: Pick<Subject, 'path' | 'args'>,
  past: PortfolioPast,
): { window: Window | NoWindow; member: string } {
  const [first = '', second = '', third = ''] = path;
  if (first === 'since_inception') return { window: sinceInception(past.history), member: second };
  if (first === 'windows' && (windowNames as readonly string[]).includes(second)) {
    return { window: calendarWindows(past.history)[second as WindowName], member: third };
  }
  return { window: windowOf({ args }, past), member: first };
}

export function moneyOf(amount: bigint): string {
  return fixedText(amount, moneyPlaces);
}

/** Every external flow of a window at the rate of the valued day on which it counts: its own, or the next. */
export async function flowsOf(evidence: Evidence, past: PortfolioPast, { values, from, to }: Pick<Window, 'values' | 'from' | 'to'>): Promise<FlowEvidence[]> {
  const rows = await evidence.flows({ from, to });
  let next = 1;
  return rows.map(({ date, currency, amount, narration }) => {
    while (next < values.length && (values[next] as DailyValue).date < date) next += 1;
    const day = values[next]?.date ?? null;
    const quotes = byCurrency(day === null ? [] : (past.rates.get(day) ?? []));
    const rate = day === null ? null : (deriveRate(currency, past.base_currency, day, quotes)?.rate ?? null);
    return {
      date,
      amount,
      currency,
      base_amount: rate && decimalText(roundMoney(new Decimal(amount).times(rate))),
      rate: rate && decimalText(rate),
      rate_date: day,
      narration,
    };
  });
} // prettier-ignore

/** Every valued day of a window, with its return; the first is the opening and has none. */
export function daysOf(values: readonly DailyValue[]): DayEvidence[] {
  const { sub_periods } = timeWeightedReturn(valuePoints(values));
  return values.map(({ date, value, external_flow }, index) => ({
    date,
    value: moneyOf(value),
    external_flow: moneyOf(external_flow),
    return: index === 0 ? null : (sub_periods[index - 1]?.return ?? null),
  }));
}

/** Prices and rates that went into the days of a window, in the order of dates. */
export function quotesOf(past: PortfolioPast, values: readonly DailyValue[]): { prices: PriceEvidence[]; fx: FxEvidence[] } {
  const prices: PriceEvidence[] = [];
  const fx: FxEvidence[] = [];
  const held = heldThrough(past);
  for (const { date, buckets } of values) {
    const securities = held(date);
    prices.push(...(past.prices.get(date) ?? []).filter(({ security_id }) => securities.has(security_id)).map(toPrice));
    const quotes = byCurrency(past.rates.get(date) ?? []);
    for (const currency of [...buckets.keys()].sort()) {
      const derived = deriveRate(currency, past.base_currency, date, quotes);
      if (derived?.evidence) fx.push(derived.evidence);
    }
  }
  return { prices, fx };
} // prettier-ignore

/** Returns the function that says what was held at the end of a day; days have to come in their order. */
function heldThrough({ holding_changes }: PortfolioPast): (date: string) => ReadonlySet<string> {
  const quantities = new Map<string, bigint>();
  const held = new Set<string>();
  let next = 0;
  return (date) => {
    for (; next < holding_changes.length && (holding_changes[next]?.date ?? '') <= date; next += 1) {
      const { security_id = '', quantity_change = '0' } = holding_changes[next] ?? {};
      const quantity = (quantities.get(security_id) ?? 0n) + parseFixed(quantity_change);
      quantities.set(security_id, quantity);
      if (quantity === 0n) held.delete(security_id);
      else held.add(security_id);
    }
    return held;
  };
}

/** Line by line, and the sum. */
export function valuationWords(day: DayValuation, base: string): string[] {
  if (day.lines.length === 0) return [`Nothing was held on ${day.date}: 0.00 ${base}`];
  const lines = day.lines.map((line) => lineWords(line, base));
  const isTrivial = lines.length === 1;
  const terms = day.lines.map(({ value }) => amountText(value)).join(' + ').replaceAll('+ −', '− ');
  return [...lines, ...(isTrivial ? [] : [`${terms} = ${amountText(day.total)} ${base}`])];
} // prettier-ignore
