/** Puts corrected packs in the place of the present ones, in one transaction, as the owner: all of them or none. */
import type { Client } from 'pg';
import { type Correction, type CorrectedPack, correctPacks, type PresentPack } from '../packs/correct-packs';
import type { KnownSecurity } from '../packs/correction-file';
import { insertCorrectedPacks } from './import-packs';

/**
 * @param corrections gets the known securities, since files name them by symbol
 * @returns the new packs, in the order of days
 * @throws RangeError for corrections that fit no pack; whatever the database says, after a rollback
 */
export async function supersedePacks(
  client: Client,
  source: string,
  corrections: (securities: readonly KnownSecurity[]) => Correction[],
): Promise<CorrectedPack[]> {
  await client.query('begin');
  try {
    // One correction at a time; who reads packs is not kept waiting.
    await client.query('lock table pricing_packs in share row exclusive mode');
    const { rows: securities } = await client.query<KnownSecurity>(
      'select id, symbol, currency from securities',
    );
    const wanted = corrections(securities);
    const first = wanted.map(({ date }) => date).sort()[0] ?? '';
    const present = await presentPacks(client, first);
    const packs = correctPacks(present, wanted, await nextSuffix(client));
    await markSuperseded(client, packs);
    await insertCorrectedPacks(client, packs, source);
    await client.query('commit');
    return packs;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

/** The packs that nothing supersedes, from a day on. */
async function presentPacks(client: Client, from: string): Promise<PresentPack[]> {
  const { rows } = await client.query<Omit<PresentPack, 'content'> & Omit<PresentPack['content'], 'previous'> & { previous_id: string | null; previous_sha256: string | null }>(
    `select pack.id, pack.sha256, pack.date::text as date, before.id as previous_id, before.sha256 as previous_sha256,
       (select coalesce(json_agg(json_build_object('security_id', security_id, 'close', close::text, 'currency', currency)), '[]')
          from prices where pack_id = pack.id) as prices,
       (select coalesce(json_agg(json_build_object('base_ccy', base_ccy, 'quote_ccy', quote_ccy, 'rate', rate::text,
                                                   'quote_date', quote_date::text)), '[]')
          from fx_rates where pack_id = pack.id) as fx,
       (select coalesce(json_agg(json_build_object('series_id', series_id, 'period_end', period_end::text, 'value', value::text)), '[]')
          from pack_observations where pack_id = pack.id) as observations,
       (select coalesce(json_agg(json_build_object('security_id', security_id, 'type', type, 'ex_date', ex_date::text,
                                                   'pay_date', pay_date::text, 'amount', amount::text,
                                                   'currency', currency, 'ratio', ratio::text)), '[]')
          from pack_actions where pack_id = pack.id) as actions
     from pricing_packs pack left join pricing_packs before on before.id = pack.previous_pack_id
    where pack.superseded_by is null and pack.date >= $1::date order by pack.date`,
    [from],
  ); // prettier-ignore
  return rows.map(({ id, sha256, date, previous_id, previous_sha256, ...rest }) => ({
    id,
    sha256,
    content: {
      date,
      previous: previous_id === null ? null : { id: previous_id, sha256: previous_sha256 ?? '' },
      ...rest,
    },
  }));
}

/** `C1`, `C2`, …: one for each correction that there ever was. */
async function nextSuffix(client: Client): Promise<string> {
  const { rows } = await client.query<{ last: number }>(
    "select coalesce(max(substring(id from '_C([0-9]+)$')::int), 0) as last from pricing_packs",
  );
  return `C${String((rows[0]?.last ?? 0) + 1)}`;
}

/** Before the new ones are there, since a day has one pack that nothing supersedes. */
async function markSuperseded(client: Client, packs: readonly CorrectedPack[]): Promise<void> {
  await client.query(
    `update pricing_packs set superseded_by = new.id
       from unnest($1::text[], $2::text[]) as new (id, old) where pricing_packs.id = new.old`,
    [packs.map(({ id }) => id), packs.map(({ supersedes }) => supersedes)],
  );
}
