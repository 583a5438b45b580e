/** One pack for each trading day, each naming the one before. */
import { grouped } from '../services/grouped';
import type { FxSeries } from './fx-series';
import {
  buildPackContent,
  type Pack,
  type PackAction,
  type PackObservation,
  type PackPrice,
} from './pack-content';

export interface DatedPrice extends PackPrice {
  date: string;
}

/** What is not a price of a day, but becomes known on one. */
export type Known<T> = T & { known_on: string };

export interface PackFacts {
  /** A trading day is one on which any of these has a price. A security without a price that day is not in its pack. */
  prices: readonly DatedPrice[];
  fx: FxSeries;
  /** Levels of indices: they do not make a day a trading day. */
  indices?: readonly DatedPrice[];
  observations?: readonly Known<PackObservation>[];
  actions?: readonly Known<PackAction>[];
}

/** What becomes known on a day without a pack is in the next one; what was known before the first pack is in that. */
export function buildPacks({ prices, fx, indices = [], observations = [], actions = [] }: PackFacts): Pack[] {
  const byDate = grouped(prices, ({ date }) => date);
  const dates = [...byDate.keys()].sort();
  const levels = grouped(indices, ({ date }) => date);
  const observed = grouped(observations, ({ known_on }) => firstFrom(dates, known_on));
  const announced = grouped(actions, ({ known_on }) => firstFrom(dates, known_on));
  let previous: { id: string; sha256: string } | null = null;
  return dates.map((date) => {
    const pack: Pack = buildPackContent({
      date,
      prices: [...(byDate.get(date) ?? []), ...(levels.get(date) ?? [])],
      fx: fx.quotesAt(date),
      previous,
      observations: observed.get(date) ?? [],
      actions: announced.get(date) ?? [],
    });
    previous = { id: pack.id, sha256: pack.sha256 };
    return pack;
  });
}

/** The first of the ascending dates that is not before the day; a text after all of them where there is none. */
function firstFrom(dates: readonly string[], day: string): string {
  let [low, high] = [0, dates.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((dates[middle] ?? '') < day) low = middle + 1;
    else high = middle;
  }
  return dates[low] ?? 'not known yet';
}
