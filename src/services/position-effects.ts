/**
 * The effects of each position on each day: what it did in its own currency, what the currency did, and both together.
 * 1 + r_base = (1 + r_local)(1 + r_fx), with r_fx = fx₁/fx₀ − 1 in base per 1 local.
 */
import type { PositionHistory, PositionSeries } from './position-history';

export interface Effects {
  local_return: number;
  fx_return: number;
  interaction: number;
}

/** Of one position on one day, in base currency. */
export interface DayEffect extends Effects {
  day: number;
  /** Value at the beginning, in base. */
  begin: number;
}

/**
 * Calls `visit` for every day on which the position was held, gained or paid something; the same object each time. Where
 * nothing was held in a currency at the beginning of the day, its rate did nothing: what was gained is all local.
 */
export function visitEffects(
  { value, gain, currency }: PositionSeries,
  history: PositionHistory,
  held: Uint8Array,
  visit: (effect: DayEffect) => void,
): void {
  const rate = history.rates.of(currency);
  const effect: DayEffect = { day: 0, begin: 0, local_return: 0, fx_return: 0, interaction: 0 };
  for (let day = 1; day < value.length; day += 1) {
    const [begin, own] = [value[day - 1] as number, gain[day] as number];
    if (begin === 0 && own === 0) continue;
    const after = rate[day] as number;
    const before = held[day - 1] === 1 ? (rate[day - 1] as number) : after;
    effect.day = day;
    effect.begin = begin * before;
    effect.local_return = own * before;
    effect.fx_return = begin * (after - before);
    effect.interaction = own * (after - before);
    visit(effect);
  }
}

/** By currency: 1 for each day at whose end something was held in it. */
export function heldDays(history: PositionHistory): ReadonlyMap<string, Uint8Array> {
  const held = new Map<string, Uint8Array>();
  for (const { currency, value } of history.positions) {
    const days = held.get(currency) ?? new Uint8Array(value.length);
    for (let day = 0; day < value.length; day += 1) if (value[day] !== 0) days[day] = 1;
    held.set(currency, days);
  }
  return held;
}
