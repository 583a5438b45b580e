/** Puts corrected packs in the place of the present ones, in one transaction, as the owner: all of them or none. */
import type { Client } from 'pg';
import type { StoredPack } from '../packs/check-packs';
import { type Correction, type CorrectedPack, correctPacks } from '../packs/correct-packs';
import type { KnownSecurity } from '../packs/correction-file';
import { insertCorrectedPacks } from './import-packs';
import { packContents } from './pack-contents';
import { requireReconciled } from './reconcile-corrected';
import { requireWhole } from './verify-pack';

/**
 * @param corrections gets the known securities, since files name them by symbol
 * @returns the new packs, in the order of days
 * @throws RangeError for corrections that fit no pack; EngineError PACK_CORRUPT, PACK_NOT_RECONCILED; whatever the database says, after a rollback
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
    // New hashes would make of a damage the truth.
    requireWhole(present);
    const packs = correctPacks(present, wanted, await nextSuffix(client));
    await markSuperseded(client, packs);
    const fresh = await insertCorrectedPacks(client, packs, source);
    const newest = fresh.at(-1);
    if (newest !== undefined) await requireReconciled(client, newest);
    await client.query('commit');
    return packs;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

/** The packs that nothing supersedes, from a day on. */
async function presentPacks(client: Client, from: string): Promise<StoredPack[]> {
  const { rows } = await client.query<{ id: string }>(
    'select id from pricing_packs where superseded_by is null and date >= $1',
    [from],
  );
  return packContents(
    client,
    rows.map(({ id }) => id),
  );
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
