/**
 * What `dawsos start` and `npm start` do: the supervisor. Starts Temporal, PostgreSQL and the worker as child processes, hosts the API itself,
 * runs the demo, prints it, stays up until Ctrl-C. Whatever happens, it stops what it started, newest first.
 */
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { embeddedIssuer, readConfig } from '../config';
import { startGuard } from '../embedded/guard';
import { acquireLock, type DataLock, type LockOwner } from '../embedded/lock';
import { sweepProcesses } from '../embedded/server-process';
import { makeEmbeddedKeys } from '../executor/embedded-keys';
import { publishEnvironment, withdrawEnvironment } from './client/running-profile';
import { bundleAhead } from './start-bundle';
import { runDemo } from './start-demo';
import type { StartOptions } from './start-options';
import { createProgress, type Progress } from './start-progress';
import { formatReport } from './start-report';
import { startServices } from './start-services';
import { createStack, type Stack } from './start-stack';
import { superviseWorker } from './start-worker';

/** One Ctrl-C arrives from the terminal, from npm and from scripts/start.mjs. */
const sameSignalMs = 500;

/** By then the servers are spawned and this process only waits. */
const loadAfterMs = 300;

const write = (text: string): void => void process.stdout.write(text);

/** Resolves, when everything has stopped again, to the exit code. */
export async function supervise(options: StartOptions): Promise<number> {
  const startedAt = Number(process.env['DAWSOS_STARTED_AT'] ?? Date.now());
  const progress = createProgress(write, startedAt);
  const attempt = await acquireLock(options.dataDir);
  if ('owner' in attempt) {
    tellOfOwner(options.dataDir, attempt.owner);
    return 1;
  }
  const stack = createStack((name, error) => {
    progress.say(`${name} did not stop in good order: ${messageOf(error)}`);
  });
  await stack.add('the lock', attempt.lock.release);
  const end = new Promise<number>((resolve) => {
    stopOnSignals(progress, resolve);
    const fail = (name: string, lastLines: string): void => {
      progress.say(`${name} ended by itself; stopping everything. Its last words:\n${lastLines}`);
      resolve(1);
    };
    run({ options, progress, stack, lock: attempt.lock, onLost: fail }).then(
      (code) => {
        if (options.once) resolve(code);
      },
      (error: unknown) => {
        if (stack.isStopping()) return;
        progress.say(`could not start: ${messageOf(error)}`);
        resolve(1);
      },
    );
  });
  const code = await end;
  await stack.stopAll();
  progress.say('stopped');
  return code;
}

/** Loading the API takes a second; done here, it falls into the time that the servers need to come up. */
function loadServer(): typeof import('../executor/server') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- tsx runs `import()` natively, which finds no .ts
  return require('../executor/server') as typeof import('../executor/server');
}

interface Run {
  options: StartOptions;
  progress: Progress;
  stack: Stack;
  lock: DataLock;
  onLost: (name: string, lastLines: string) => void;
}

