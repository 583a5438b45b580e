/** Starts the real PostgreSQL that npm carries, on data that stay; makes the cluster and the database if missing. */
import { randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { findFreePort } from './free-port';
import type { Guard } from './guard';
import { type PostgresFiles, preparePostgresFiles } from './postgres-files';
import { lastLine, runCommand } from './run-command';
import { type ServerProcess, startProcess } from './server-process';

export interface PostgresOptions {
  dataDir: string;
  guard: Guard;
  say: (line: string) => void;
  /** The first port to try; 0 takes any. */
  port?: number;
  /** Further `-c name=value` settings. */
  settings?: readonly string[];
}

export interface RunningPostgres {
  /** As the owner of everything; migrations and seeds only. */
  ownerUrl: string;
  /** As the application's role, which row-level security binds; migrations make it. */
  appUrl: string;
  process: ServerProcess;
  stop(): Promise<void>;
}

export const embeddedDatabase = 'dawsos';
const appRole = 'dawsos_app';
const startTimeoutMs = 60_000;
const attempts = 5;

/** Resolves when it answers. @throws Error with the server's last words when it does not come up */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const files = await preparePostgresFiles(options.dataDir, options.say);
  const passwords = await initialise(files);
  let from = options.port ?? 5432;
  for (let attempt = 1; ; attempt += 1) {
    const port = await findFreePort(from);
    if (from !== 0 && port !== from) {
      options.say(`port ${String(from)} is taken; PostgreSQL takes ${String(port)}`);
    }
    const server = await launch(options, files, port);
    const url = (user: string, password: string, database: string): string =>
      `postgresql://${user}:${password}@127.0.0.1:${String(port)}/${database}`;
    if (await isReady(server, url('postgres', passwords.owner, 'postgres'), files.dataDir)) {
      await ensureDatabase(url('postgres', passwords.owner, 'postgres'));
      return {
        ownerUrl: url('postgres', passwords.owner, embeddedDatabase),
        appUrl: url(appRole, passwords.app, embeddedDatabase),
        process: server,
        stop: () => server.stop(),
      };
    }
    await server.stop();
    if (!/in use|could not bind/i.test(server.lastLines()) || attempt === attempts) {
      throw new Error(`PostgreSQL did not come up:\n${server.lastLines() || '(it said nothing)'}`);
    }
    from = from === 0 ? 0 : port + 1;
  }
}

async function launch(
  options: PostgresOptions,
  { binDir, dataDir, account }: PostgresFiles,
  port: number,
): Promise<ServerProcess> {
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', ...(options.settings ?? [])];
  return startProcess({
    name: 'postgres',
    command: path.join(binDir, 'postgres'),
    args: ['-D', dataDir, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    // Fast shutdown: ends sessions, writes a checkpoint.
    stopSignal: 'SIGINT',
    runDir: path.join(options.dataDir, 'run'),
    guard: options.guard,
    cwd: dataDir,
    ...(account && { user: { uid: account.uid, gid: account.gid } }),
  });
}

interface Passwords {
  owner: string;
  app: string;
}

/** Makes the cluster if it is missing. Its passwords stay beside its files and mark it as complete. */
async function initialise({ binDir, dataDir, account }: PostgresFiles): Promise<Passwords> {
  const mark = path.join(dataDir, 'dawsos-passwords.json');
  const kept = await readFile(mark, 'utf8').catch(() => null);
  if (kept !== null) return JSON.parse(kept) as Passwords;
  // Without the mark, an earlier initdb was cut short: nothing in there is of use yet.
  await rm(dataDir, { recursive: true, force: true });
  await mkdir(dataDir, { mode: 0o700 });
  const made = { owner: randomBytes(18).toString('hex'), app: randomBytes(18).toString('hex') };
  const passwordFile = `${dataDir}.password-${randomBytes(6).toString('hex')}`;
  await writeFile(passwordFile, made.owner, { mode: 0o600 });
  if (account !== null) {
    await Promise.all([dataDir, passwordFile].map((file) => chown(file, account.uid, account.gid)));
  }
  const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  const access = ['-U', 'postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  const { code, output } = await runCommand(
    path.join(binDir, 'initdb'),
    ['-D', dataDir, ...access, ...locale, '--no-instructions'],
    { cwd: dataDir, ...(account && { user: { uid: account.uid, gid: account.gid } }) },
  );
  await rm(passwordFile, { force: true });
  if (code !== 0) throw new Error(`PostgreSQL’s initdb failed: ${lastLine(output)}`);
  const draft = `${mark}.draft`;
  await writeFile(draft, JSON.stringify(made), { mode: 0o600 });
  await rename(draft, mark);
  return made;
}

/** Whatever answers on the port must be the server of these very files. */
async function isReady(server: ServerProcess, url: string, dataDir: string): Promise<boolean> {
  const deadline = Date.now() + startTimeoutMs;
  while (server.isRunning() && Date.now() < deadline) {
    const answer = await ask(url, 'show data_directory').catch(() => undefined);
    if (answer !== undefined) {
      return server.isRunning() && (await realpath(answer)) === (await realpath(dataDir));
    }
    await sleep(30);
  }
  return false;
}

async function ensureDatabase(url: string): Promise<void> {
  // The server answers already; what is slow now is the machine.
  const patience = 20_000;
  const found = await ask(
    url,
    `select datname from pg_database where datname = '${embeddedDatabase}'`,
    patience,
  );
  if (found === undefined) await ask(url, `create database ${embeddedDatabase}`, patience);
}

/** The first value of the first row. */
async function ask(
  connectionString: string,
  statement: string,
  connectionTimeoutMillis = 3000,
): Promise<string | undefined> {
  const client = new Client({ connectionString, connectionTimeoutMillis });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<Record<string, string>>(statement);
    return Object.values(rows[0] ?? {})[0];
  } finally {
    await client.end().catch(() => undefined);
  }
}
