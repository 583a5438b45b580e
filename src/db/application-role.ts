/** The application's role: what it may touch is a list, everything else is refused by PostgreSQL. */
import { type Client, escapeIdentifier, escapeLiteral } from 'pg';

/** Tables the application writes; all others it only reads. */
const writable = [
  'executions',
  'circuit_breakers',
  'approvals',
  'claimed_values',
  'effects',
  'patterns',
  'alerts',
  'alert_evaluations',
  'alert_dead_letters',
] as const;
/** Tables it adds rows to and never changes: what the nightly order builds and computes. Triggers guard what is added. */
const growing = [
  'pricing_packs',
  'prices',
  'fx_rates',
  'pack_observations',
  'pack_actions',
  'pack_stages',
  'portfolio_metrics',
  'portfolio_reconciliations',
  'notifications',
  'recorded_answers',
] as const;
/** Of those, the columns that move on. */
const moving = {
  pricing_packs: ['status', 'status_reason'],
  pack_stages: ['status', 'ended_at', 'detail'],
  notifications: ['read_at', 'withdrawn_at'],
};
/** Nothing of the application's concern. */
const hidden = ['schema_migrations', 'schema_checksums', 'seeds'] as const;

/**
 * Creates the role of `appUrl` if it is missing, and grants it what it needs.
 * @throws Error when `appUrl` names no user, or one that row-level security would not bind
 */
export async function grantApplication(client: Client, appUrl: string): Promise<void> {
  const { username, password } = new URL(appUrl);
  const role = decodeURIComponent(username);
  if (role === '') throw new Error('DATABASE_URL names no user; the application needs a role of its own.');
  await createIfMissing(client, role, decodeURIComponent(password));
  await refuseDangerous(client, role);
  const name = escapeIdentifier(role);
  const { rows } = await client.query<{ database: string; tables: string[] }>(
    `select current_database() as database,
       array(select relname::text from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')) as tables`,
  );
  const { database, tables } = rows[0] ?? { database: '', tables: [] };
  const list = (some: readonly string[]): string =>
    some
      .filter((table) => tables.includes(table))
      .map(escapeIdentifier)
      .join(', ');
  const statements = [
    `grant connect on database ${escapeIdentifier(database)} to ${name}`,
    `grant usage on schema public to ${name}`,
    `revoke all on all tables in schema public from ${name}`,
    `grant select on all tables in schema public to ${name}`,
    list(writable) && `grant insert, update, delete on ${list(writable)} to ${name}`,
    list(growing) && `grant insert on ${list(growing)} to ${name}`,
    ...Object.entries(moving).map(
      ([table, changing]) =>
        list([table]) && `grant update (${changing.join(', ')}) on ${list([table])} to ${name}`,
    ),
    list(hidden) && `revoke all on ${list(hidden)} from ${name}`,
  ];
  await client.query(`begin; ${statements.filter((statement) => statement !== '').join('; ')}; commit`);
}

async function createIfMissing(client: Client, role: string, password: string): Promise<void> {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role]);
  if (rowCount !== 0) return;
  const secret = password === '' ? '' : ` password ${escapeLiteral(password)}`;
  const attributes = 'login nosuperuser nobypassrls nocreatedb nocreaterole';
  await client
    .query(`create role ${escapeIdentifier(role)} ${attributes}${secret}`)
    .catch((error: unknown) => {
      // Roles belong to the whole server: the migration of another database may have been faster.
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code !== '42710' && code !== '23505') throw error;
    });
}

async function refuseDangerous(client: Client, role: string): Promise<void> {
  const { rows } = await client.query<{ dangerous: boolean; owner: boolean }>(
    `select rolsuper or rolbypassrls as dangerous, rolname = current_user as owner from pg_roles where rolname = $1`,
    [role],
  );
  if (rows[0]?.owner) {
    throw new Error(
      `DATABASE_URL and DATABASE_OWNER_URL both name "${role}"; the application needs a role of its own.`,
    );
  }
  if (rows[0]?.dangerous) {
    throw new Error(`The role "${role}" of DATABASE_URL bypasses row-level security; name another one.`);
  }
}
