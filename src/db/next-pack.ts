/** What the pack of a day is built upon, and its being written once, at the end of the line. */
import type { StoredPack } from '../packs/check-packs';
import type { Pack } from '../packs/pack-content';
import type { NamedSecurity } from '../packs/price-files';
import { insertNextPack, type PackImport } from './import-packs';
import { packContents } from './pack-contents';
import type { Tx } from './pool';
import { findPackByDate, type PackRow } from './pricing-packs';
import { requireWhole } from './verify-pack';

export interface KnownSeries {
  id: string;
  frequency: 'daily' | 'weekly' | 'monthly' | 'quarterly' | 'yearly';
}

export interface BeforePack {
  /** The pack of the day itself, where there is one that nothing supersedes. */
  present: { row: PackRow; stored: StoredPack } | null;
  /** The one before it. */
  previous: StoredPack | null;
  /** The latest pack, where that is of a later day. */
  later: string | null;
  /** All there are. */
  securities: NamedSecurity[];
  /** All that are known. */
  series: KnownSeries[];
}

/** @throws EngineError PACK_CORRUPT: what is built upon a damaged pack would carry its rates on */
export async function beforePack(tx: Tx, date: string): Promise<BeforePack> {
  const row = await findPackByDate(tx, date);
  const [stored] = row ? await packContents(tx, [row.id]) : [];
  const { rows: latest } = await tx.query<{ id: string }>(
    'select id from pricing_packs where superseded_by is null and date > $1 order by date desc limit 1',
    [date],
  );
  const previousId = stored ? (stored.content.previous?.id ?? null) : await newestBefore(tx, date);
  const [previous = null] = previousId === null ? [] : await packContents(tx, [previousId]);
  requireWhole([previous, stored].filter((pack) => pack != null));
  const { rows: securities } = await tx.query<NamedSecurity>(
    'select id, symbol, currency, asset_class from securities order by symbol',
  );
  const { rows: series } = await tx.query<KnownSeries>('select id, frequency from series order by id');
  return {
    present: row && stored ? { row, stored } : null,
    previous,
    later: latest[0]?.id ?? null,
    securities,
    series,
  };
}

/**
 * Writes the pack, unless another was faster.
 * @returns whether it was written
 */
export async function writeNextPack(tx: Tx, pack: Pack, sources: PackImport['sources']): Promise<boolean> {
  // Kept apart from each other by the first lock; from a correction, which takes the whole table, by the second.
  await tx.query("select pg_advisory_xact_lock(hashtext('dawsos.next_pack'))");
  await tx.query('lock table pricing_packs in row exclusive mode');
  const { rowCount } = await tx.query(
    'select from pricing_packs where superseded_by is null and date >= $1 limit 1',
    [pack.content.date],
  );
  const previous = await newestBefore(tx, pack.content.date);
  if (rowCount !== 0 || previous !== (pack.content.previous?.id ?? null)) return false;
  await insertNextPack(tx, pack, sources);
  return true;
}

async function newestBefore(tx: Tx, date: string): Promise<string | null> {
  const { rows } = await tx.query<{ id: string }>(
    'select id from pricing_packs where superseded_by is null and date < $1 order by date desc limit 1',
    [date],
  );
  return rows[0]?.id ?? null;
}
