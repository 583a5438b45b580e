/** Values of series with all their revisions up to a pack: what was known on any day before it. */
import type { ObservationRow } from './observations';
import { packHistory } from './pack-history';
import type { Tx } from './pool';

/** In the order of the days on which they became known; a revision is another row for the same period. */
export async function observationVintages(
  tx: Tx,
  { pack_id, series_ids }: { pack_id: string; series_ids: readonly string[] },
): Promise<ObservationRow[]> {
  const { rows } = await tx.query<ObservationRow>(
    `${packHistory}
     select series_id, period_end, value, series.unit, history.date as known_on
       from history join pack_observations observation on observation.pack_id = history.id
       join series on series.id = series_id
      where series_id = any($3::text[])
      order by known_on, series_id, period_end`,
    [pack_id, null, series_ids],
  );
  return rows;
}
