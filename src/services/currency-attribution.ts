/**
 * Splits the return of a portfolio into what its assets did in their own currencies, what the currencies did, and both
 * together: 1 + r_base = (1 + r_local)(1 + r_fx), with r_fx = fx₁/fx₀ − 1 in base per 1 local.
 *
 * Day by day and currency by currency, at the weights of the beginning of the day; flows come at the end of the day.
 * Dividends, interest and fees are local. What a conversion between currencies gained or lost against the day's rates is
 * local to the base currency. The days are linked with Carino, so the effects add up to the linked total exactly.
 */
import { carinoFactor } from './carino';
import { type Bucket, bucketPlaces, type DailyValue } from './daily-values';
import { moneyPlaces, ratePlaces } from './decimal';
import { amountPlaces, fixedNumber, powerOfTen } from './fixed';
import { chain } from './returns';

export interface Effects {
  local_return: number;
  fx_return: number;
  interaction: number;
}

export interface CurrencyEffects extends Effects {
  currency: string;
  total: number;
  /** Mean of the weights at the beginning of each day; a fraction. */
  average_weight: number;
}

export interface CurrencyAttribution extends Effects {
  /** Local + fx + interaction of all currencies. */
  total: number;
  by_currency: CurrencyEffects[];
}

/** `TOO_FEW_OBSERVATIONS`: fewer than two values; `TOTAL_LOSS`: a day lost everything, which no logarithm links. */
export type NotAttributed = { reason: 'TOO_FEW_OBSERVATIONS' | 'TOTAL_LOSS' };

/** Effects over the days after the first of `values`, by currency in the order of their codes. */
export function attributeByCurrency(
  values: readonly DailyValue[],
  base: string,
): CurrencyAttribution | NotAttributed {
  if (values.length < 2) return { reason: 'TOO_FEW_OBSERVATIONS' };
  const days = values.slice(1).map((value, index) => dayEffects(values[index] as DailyValue, value, base));
  const returns = days.map(dayReturn);
  if (returns.some((value) => value <= -1)) return { reason: 'TOTAL_LOSS' };
  const linkedFactor = carinoFactor(chain(returns));
  const linked = new Map<string, CurrencyEffects>();
  for (const [index, day] of days.entries()) {
    const scale = carinoFactor(returns[index] as number) / linkedFactor;
    for (const [currency, effects] of day)
      addEffects(entryOf(linked, currency), effects, scale, 1 / days.length);
  }
  const by_currency = [...linked.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1));
  for (const one of by_currency) one.total = one.local_return + one.fx_return + one.interaction;
  const sumOf = (pick: (one: CurrencyEffects) => number) =>
    by_currency.reduce((sum, one) => sum + pick(one), 0);
  return {
    local_return: sumOf((one) => one.local_return),
    fx_return: sumOf((one) => one.fx_return),
    interaction: sumOf((one) => one.interaction),
    total: sumOf((one) => one.total),
    by_currency,
  };
}

type DayEffects = Map<string, Effects & { weight: number }>;

/** Contributions of one day, as fractions of the capital that worked; none on a day without capital. */
function dayEffects(start: DailyValue, end: DailyValue, base: string): DayEffects {
  const effects: DayEffects = new Map();
  const capital = fixedNumber(start.value === 0n ? end.external_flow : start.value, moneyPlaces);
  if (start.value < 0n || capital <= 0) return effects;
  let conversion = 0n;
  for (const currency of new Set([...start.buckets.keys(), ...end.buckets.keys()])) {
    const before = start.buckets.get(currency);
    const after = end.buckets.get(currency);
    effects.set(currency, bucketEffects(before, after, capital));
    if (after) conversion += after.converted * after.rate;
  }
  if (conversion !== 0n) {
    const entry = effects.get(base) ?? { local_return: 0, fx_return: 0, interaction: 0, weight: 0 };
    entry.local_return += fixedNumber(conversion, amountPlaces + ratePlaces) / capital;
    effects.set(base, entry);
  }
  return effects;
}

/** A bucket that is missing on one of the days holds nothing there, and its rate does not matter. */
function bucketEffects(
  before: Bucket | undefined,
  after: Bucket | undefined,
  capital: number,
): Effects & { weight: number } {
  const startRate = before?.rate ?? after?.rate ?? 0n;
  const rateChange = (after?.rate ?? startRate) - startRate;
  const startLocal = before?.local ?? 0n;
  const inflow = ((after?.external ?? 0n) + (after?.converted ?? 0n)) * powerOfTen(amountPlaces);
  const gain = (after?.local ?? 0n) - inflow - startLocal;
  const fraction = (amount: bigint) => fixedNumber(amount, bucketPlaces + ratePlaces) / capital;
  return {
    local_return: fraction(gain * startRate),
    fx_return: fraction(startLocal * rateChange),
    interaction: fraction(gain * rateChange),
    weight: fraction(startLocal * startRate),
  };
}

function dayReturn(day: DayEffects): number {
  let sum = 0;
  for (const { local_return, fx_return, interaction } of day.values())
    sum += local_return + fx_return + interaction;
  return sum;
}

function entryOf(linked: Map<string, CurrencyEffects>, currency: string): CurrencyEffects {
  let entry = linked.get(currency);
  if (!entry) {
    entry = { currency, local_return: 0, fx_return: 0, interaction: 0, total: 0, average_weight: 0 };
    linked.set(currency, entry);
  }
  return entry;
}

function addEffects(
  sum: CurrencyEffects,
  day: Effects & { weight: number },
  scale: number,
  share: number,
): void {
  sum.local_return += day.local_return * scale;
  sum.fx_return += day.fx_return * scale;
  sum.interaction += day.interaction * scale;
  sum.average_weight += day.weight * share;
}
