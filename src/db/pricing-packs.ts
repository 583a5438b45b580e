/** Which pricing packs there are. "Of a date" always means the one that nothing supersedes. */
import type { Tx } from './pool';

export interface PackRow {
  id: string;
  date: string;
  status: 'warming' | 'fresh' | 'error';
  /** Covers its prices, exchange rates and the packs before it. */
  sha256: string;
  superseded_by: string | null;
  /** Why it is in the state `error`. */
  status_reason: string | null;
  built_at: Date;
}

const pack = 'select id, date, status, sha256, superseded_by, status_reason, built_at from pricing_packs';

/** The newest fresh one up to and including a date. */
export async function newestFreshPack(tx: Tx, upTo: string): Promise<PackRow | null> {
  const { rows } = await tx.query<PackRow>({
    name: 'newest_fresh_pack',
    text: `${pack} where superseded_by is null and status = 'fresh' and date <= $1 order by date desc limit 1`,
    values: [upTo],
  });
  return rows[0] ?? null;
}

/** In whatever state it is. */
export async function findPackByDate(tx: Tx, date: string): Promise<PackRow | null> {
  const { rows } = await tx.query<PackRow>(`${pack} where superseded_by is null and date = $1`, [date]);
  return rows[0] ?? null;
}

/** By its id, superseded or not: an old result has to find the prices it was computed from. */
export async function findPack(tx: Tx, id: string): Promise<PackRow | null> {
  const { rows } = await tx.query<PackRow>(`${pack} where id = $1`, [id]);
  return rows[0] ?? null;
}

/** The newest fresh one before a date: what to offer to somebody who asked for a day without a pack. */
export async function nearestEarlierPack(tx: Tx, date: string): Promise<PackRow | null> {
  const { rows } = await tx.query<PackRow>(
    `${pack} where superseded_by is null and status = 'fresh' and date < $1 order by date desc limit 1`,
    [date],
  );
  return rows[0] ?? null;
}

/** The one of the latest date, in whatever state it is. */
export async function latestPack(tx: Tx): Promise<PackRow | null> {
  const { rows } = await tx.query<PackRow>(`${pack} where superseded_by is null order by date desc limit 1`);
  return rows[0] ?? null;
}

export interface PackFilter {
  status?: string | undefined;
  date?: string | undefined;
  /** Date and id of the last row of the page before. */
  after?: readonly [date: string, id: string] | null;
  limit: number;
}

/** All there are, superseded ones too, the newest date first. */
export async function listPacks(tx: Tx, { status, date, after, limit }: PackFilter): Promise<PackRow[]> {
  const { rows } = await tx.query<PackRow>(
    `${pack} where ($1::text is null or status = $1)
        and ($2::date is null or date = $2)
        and ($3::date is null or (date, id) < ($3, $4::text))
      order by date desc, id desc limit $5`,
    [status ?? null, date ?? null, after?.[0] ?? null, after?.[1] ?? null, limit],
  );
  return rows;
}

/** Moves a pack on. The database refuses what is against its life: docs/packs.md. */
export async function movePack(tx: Tx, id: string, status: 'warming' | 'fresh'): Promise<void> {
  await tx.query('update pricing_packs set status = $2, status_reason = null where id = $1', [id, status]);
}

/** Notes why a pack will not be fresh. One that is stays so: its last stage may have ended unheard. */
export async function failPack(tx: Tx, id: string, reason: string): Promise<void> {
  await tx.query(
    "update pricing_packs set status = 'error', status_reason = $2 where id = $1 and status <> 'fresh'",
    [id, reason],
  );
}
