/** Where the nightly order gets a day's prices and rates from. */
import type { NamedSecurity } from '../packs/price-files';
import type { FxQuotes } from '../packs/fx-series';
import type { PackAction, PackObservation, PackPrice } from '../packs/pack-content';

/** Days after the first and up to the last; `null`: from the beginning. */
export interface KnownBetween {
  after: string | null;
  upTo: string;
}

/** A series of the database. */
export interface NamedSeries {
  id: string;
  frequency: 'daily' | 'weekly' | 'monthly' | 'quarterly' | 'yearly';
}

/** Its functions throw EngineError PROVIDER_REFUSED, PROVIDER_UNAVAILABLE or SOURCE_INVALID. */
export interface PackSource {
  /** What is written beside each price and each rate as its source. */
  names: { prices: string; fx: string };
  /** Closes of exactly this day, as traded, of those securities that have one; none on a day without trading. */
  prices(date: string, securities: readonly NamedSecurity[]): Promise<PackPrice[]>;
  /** Quotes per euro of days up to this one, at least the newest before it. */
  fx(date: string): Promise<FxQuotes[]>;
  /** Values of series that became known in these days, of those in the list or of its own. */
  observations?(days: KnownBetween, series: readonly NamedSeries[]): Promise<PackObservation[]>;
  /** Dividends and splits that became known in these days. */
  actions?(days: KnownBetween, securities: readonly NamedSecurity[]): Promise<PackAction[]>;
}
