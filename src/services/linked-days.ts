/**
 * What one day of a window counts for: effects of each day are fractions of the capital that worked that day, scaled after
 * Carino so that those of all days and positions add up to the compounded return of the window.
 */
import { carinoFactor } from './carino';
import type { PositionHistory } from './position-history';
import { chain } from './returns';

export interface LinkedDays {
  /** By day, and 0 for the opening and for days without capital: a gain in base times it is its part of the return. */
  factor: Float64Array;
  /** 1 over the capital of the day, 0 without any: a value in base times it is its weight. */
  share: Float64Array;
  /** Of each day, made of the gains of the positions; 0 without capital. */
  returns: number[];
  /** Compounded. */
  total: number;
}

/**
 * `TOO_FEW_OBSERVATIONS`: fewer than two values; `ZERO_START`: nothing was invested on any day; `NO_QUOTE`: something was paid in a currency without any rate;
 * `TOTAL_LOSS`: a day lost everything, which no logarithm links.
 */
export type NotLinked = { reason: 'TOO_FEW_OBSERVATIONS' | 'ZERO_START' | 'NO_QUOTE' | 'TOTAL_LOSS' };

/** The capital of a day is the value at its beginning; where that is nothing, what came in that day. */
export function linkDays(history: PositionHistory): LinkedDays | NotLinked {
  const days = history.dates.length;
  if (days < 2) return { reason: 'TOO_FEW_OBSERVATIONS' };
  const share = shareOfCapital(history);
  if (share.every((one) => one === 0)) return { reason: 'ZERO_START' };
  const gains = new Float64Array(days);
  for (const { currency, gain, value } of history.positions) {
    const rate = history.rates.of(currency);
    for (let day = 1; day < days; day += 1)
      gains[day] = (gains[day] as number) + baseGain(value, gain, rate, day);
  }
  const returns = [...gains.subarray(1)].map((gain, index) => gain * (share[index + 1] as number));
  if (returns.some(Number.isNaN)) return { reason: 'NO_QUOTE' };
  if (returns.some((value) => value <= -1)) return { reason: 'TOTAL_LOSS' };
  const total = chain(returns);
  const whole = carinoFactor(total);
  const factor = share.map((one, day) =>
    day === 0 ? 0 : (one * carinoFactor(returns[day - 1] as number)) / whole,
  );
  return { factor, share, returns, total };
}

/**
 * What a position gained in base on a day: its own gain at the rate of the end, and what it began with times the change of
 * the rate.
 */
export function baseGain(value: Float64Array, gain: Float64Array, rate: Float64Array, day: number): number {
  const [own, begin] = [gain[day] as number, value[day - 1] as number];
  // A rate that was never quoted is no number, and belongs to nothing.
  if (own === 0 && begin === 0) return 0;
  const [after, before] = [rate[day] as number, rate[day - 1] as number];
  return own * after + begin * (after - before);
}

function shareOfCapital({ value, external_flow }: PositionHistory): Float64Array {
  return value.map((_, day) => {
    if (day === 0) return 0;
    const start = value[day - 1] as number;
    const capital = start === 0 ? (external_flow[day] as number) : start;
    return capital > 0 ? 1 / capital : 0;
  });
}
