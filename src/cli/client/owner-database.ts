/** The database, as the owner of its tables or as the application: by its variable, else the one `dawsos start` runs. */
import type { Client } from 'pg';
import { EngineError, errorCodes } from '../../contract/errors';
import { createPool, ownerClient, type Tx, withUser } from '../../db/pool';
import { CliError, messageOf } from '../cli-error';
import { exitCodeOfStatus, exitCodes } from '../exit-codes';
import { dataDirOf } from '../places';
import { readRunningProfile } from './running-profile';

/** For the help of a command that needs it. */
export const ownerHelp =
  'It needs the owner of the tables: DATABASE_OWNER_URL, else the database that `dawsos start` runs here.';

/** @throws CliError when there is no such database, or it cannot be reached, and in the place of an EngineError */
export async function asOwner<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const url = await databaseUrl('DATABASE_OWNER_URL');
  const client = ownerClient(url);
  try {
    await client.connect();
  } catch (error) {
    throw unreachable(url, messageOf(error));
  }
  try {
    return await work(client);
  } catch (error) {
    throw asCliError(error);
  } finally {
    await client.end();
  }
}

/**
 * As the owner, in one transaction of a user, for row-level security may bind the owner too. What `work` throws is
 * rolled back.
 * @throws CliError also in the place of an EngineError
 */
export async function asOwnerOf<T>(userId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  return inTransaction(await databaseUrl('DATABASE_OWNER_URL'), userId, work);
}

/** The same as the application, which sees rows of this user only. */
export async function asApplicationOf<T>(userId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  return inTransaction(await databaseUrl('DATABASE_URL'), userId, work);
}

async function inTransaction<T>(url: string, userId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  const pool = createPool(url);
  try {
    return await withUser(pool, userId, work);
  } catch (error) {
    if (error instanceof EngineError && error.code === 'DATABASE_UNAVAILABLE')
      throw unreachable(url, messageOf(error.cause ?? error));
    throw asCliError(error);
  } finally {
    await pool.end();
  }
}

/** @throws CliError when there is no such database */
export async function databaseUrl(variable: 'DATABASE_OWNER_URL' | 'DATABASE_URL'): Promise<string> {
  const profile = await readRunningProfile(dataDirOf(process.env));
  const url = process.env[variable] || profile?.env[variable];
  if (url) return url;
  throw new CliError(exitCodes.unreachable, {
    code: 'DATABASE_UNAVAILABLE',
    detail: `There is no database: ${variable} is not set, and no \`dawsos start\` runs here.`,
    action: `dawsos start    or    set ${variable}`,
  });
}

/** Other errors as they are. */
function asCliError(error: unknown): unknown {
  if (!(error instanceof EngineError)) return error;
  const { code, message, details, status } = error;
  const { action } = errorCodes[code];
  return new CliError(exitCodeOfStatus(status), { code, detail: message, action, ...details });
}

function unreachable(url: string, why: string): CliError {
  return new CliError(exitCodes.unreachable, {
    code: 'DATABASE_UNAVAILABLE',
    detail: `PostgreSQL at ${new URL(url).host} cannot be reached: ${why}`,
    action: 'dawsos doctor',
  });
}
