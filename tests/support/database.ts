/** Databases for tests: each a copy of one that is migrated and holds the demo, made in a few tens of milliseconds. */
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { requireService } from './services';

export interface TestDatabase {
  /** As the owner of the tables. */
  ownerUrl: string;
  /** As the application's role, which row-level security binds. */
  appUrl: string;
  drop(): Promise<void>;
}

export async function testDatabase(): Promise<TestDatabase> {
  const owner = new URL(requireService('databaseOwnerUrl'));
  const app = new URL(requireService('databaseAppUrl'));
  const template = owner.pathname.slice(1);
  const name = `test_${randomBytes(6).toString('hex')}`;
  await administer(owner, `create database ${name} template ${template}`);
  return {
    ownerUrl: withDatabase(owner, name),
    appUrl: withDatabase(app, name),
    drop: () => administer(owner, `drop database if exists ${name} with (force)`),
  };
}

/** An empty database on the same server, for tests of the migrations themselves. */
export async function emptyDatabase(): Promise<TestDatabase> {
  const owner = new URL(requireService('databaseOwnerUrl'));
  const name = `test_${randomBytes(6).toString('hex')}`;
  await administer(owner, `create database ${name} template template0`);
  return {
    ownerUrl: withDatabase(owner, name),
    appUrl: withDatabase(new URL(requireService('databaseAppUrl')), name),
    drop: () => administer(owner, `drop database if exists ${name} with (force)`),
  };
}

function withDatabase(url: URL, name: string): string {
  const copy = new URL(url);
  copy.pathname = `/${name}`;
  return copy.href;
}

/** From a database of its own: a template with sessions cannot be copied. */
async function administer(owner: URL, statement: string): Promise<void> {
  const client = new Client({ connectionString: withDatabase(owner, 'postgres') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
