/** Brings a database to the newest schema, and gives the application its role: run as the owner, safe to run twice or at once. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { runner } from 'node-pg-migrate';
import { Client } from 'pg';
import { grantApplication } from './application-role';

export interface MigrateOptions {
  /** Role that owns the tables; it may create roles, or the application's role exists already. */
  ownerUrl: string;
  /** The application's own address: its user and password become a role with no more rights than it needs. */
  appUrl: string;
  log: (line: string) => void;
  /** For tests. */
  dir?: string;
}

/** Any fixed number will do, as long as nobody else's lock has it. */
const lockKey = 7_014_826_001;

/**
 * Applies what is missing; a second run changes nothing, a simultaneous one waits.
 * @returns names of the migrations applied now
 * @throws Error when an applied file was edited, or a statement fails (then nothing of it remains)
 */
export async function migrate({
  ownerUrl,
  appUrl,
  log,
  dir = migrationsDir(),
}: MigrateOptions): Promise<string[]> {
  const client = new Client({ connectionString: ownerUrl, connectionTimeoutMillis: 20_000 });
  // A lost connection also rejects the statement in flight; without a listener it would end the process first.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [lockKey]);
    const files = migrationFiles(dir);
    await refuseEdited(client, files);
    const applied = await applyMissing(client, dir, log);
    await recordChecksums(client, files);
    await grantApplication(client, appUrl);
    return applied;
  } finally {
    // Also gives the lock back.
    await client.end();
  }
}

/** Names of the migrations that this version has and the database has not. @param ownerUrl only its owner may see that */
export async function pendingMigrations(ownerUrl: string, dir = migrationsDir()): Promise<string[]> {
  const client = new Client({ connectionString: ownerUrl, connectionTimeoutMillis: 20_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const names = migrationFiles(dir).map(({ name }) => name);
    const { rows: found } = await client.query<{ there: boolean }>(
      "select to_regclass('public.schema_migrations') is not null as there",
    );
    if (found[0]?.there !== true) return names;
    const { rows } = await client.query<{ name: string }>('select name from schema_migrations');
    const applied = new Set(rows.map(({ name }) => name));
    return names.filter((name) => !applied.has(name));
  } finally {
    await client.end();
  }
}

interface MigrationFile {
  name: string;
  sha256: string;
}

function migrationsDir(): string {
  return path.join(__dirname, 'migrations');
}

function migrationFiles(dir: string): MigrationFile[] {
  return readdirSync(dir)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => ({
      name: path.basename(file, '.sql'),
      sha256: createHash('sha256')
        .update(readFileSync(path.join(dir, file)))
        .digest('hex'),
    }));
}

/** node-pg-migrate knows names only: an edited file would silently never run. */
async function refuseEdited(client: Client, files: MigrationFile[]): Promise<void> {
  await client.query(
    'create table if not exists schema_checksums (name text primary key, sha256 text not null)',
  );
  const { rows } = await client.query<MigrationFile>(
    'select name, sha256 from schema_checksums order by name',
  );
  const current = new Map(files.map((file) => [file.name, file.sha256]));
  for (const { name, sha256 } of rows) {
    const now = current.get(name);
    if (now === sha256) continue;
    const what = now === undefined ? 'is gone' : 'was edited';
    throw new Error(
      `The migration ${name}.sql ${what} after it was applied. Restore it, and put the change into a new migration.`,
    );
  }
}

async function applyMissing(client: Client, dir: string, log: MigrateOptions['log']): Promise<string[]> {
  await client.query("set lock_timeout = '5s'");
  const applied = await runner({
    dbClient: client,
    dir,
    direction: 'up',
    migrationsTable: 'schema_migrations',
    // `migrate` holds a lock of its own, which also covers checksums and grants.
    noLock: true,
    logger: { debug: () => undefined, info: () => undefined, warn: log, error: log },
  });
  for (const { name } of applied) log(`migration ${name} applied`);
  return applied.map(({ name }) => name);
}

async function recordChecksums(client: Client, files: MigrationFile[]): Promise<void> {
  await client.query(
    `insert into schema_checksums (name, sha256)
     select f.name, f.sha256 from json_to_recordset($1) as f(name text, sha256 text)
       join schema_migrations m on m.name = f.name
     on conflict (name) do nothing`,
    [JSON.stringify(files)],
  );
}
