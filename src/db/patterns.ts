/** The registry of patterns: id and version name one content, for ever. */
import type { Pool } from 'pg';

export interface RegisteredPattern {
  id: string;
  version: string;
  sha256: string;
}

/** Registers what is new, and says what was known under each id and version. */
export async function registerPatterns(
  pool: Pool,
  patterns: readonly (RegisteredPattern & { source: unknown })[],
): Promise<RegisteredPattern[]> {
  if (patterns.length === 0) return [];
  const columns = [
    patterns.map(({ id }) => id),
    patterns.map(({ version }) => version),
    patterns.map(({ sha256 }) => sha256),
    patterns.map(({ source }) => JSON.stringify(source)),
  ];
  await pool.query(
    `insert into patterns (id, version, sha256, source)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::json[]) on conflict (id, version) do nothing`,
    columns,
  );
  const { rows } = await pool.query<RegisteredPattern>(
    `select id, version, sha256 from patterns
      where (id, version) in (select * from unnest($1::text[], $2::text[]))`,
    columns.slice(0, 2),
  );
  return rows;
}

/** The content of one version; `null` when no file ever had it. */
export async function findRegistered(
  pool: Pool,
  id: string,
  version: string,
): Promise<{ sha256: string; source: unknown } | null> {
  const { rows } = await pool.query<{ sha256: string; source: unknown }>(
    'select sha256, source from patterns where id = $1 and version = $2',
    [id, version],
  );
  return rows[0] ?? null;
}

/** All versions of an id, oldest first by the moment of registration. */
export async function listVersions(
  pool: Pool,
  id: string,
): Promise<(RegisteredPattern & { registered_at: Date })[]> {
  const { rows } = await pool.query<RegisteredPattern & { registered_at: Date }>(
    'select id, version, sha256, registered_at from patterns where id = $1 order by registered_at, version',
    [id],
  );
  return rows;
}
