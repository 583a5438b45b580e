/** The one way to PostgreSQL: a pool made at start, and transactions that know whose they are. */
import type { Socket } from 'node:net';
import { Client, Pool, type PoolClient, types } from 'pg';
import { EngineError } from '../contract/errors';

/** What repositories take: a transaction of one user, in which row-level security shows that user's rows only. */
export type Tx = Pick<PoolClient, 'query'>;

const dateOid: number = types.builtins.DATE;
/** Between the rights in one setting: no right's name has it, as some may have blanks. */
const separator = '\u001f';
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** One connection for the owner's work, not connected yet, with the pool's types. Its breaking is told by what is asked on it next. */
export function ownerClient(connectionString: string): Client {
  const types = { getTypeParser: typeParser };
  const client = new Client({ connectionString, connectionTimeoutMillis: 5_000, types });
  client.on('error', () => undefined);
  return client;
}

/** A pool whose rows hold NUMERIC and DATE as text, so neither a digit nor a day is lost to a conversion. */
export function createPool(url: string): Pool {
  const pool = new Pool({
    connectionString: url,
    types: { getTypeParser: typeParser },
    application_name: 'dawsos',
    max: 10,
    connectionTimeoutMillis: 3000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    statement_timeout: 15_000,
    // Longer than the statement's own limit: only a server that went silent reaches it.
    query_timeout: 20_000,
    idle_in_transaction_session_timeout: 30_000,
    // Statements leave at once and are answered in order, so what needs no answer shares a round trip with what follows.
    pipeline: true,
  });
  // An idle connection that breaks is dropped by the pool itself; without a listener it would end the process.
  pool.on('error', () => undefined);
  // So would a borrowed one on which nothing is asked just then; its next statement fails and says so.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/**
 * Runs `work` in one transaction as this user, and commits when it resolves.
 * @param rights of this user, where rows are shown to whoever has them
 * @throws EngineError DATABASE_UNAVAILABLE when the server is away; whatever `work` throws, after a rollback
 */
export async function withUser<T>(
  pool: Pool,
  userId: string,
  work: (tx: Tx) => Promise<T>,
  rights: readonly string[] = [],
): Promise<T> {
  return withClient(pool, userId, async (client) => {
    const begun = begin(client, userId, rights);
    const result = await work(client);
    await begun;
    await client.query('commit');
    return result;
  });
}

/**
 * The same in one round trip: the commit leaves right behind what `work` sends, without waiting for its answer. So `work`
 * sends all its statements when it is called; what it sent after an answer would find no user, and so no rows. When a
 * statement fails PostgreSQL makes a rollback of the commit.
 */
export async function withUserAtOnce<T>(
  pool: Pool,
  userId: string,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  return withClient(pool, userId, async (client) => {
    const [, result] = await Promise.all([begin(client, userId, []), work(client), client.query('commit')]);
    return result;
  });
}

/** The same for work that only reads: its result does not wait for the end of the transaction. */
export async function readAsUser<T>(pool: Pool, userId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await connect(pool, userId);
  try {
    const begun = begin(client, userId, [], 'begin read only');
    const result = await work(client);
    await begun;
    return result;
  } catch (error) {
    throw asEngineError(error);
  } finally {
    void rollback(client).then((broken) => {
      client.release(broken);
    });
  }
}

/** In the owner's transaction: row-level security binds the owner too, so rows are a user's while it acts as that user. */
export async function actAs(tx: Tx, userId: string): Promise<void> {
  await tx.query("select set_config('app.user_id', $1, true)", [userId]);
}

/** Lends a connection, and takes it back fit for the next borrower. */
async function withClient<T>(
  pool: Pool,
  userId: string,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  const client = await connect(pool, userId);
  let broken: Error | undefined;
  try {
    return await work(client);
  } catch (error) {
    const known = asEngineError(error);
    // A connection that is lost, or on which even the rollback fails, must not go to the next borrower. On a silent one
    // the rollback would wait as long again.
    broken = isLost(error, known) ? known : await rollback(client);
    throw known;
  } finally {
    client.release(broken);
  }
}

async function connect(pool: Pool, userId: string): Promise<PoolClient> {
  // It stands in the text of a statement, because only statements without parameters may be several.
  if (!uuid.test(userId)) throw new EngineError('INTERNAL', 'The user of a transaction has to be a UUID.');
  return pool.connect().catch((error: unknown) => {
    throw asEngineError(error);
  });
}

/** Sends it; whoever asks next need not wait for the answer. */
function begin(
  client: PoolClient,
  userId: string,
  rights: readonly string[],
  statement = 'begin',
): Promise<unknown> {
  sendTogether(client);
  const begun = Promise.all([
    client.query(`${statement}; set local app.user_id = '${userId}'`),
    ...(rights.length > 0
      ? [client.query("select set_config('app.rights', $1, true)", [rights.join(separator)])]
      : []),
  ]);
  // What follows fails too, and says so.
  begun.catch(() => undefined);
  return begun;
}

/** All that is sent before this turn ends leaves in one packet. */
function sendTogether(client: PoolClient): void {
  // Known to pg's documentation of its protocol, not to its types.
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
  stream.cork();
  process.nextTick(() => {
    stream.uncork();
  });
}

function isLost(error: unknown, known: unknown): known is EngineError {
  return known !== error && known instanceof EngineError;
}

async function rollback(client: PoolClient): Promise<Error | undefined> {
  try {
    await client.query('rollback');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error('the rollback failed', { cause: error });
  }
}

interface RoleFindings {
  role: string;
  superuser: boolean;
  bypasses: boolean;
  owned: string[];
  unprotected: string[];
  missing: boolean;
}

/**
 * For the start of a process: the connection's role must be one that row-level security binds.
 * @throws Error that says which condition fails and what to do
 */
export async function checkRole(pool: Pool): Promise<void> {
  const { rows } = await pool.query<RoleFindings>(roleQuery).catch((error: unknown) => {
    throw asEngineError(error);
  });
  const found = rows[0];
  if (!found) throw new Error('PostgreSQL does not know the role of its own connection.');
  const wrong = [
    found.superuser && 'is a superuser',
    found.bypasses && 'bypasses row-level security',
    found.owned.length > 0 && `owns tables (${found.owned.join(', ')})`,
  ].filter((text) => text !== false);
  const advice = 'DATABASE_URL has to name the role that `npm run migrate` created for the application.';
  if (wrong.length > 0) throw new Error(`The database role "${found.role}" ${wrong.join(', ')}. ${advice}`);
  if (found.missing) throw new Error('The database has no tables yet: run `npm run migrate`.');
  if (found.unprotected.length > 0) {
    throw new Error(
      `Row-level security is not forced on ${found.unprotected.join(', ')}: any user would see every user’s rows.`,
    );
  }
}

/** Tables of users are recognised by their column `user_id`, so that a new one cannot be forgotten here. */
const roleQuery = `
  with tables as (
    select c.oid, c.relname, c.relowner, c.relrowsecurity and c.relforcerowsecurity as protected
      from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
  )
  select r.rolname as role, r.rolsuper as superuser, r.rolbypassrls as bypasses,
    array(select relname::text from tables
           where not r.rolsuper and pg_has_role(r.oid, relowner, 'member') order by 1) as owned,
    array(select relname::text from tables t where not protected and (relname = 'users' or exists (
           select from pg_attribute a where a.attrelid = t.oid and a.attname = 'user_id' and not a.attisdropped))
           order by 1) as unprotected,
    to_regclass('public.portfolios') is null as missing
  from pg_roles r where r.rolname = current_user`;

function typeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (oid === dateOid) return (value) => value;
  return types.getTypeParser(oid, format) as (value: string) => unknown;
}

/** Classes of SQLSTATE that speak of the server, not of the statement: connection, shutdown, no more connections. */
const unavailable = /^(08...|57P0[1-5]|53...|E(CONN|PIPE|NOTFOUND|TIMEDOUT|HOSTUNREACH|AI_AGAIN).*)$/;
const silent =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered)/;

/**
 * DATABASE_UNAVAILABLE for an error that says so, any other as it is. By shape, not by class: errors of sockets come from
 * node itself, which under test is another realm.
 */
export function asEngineError(error: unknown): unknown {
  if (typeof error !== 'object' || error === null || error instanceof EngineError) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const message = 'message' in error && typeof error.message === 'string' ? error.message : '';
  if (!unavailable.test(code) && !silent.test(message)) return error;
  return new EngineError('DATABASE_UNAVAILABLE', 'PostgreSQL cannot be reached.', {}, error);
}