/** Resolves when the demo is printed: 0 when it succeeded. */
async function run({ options, progress, stack, lock, onLost }: Run): Promise<number> {
  const { dataDir } = options;
  await sweepProcesses(path.join(dataDir, 'run'), progress.say);
  const guard = startGuard();
  await stack.add('the guard', async () => {
    guard.close();
  });
  const servicesReady = startServices({ env: process.env, dataDir, guard, stack, progress, onLost });
  const bundled = bundleAhead(dataDir);
  const serverModule = sleep(loadAfterMs).then(loadServer);
  const services = await servicesReady;
  const env = await environmentFor(options, services);
  const worker = progress.step('worker', async () => {
    const { say } = progress;
    await bundled;
    const supervised = await superviseWorker({
      dataDir,
      guard,
      env,
      say,
      isStopping: stack.isStopping,
      onLost,
    });
    await stack.add('the worker', supervised.stop);
  });
  const api = await Promise.all([serverModule, worker]).then(([{ startServer }]) =>
    progress.step(
      'API',
      () => startServer(readConfig(env), { nextPortIfTaken: true }),
      ({ url }) => url,
    ),
  );
  await stack.add('the API', api.close);
  if (options.port !== 0 && new URL(api.url).port !== String(options.port)) {
    progress.say(`port ${String(options.port)} is taken; the API takes ${new URL(api.url).port}`);
  }
  await publishEnvironment(dataDir, {
    DATABASE_URL: services.databaseUrl,
    ...(services.databaseOwnerUrl !== null && { DATABASE_OWNER_URL: services.databaseOwnerUrl }),
    TEMPORAL_ADDRESS: services.temporalAddress,
  });
  await stack.add('the note of the servers', () => withdrawEnvironment(dataDir));
  await lock.publish({
    API: api.url,
    ...(services.temporalUiUrl !== null && { 'Temporal’s Web UI': services.temporalUiUrl }),
  });
  const demo = await progress.step('portfolio_overview', () => runDemo(api.url, dataDir));
  const ready = demo === null ? 'Ready' : 'First result';
  write(
    demo === null
      ? `\nNo portfolio_overview in ${env['PATTERNS_DIR'] ?? ''}, so no demo is shown. API: ${api.url}\n`
      : formatReport(demo, { apiUrl: api.url, temporalUiUrl: services.temporalUiUrl }),
  );
  write(
    `\n${ready} after ${progress.secondsSinceStart()} s. ${options.once ? '' : 'Ctrl-C stops everything.'}\n`,
  );
  return demo === null || demo.execution.execution.status === 'succeeded' ? 0 : 1;
}

/** What API and worker read; the embedded profile signs its tokens itself. */
async function environmentFor(
  options: StartOptions,
  services: { temporalAddress: string; temporalUiUrl: string | null; databaseUrl: string },
): Promise<NodeJS.ProcessEnv> {
  const { publicKeyFile } = await makeEmbeddedKeys(options.dataDir);
  const { JWT_JWKS_URL: _other, ...inherited } = process.env;
  return {
    ...inherited,
    PORT: String(options.port),
    LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'warn',
    DATA_DIR: options.dataDir,
    TEMPORAL_ADDRESS: services.temporalAddress,
    ...(services.temporalUiUrl !== null && { TEMPORAL_UI_URL: services.temporalUiUrl }),
    DATABASE_URL: services.databaseUrl,
    JWT_ISSUER: embeddedIssuer,
    JWT_AUDIENCE: 'dawsos',
    JWT_PUBLIC_KEY_FILE: publicKeyFile,
    PATTERNS_DIR: process.env['PATTERNS_DIR'] ?? path.resolve(__dirname, '../../patterns'),
  };
}

/** The first signal stops in good order, the second at once: the guard then ends what is left. */
function stopOnSignals(progress: Progress, stop: (code: number) => void): void {
  let first: number | null = null;
  const onSignal = (name: string): void => {
    if (first === null) {
      first = Date.now();
      progress.say(`${name}: stopping API, worker, Temporal, PostgreSQL (again: at once)`);
      stop(0);
    } else if (Date.now() - first > sameSignalMs) {
      process.exit(1);
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  // scripts/start.mjs was killed: nobody is left to hand signals on.
  if (process.send)
    process.on('disconnect', () => {
      onSignal('the parent process has gone');
    });
  // A terminal that has gone takes no more lines.
  process.stdout.on('error', () => undefined);
}

function tellOfOwner(dataDir: string, { pid, links }: LockOwner): void {
  const lines = Object.entries(links).map(([name, url]) => `  ${name}: ${url}`);
  process.stderr.write(
    [
      `DawsOS already runs on ${dataDir} (pid ${String(pid)})${lines.length > 0 ? ':' : '; it is still starting.'}`,
      ...lines,
      'Stop that one first, or use another folder: dawsos start --data DIR (npm start -- --data DIR)\n',
    ].join('\n'),
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
