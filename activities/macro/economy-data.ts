/** Reads what was known of the economy at a pack. */
import type { Pool } from 'pg';
import type { IndicatorId } from '../../src/contract/macro-names';
import { observationsAt } from '../../src/db/observations';
import { withUser } from '../../src/db/pool';
import type { PackRow } from '../../src/db/pricing-packs';
import { ageLimits, indicatorsVersion, seriesOf, zWindows } from '../../src/services/indicator-definitions';
import { type IndicatorReading, readIndicator } from '../../src/services/indicator-reading';
import { knownAt } from '../../src/services/macro-observations';
import { requirePack } from '../portfolio-history';

export interface MacroServices {
  database: Pool;
}

interface Asked {
  ctx: { user_id: string };
}

/** @throws EngineError PACK_NOT_FOUND, PACK_CORRUPT, DATA_MISSING */
export async function readingsAt(
  database: Pool,
  { ctx }: Asked,
  packId: string,
  ids: readonly IndicatorId[],
): Promise<{ pack: PackRow; readings: IndicatorReading[] }> {
  const { pack, rows } = await withUser(database, ctx.user_id, async (tx) => ({
    pack: await requirePack(tx, packId),
    rows: await observationsAt(tx, { pack_id: packId, series_ids: seriesOf(ids) }),
  }));
  const known = knownAt(rows, pack.date);
  return { pack, readings: ids.map((id) => readIndicator(id, known, pack.date)) };
}

export const readingConvention = {
  version: indicatorsVersion,
  values: 'as known at the pack: no later period, no later revision',
  growth: 'value over that of the same period a year before, less 1; a fraction',
  z_score: Object.entries(zWindows)
    .map(
      ([frequency, { years, least }]) =>
        `${frequency}: the last ${String(years)} years, at least ${String(least)} values`,
    )
    .join('; '),
  age_limits: { ...ageLimits },
};
