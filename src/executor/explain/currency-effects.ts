/**
 * What assets, exchange rates and both together did to a portfolio, currency by currency, worked out once more from its daily
 * values: as a second way to the figures of `metrics.currency_attribution`, not the same code.
 */
import { carinoFactor } from '../../services/carino';
import { type Bucket, bucketPlaces, type DailyValue } from '../../services/daily-values';
import { moneyPlaces, ratePlaces } from '../../services/decimal';
import { amountPlaces, fixedNumber, powerOfTen } from '../../services/fixed';
import { chain } from '../../services/returns';

export const effectNames = ['local_return', 'fx_return', 'interaction'] as const;
export type EffectName = (typeof effectNames)[number];

/** Of one currency on one day, as fractions of the day's capital. */
export interface DayEffect extends Record<EffectName, number> {
  date: string;
  weight: number;
  /** Base per 1 local, at the end of the day before and of this one. */
  rates: [before: number, after: number];
  /** What the day counts for when the days are added up (Carino). */
  factor: number;
}

export interface CurrencyEffects {
  currency: string;
  days: DayEffect[];
  linked: Record<EffectName, number>;
  average_weight: number;
}

/** By the currencies' codes; `null`: a day lost everything, and nothing links it to the others. */
export function currencyEffects(values: readonly DailyValue[], base: string): CurrencyEffects[] | null {
  const days = values.slice(1).map((end, index) => dayEffects(values[index] as DailyValue, end, base));
  const returns = days.map((day) =>
    [...day.values()].reduce((sum, one) => sum + one.local_return + one.fx_return + one.interaction, 0),
  );
  if (days.length === 0 || returns.some((value) => value <= -1)) return null;
  const whole = carinoFactor(chain(returns));
  const byCurrency = new Map<string, DayEffect[]>();
  for (const [index, day] of days.entries()) {
    const factor = carinoFactor(returns[index] as number) / whole;
    for (const [currency, effect] of day) {
      byCurrency.set(currency, [...(byCurrency.get(currency) ?? []), { ...effect, factor }]);
    }
  }
  return [...byCurrency]
    .map(([currency, effects]) => linkEffects(currency, effects, days.length))
    .sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

function linkEffects(currency: string, days: DayEffect[], count: number): CurrencyEffects {
  const linked = { local_return: 0, fx_return: 0, interaction: 0 };
  for (const day of days) for (const name of effectNames) linked[name] += day[name] * day.factor;
  return {
    currency,
    days,
    linked,
    average_weight: days.reduce((sum, { weight }) => sum + weight, 0) / count,
  };
}

type Unlinked = Omit<DayEffect, 'factor'>;

/** None on a day without capital. */
function dayEffects(start: DailyValue, end: DailyValue, base: string): Map<string, Unlinked> {
  const effects = new Map<string, Unlinked>();
  const capital = fixedNumber(start.value === 0n ? end.external_flow : start.value, moneyPlaces);
  if (start.value < 0n || capital <= 0) return effects;
  let conversion = 0n;
  for (const currency of new Set([...start.buckets.keys(), ...end.buckets.keys()])) {
    const after = end.buckets.get(currency);
    const effect = bucketEffect(start.buckets.get(currency), after, capital);
    effects.set(currency, { ...effect, date: end.date });
    if (after) conversion += after.converted * after.rate;
  }
  // What was lost or gained against the day's rates when money changed currencies belongs to the base currency.
  if (conversion !== 0n) {
    const none = { date: end.date, local_return: 0, fx_return: 0, interaction: 0, weight: 0 };
    const own = effects.get(base) ?? { ...none, rates: [1, 1] as [number, number] };
    own.local_return += fixedNumber(conversion, amountPlaces + ratePlaces) / capital;
    effects.set(base, own);
  }
  return effects;
}

function bucketEffect(
  before: Bucket | undefined,
  after: Bucket | undefined,
  capital: number,
): Omit<Unlinked, 'date'> {
  const held = before?.local ?? 0n;
  const endRate = after?.rate ?? before?.rate ?? 0n;
  // Where nothing was held at the beginning of the day, its rate did nothing.
  const startRate = held === 0n ? endRate : (before?.rate ?? endRate);
  const inflow = ((after?.external ?? 0n) + (after?.converted ?? 0n)) * powerOfTen(amountPlaces);
  const gain = (after?.local ?? 0n) - inflow - held;
  const fraction = (amount: bigint): number => fixedNumber(amount, bucketPlaces + ratePlaces) / capital;
  return {
    local_return: fraction(gain * startRate),
    fx_return: fraction(held * (endRate - startRate)),
    interaction: fraction(gain * (endRate - startRate)),
    weight: fraction(held * startRate),
    rates: [fixedNumber(startRate, ratePlaces), fixedNumber(endRate, ratePlaces)],
  };
}
