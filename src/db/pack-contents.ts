/** What packs say, read back in the form their hash is taken of. */
import type { StoredPack } from '../packs/check-packs';
import type { PackContent } from '../packs/pack-content';
import { packHistory } from './pack-history';
import type { Tx } from './pool';

interface ContentRow extends Required<Pick<PackContent, 'prices' | 'fx' | 'observations' | 'actions'>> {
  id: string;
  sha256: string;
  date: string;
  previous_id: string | null;
  previous_sha256: string | null;
}

/** In the order of days. Numbers are texts, as exact as they were stored. */
export async function packContents(tx: Tx, ids: readonly string[]): Promise<StoredPack[]> {
  const { rows } = await tx.query<ContentRow>(
    `select pack.id, pack.sha256, pack.date::text as date, before.id as previous_id, before.sha256 as previous_sha256,
       coalesce(price.list, '[]') as prices, coalesce(rate.list, '[]') as fx,
       coalesce(observation.list, '[]') as observations, coalesce(action.list, '[]') as actions
     from pricing_packs pack
     left join pricing_packs before on before.id = pack.previous_pack_id
     left join (select pack_id, json_agg(json_build_object('security_id', security_id, 'close', close::text,
                        'currency', currency)) as list
                  from prices where pack_id = any($1) group by pack_id) price on price.pack_id = pack.id
     left join (select pack_id, json_agg(json_build_object('base_ccy', base_ccy, 'quote_ccy', quote_ccy,
                        'rate', rate::text, 'quote_date', quote_date)) as list
                  from fx_rates where pack_id = any($1) group by pack_id) rate on rate.pack_id = pack.id
     left join (select pack_id, json_agg(json_build_object('series_id', series_id, 'period_end', period_end,
                        'value', value::text)) as list
                  from pack_observations where pack_id = any($1) group by pack_id) observation
       on observation.pack_id = pack.id
     left join (select pack_id, json_agg(json_build_object('security_id', security_id, 'type', type, 'ex_date', ex_date,
                        'pay_date', pay_date, 'amount', amount::text, 'currency', currency,
                        'ratio', ratio::text)) as list
                  from pack_actions where pack_id = any($1) group by pack_id) action on action.pack_id = pack.id
     where pack.id = any($1) order by pack.date`,
    [ids],
  );
  return rows.map(({ id, sha256, previous_id, previous_sha256, ...facts }) => ({
    id,
    sha256,
    content: {
      ...facts,
      previous: previous_id === null ? null : { id: previous_id, sha256: previous_sha256 ?? '' },
    },
  }));
}

/** The pack and all that its hash covers, in the order of days. */
export async function packChain(
  tx: Tx,
  packId: string,
): Promise<{ id: string; previous_pack_id: string | null }[]> {
  const { rows } = await tx.query<{ id: string; previous_pack_id: string | null }>(
    `${packHistory} select history.id, pack.previous_pack_id
       from history join pricing_packs pack on pack.id = history.id order by history.date`,
    [packId, null],
  );
  return rows;
}
