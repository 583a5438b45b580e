/** What became known of FRED's series between two packs. */
import type { PackObservation } from '../packs/pack-content';
import { addDays } from '../services/dates';
import type { Fred } from './fred';
import { periodEnd } from './fred-periods';
import type { KnownBetween, NamedSeries } from './pack-source';

/** Ids of other sources have a dot (`FF3.RF`); FRED's have none. */
const fredId = /^[A-Z0-9_]{1,25}$/;

/**
 * A value counts as known on the day after its vintage: during that day FRED may still add to it, and a pack that is built
 * twice has to come to the same. Where there is no pack before, all values that were known on the day before are taken.
 * @throws EngineError that FRED's client throws, with the series in its details
 */
export async function fredVintages(
  fred: Fred,
  { after, upTo }: KnownBetween,
  series: readonly NamedSeries[],
): Promise<PackObservation[]> {
  const to = addDays(upTo, -1);
  // Versions that were known before the span are given with its first day, so the day before it is asked for too.
  const from = after === null ? to : addDays(after, -1);
  if (from > to) return [];
  const found: PackObservation[] = [];
  for (const { id, frequency } of series.filter((one) => fredId.test(one.id))) {
    const values = await fred.observations({ series_id: id, known: { from, to } });
    const latest = new Map<string, PackObservation>();
    const inOrder = [...values].sort((a, b) => (a.known_from < b.known_from ? -1 : 1));
    for (const { known_from, date, value } of inOrder) {
      const period_end = periodEnd(date, frequency);
      // A period that has not ended has no value yet, whatever a forecast says.
      if (value === null || period_end > upTo || (after !== null && known_from <= from)) continue;
      latest.set(period_end, { series_id: id, period_end, value });
    }
    found.push(...latest.values());
  }
  return found;
}
