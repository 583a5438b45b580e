/** One pack for each trading day, each naming the one before. */
import type { FxSeries } from './fx-series';
import { buildPackContent, type Pack, type PackPrice } from './pack-content';

export interface DatedPrice extends PackPrice {
  date: string;
}

/** A trading day is one on which anything has a price. A security without a price that day is not in its pack. */
export function buildPacks(prices: readonly DatedPrice[], fx: FxSeries): Pack[] {
  const byDate = new Map<string, PackPrice[]>();
  for (const { date, ...price } of prices) {
    const day = byDate.get(date);
    if (day) day.push(price);
    else byDate.set(date, [price]);
  }
  let previous: { id: string; sha256: string } | null = null;
  return [...byDate.keys()].sort().map((date) => {
    const pack: Pack = buildPackContent({
      date,
      prices: byDate.get(date) ?? [],
      fx: fx.quotesAt(date),
      previous,
    });
    previous = { id: pack.id, sha256: pack.sha256 };
    return pack;
  });
}
