/** Values of series as they were known at a pack: with each period's latest revision up to then, and none of later. */
import { packHistory } from './pack-history';
import type { Tx } from './pool';

export interface ObservationRow {
  series_id: string;
  period_end: string;
  /** In the series' unit. */
  value: string;
  unit: 'percent' | 'fraction' | 'level' | 'currency';
  /** The day of the pack that this value came with. */
  known_on: string;
}

/** In the order of series and periods. A series without values at that time has no rows. */
export async function observationsAt(
  tx: Tx,
  { pack_id, series_ids }: { pack_id: string; series_ids: readonly string[] },
): Promise<ObservationRow[]> {
  const { rows } = await tx.query<ObservationRow>(
    `${packHistory}
     select distinct on (series_id, period_end) series_id, period_end, value, series.unit, history.date as known_on
       from history join pack_observations observation on observation.pack_id = history.id
       join series on series.id = series_id
      where series_id = any($3::text[])
      order by series_id, period_end, history.date desc`,
    [pack_id, null, series_ids],
  );
  return rows;
}
