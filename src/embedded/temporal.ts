/** Starts the Temporal CLI's dev server on a database file that stays, tuned as decision 8 says. */
import { mkdir, readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { findFreePort } from './free-port';
import type { Guard } from './guard';
import { type ServerProcess, startProcess } from './server-process';
import type { TemporalCli } from './temporal-cli';

export interface TemporalOptions {
  cli: TemporalCli;
  dataDir: string;
  guard: Guard;
  say: (line: string) => void;
  /** The first ports to try; 0 takes any. */
  port?: number;
  uiPort?: number;
}

export interface RunningTemporal {
  address: string;
  uiUrl: string;
  process: ServerProcess;
  stop(): Promise<void>;
}

const startTimeoutMs = 60_000;
const attempts = 5;

/** Why the defaults will not do: their polling makes each hand-off wait 50 ms and each short timer a second. */
const tuning = [
  'history.transferProcessorMaxPollRPS=10000',
  'history.timerProcessorMaxPollRPS=10000',
  'history.visibilityProcessorMaxPollRPS=10000',
  'history.timerProcessorMaxTimeShift="10ms"',
];

/** Resolves when the namespace answers. @throws Error with the server's last words when it does not come up */
export async function startTemporal(options: TemporalOptions): Promise<RunningTemporal> {
  const { cli, say } = options;
  const folder = path.join(options.dataDir, 'temporal');
  await mkdir(folder, { recursive: true });
  const database = path.join(folder, `temporal-${cli.version}.db`);
  await tellOfOtherVersions(folder, database, say);
  let from = options.port ?? 7233;
  let uiFrom = options.uiPort ?? 8233;
  for (let attempt = 1; ; attempt += 1) {
    const port = await findFreePort(from);
    const uiPort = await findFreePort(uiFrom, [port]);
    tellOfMovedPort('Temporal', from, port, say);
    tellOfMovedPort('Temporal’s Web UI', uiFrom, uiPort, say);
    const server = await launch(options, database, port, uiPort);
    if (await isReady(server, port)) {
      return {
        address: `127.0.0.1:${String(port)}`,
        uiUrl: `http://127.0.0.1:${String(uiPort)}`,
        process: server,
        stop: () => server.stop(),
      };
    }
    await server.stop();
    const lost = /address already in use|in use|can't listen|bind/i.test(server.lastLines());
    if (!lost || attempt === attempts) {
      throw new Error(`Temporal’s dev server did not come up:\n${server.lastLines() || '(it said nothing)'}`);
    }
    // Somebody else bound it in between.
    from = from === 0 ? 0 : port + 1;
    uiFrom = uiFrom === 0 ? 0 : uiPort + 1;
  }
}

async function launch(
  { cli, dataDir, guard }: TemporalOptions,
  database: string,
  port: number,
  uiPort: number,
): Promise<ServerProcess> {
  return startProcess({
    name: 'temporal',
    command: cli.path,
    args: [
      ...['server', 'start-dev', '--ip', '127.0.0.1'],
      ...['--port', String(port), '--ui-port', String(uiPort)],
      ...['--db-filename', database, '--log-level', 'warn', '--log-format', 'json'],
      ...['--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', 'synchronous=1'],
      ...tuning.flatMap((value) => ['--dynamic-config-value', value]),
    ],
    stopSignal: 'SIGTERM',
    runDir: path.join(dataDir, 'run'),
    guard,
  });
}

/** Another server may hold the port and answer in its place, so the child has to live and say itself that it serves. */
async function isReady(server: ServerProcess, port: number): Promise<boolean> {
  const deadline = Date.now() + startTimeoutMs;
  while (server.isRunning() && Date.now() < deadline) {
    if ((await isListening(port)) && (await namespaceAnswers(port))) {
      // Other versions may word it otherwise: one that could not bind has ended by then.
      for (let waited = 0; waited < 1500 && !banner.test(server.lastLines()); waited += 50) await sleep(50);
      return server.isRunning();
    }
    await sleep(30);
  }
  return false;
}

const banner = /^(Temporal )?Server:\s/m;

/** Asked before any gRPC: a client that was refused once waits a second before it tries again. */
function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}

async function namespaceAnswers(port: number): Promise<boolean> {
  const connection = Connection.lazy({ address: `127.0.0.1:${String(port)}` });
  try {
    await connection.withDeadline(Date.now() + 2000, () =>
      connection.workflowService.describeNamespace({ namespace: 'default' }),
    );
    return true;
  } catch {
    return false;
  } finally {
    await connection.close();
  }
}

async function tellOfOtherVersions(
  folder: string,
  database: string,
  say: (line: string) => void,
): Promise<void> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.db'));
  const others = files.filter((name) => name !== path.basename(database));
  if (others.length > 0 && !files.includes(path.basename(database))) {
    say(`Temporal: begins ${path.basename(database)}; runs of another version stay in ${others.join(', ')}`);
  }
}

function tellOfMovedPort(what: string, wanted: number, got: number, say: (line: string) => void): void {
  if (wanted !== 0 && got !== wanted) say(`port ${String(wanted)} is taken; ${what} takes ${String(got)}`);
}
