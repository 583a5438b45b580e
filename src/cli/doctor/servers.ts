/** The servers: configuration, Temporal, PostgreSQL with its migrations, Redis. */
import { connect } from 'node:net';
import { readConfig } from '../../config';
import { createPool, checkRole } from '../../db/pool';
import { pendingMigrations } from '../../db/migrate';
import { createRedis } from '../../cache/redis';
import { messageOf } from '../cli-error';
import { fail, type Finding, ok, warn } from './finding';

const connectMs = 3000;

/** The embedded profile brings its own environment; whoever names one server has to name all. */
export function checkConfig(env: NodeJS.ProcessEnv): Finding {
  if (!env['DATABASE_URL'] && !env['TEMPORAL_ADDRESS']) {
    return ok('config', 'embedded profile: `dawsos start` brings its own servers');
  }
  try {
    readConfig(env);
    return ok('config', 'complete');
  } catch (error) {
    const lines = messageOf(error)
      .split('\n')
      .map((line) => line.trim());
    return warn(
      'config',
      lines.slice(1).join('; ') || lines.join(' '),
      'Set it before API and worker start by themselves; `dawsos start` fills the gaps.',
    );
  }
}

export async function checkTemporal(address: string): Promise<Finding> {
  const [host = '', port = ''] = address.split(/:(?=\d+$)/);
  const failure = await connectionFailure(host, Number(port || '7233'));
  if (failure === null) return ok('temporal', `answers at ${address}`);
  return fail(
    'temporal',
    `does not answer at ${address} (${failure})`,
    'Start it, or correct TEMPORAL_ADDRESS.',
  );
}

function connectionFailure(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: connectMs });
    const end = (failure: string | null): void => {
      socket.destroy();
      resolve(failure);
    };
    socket.once('connect', () => {
      end(null);
    });
    socket.once('timeout', () => {
      end('timeout');
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      end(error.code ?? error.message);
    });
  });
}

/** As the application connects. */
export async function checkDatabase(url: string): Promise<Finding> {
  if (!URL.canParse(url))
    return fail(
      'postgresql',
      'DATABASE_URL is no URL',
      'Set it to postgresql://user:password@host:port/database.',
    );
  const pool = createPool(url);
  const { host } = new URL(url);
  try {
    await checkRole(pool);
    return ok('postgresql', `answers at ${host}, as a role that row-level security binds`);
  } catch (error) {
    return fail(
      'postgresql',
      `at ${host}: ${messageOf(error)}`,
      'Start PostgreSQL, correct DATABASE_URL, or run `npm run migrate`.',
    );
  } finally {
    await pool.end();
  }
}

export async function checkMigrations(ownerUrl: string | undefined): Promise<Finding> {
  if (!ownerUrl)
    return warn(
      'migrations',
      'DATABASE_OWNER_URL is not set, so nobody can look',
      'Set it to see which are pending.',
    );
  try {
    const pending = await pendingMigrations(ownerUrl);
    if (pending.length === 0) return ok('migrations', 'none pending');
    return fail('migrations', `pending: ${pending.join(', ')}`, 'npm run migrate');
  } catch (error) {
    return fail('migrations', messageOf(error), 'Correct DATABASE_OWNER_URL.');
  }
}

export async function checkRedis(url: string | undefined): Promise<Finding> {
  if (!url)
    return ok(
      'redis',
      'not set: breakers are shared through PostgreSQL, and each process remembers for itself',
    );
  const redis = createRedis(url, { info: () => undefined, warn: () => undefined });
  try {
    await Promise.race([
      new Promise((resolve) => redis.once('ready', resolve)),
      new Promise((_, reject) =>
        setTimeout(() => {
          reject(new Error('no answer'));
        }, connectMs).unref(),
      ),
    ]);
    return ok('redis', `answers at ${new URL(url).host}`);
  } catch (error) {
    return warn(
      'redis',
      `REDIS_URL: ${messageOf(error)}`,
      'Start it or unset REDIS_URL; meanwhile processes share through PostgreSQL.',
    );
  } finally {
    redis.disconnect();
  }
}
