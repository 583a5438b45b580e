/** Who gave what a pricing pack and the packs before it hold. */
import { packHistory } from './pack-history';
import type { Tx } from './pool';

export interface PackSourceRow {
  part: 'prices' | 'rates' | 'indices' | 'series';
  /** The stored name; of an index `index` and its symbol, for its levels are its owner's, whoever delivered them. */
  source: string;
  /** Of a series. */
  series_id: string | null;
}

/**
 * A correction names its reason where a pack names its sources. What it corrects came from the same providers as
 * before, so the packs that it took the place of are asked instead; what was put right is the operator's own.
 */
const origins = `
  origins as (
    select id from history
    union
    select old.id from origins join pricing_packs old on old.superseded_by = origins.id
  ), given as (
    select id from origins
     where not exists (select from pricing_packs old where old.superseded_by = origins.id)
  )`;

/** No row when there is no such pack. */
export async function packSources(tx: Tx, packId: string): Promise<PackSourceRow[]> {
  const { rows } = await tx.query<PackSourceRow>(
    `${packHistory}, ${origins}
     select distinct case security.asset_class when 'index' then 'indices' else 'prices' end as part,
            case security.asset_class when 'index' then 'index ' || security.symbol else price.source end as source,
            null as series_id
       from given join prices price on price.pack_id = given.id join securities security on security.id = price.security_id
     union
     select 'rates', fx.source, null from given join fx_rates fx on fx.pack_id = given.id
     union
     select 'series', series.source, series.id from series
      where exists (select from given join pack_observations seen on seen.pack_id = given.id and seen.series_id = series.id)
      order by part, source, series_id`,
    [packId, null],
  );
  return rows;
}
