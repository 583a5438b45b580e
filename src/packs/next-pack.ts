/** The pack of a new day, upon the one before it. */
import type { StoredPack } from './check-packs';
import { type FxQuotes, fxSeries } from './fx-series';
import {
  buildPackContent,
  type Pack,
  type PackAction,
  type PackObservation,
  type PackPrice,
} from './pack-content';

export interface NextDay {
  date: string;
  /** `null`: there is none before. */
  previous: StoredPack | null;
  prices: readonly PackPrice[];
  /** What the source has; a currency that it has no newer quote of keeps the last one as it is, with its date. */
  fx: readonly FxQuotes[];
  observations?: readonly PackObservation[];
  actions?: readonly PackAction[];
}

/** @throws RangeError when something of it is younger than the day */
export function buildNextPack({
  date,
  previous,
  prices,
  fx,
  observations = [],
  actions = [],
}: NextDay): Pack {
  const carried = (previous?.content.fx ?? []).map(({ quote_ccy, rate, quote_date }) => ({
    date: quote_date,
    rates: { [quote_ccy]: rate },
  }));
  return buildPackContent({
    date,
    previous: previous && { id: previous.id, sha256: previous.sha256 },
    prices: [...prices],
    // Of two quotes of one day the later in the list counts: that of the pack before, which may be corrected.
    fx: fxSeries([...fx, ...carried]).quotesAt(date),
    observations: [...observations],
    actions: [...actions],
  });
}

/** Securities that had a price the day before and have none now. */
export function withoutPrice(previous: StoredPack | null, prices: readonly PackPrice[]): string[] {
  const priced = new Set(prices.map(({ security_id }) => security_id));
  return (previous?.content.prices ?? [])
    .map(({ security_id }) => security_id)
    .filter((security_id) => !priced.has(security_id));
}
