/** `npm start` as a test meets it: spawned, read line by line, ended by signal or by force, and looked for afterwards. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { until } from './process';

export interface StartRun {
  child: ChildProcess;
  output(): string;
  exitCode: Promise<number | null>;
  /** Waits until the first result is printed. */
  ready(): Promise<void>;
}

const running = new Set<ChildProcess>();
const root = path.resolve(__dirname, '../..');
/** First start of a data directory, on a machine that is busy with tests. */
export const startTimeoutMs = 120_000;

/** A data directory that PostgreSQL's own user may enter. */
export async function makeDataDir(): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'dawsos-start-'));
  await chmod(folder, 0o755);
  return folder;
}

export function removeDataDir(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** Runs `node scripts/start.mjs`, without the addresses that the test run itself has been given. */
export function spawnStart(args: string[], env: NodeJS.ProcessEnv = {}): StartRun {
  const { TEMPORAL_ADDRESS, DATABASE_URL, DATABASE_OWNER_URL, REDIS_URL, ...inherited } = process.env;
  void [TEMPORAL_ADDRESS, DATABASE_URL, DATABASE_OWNER_URL, REDIS_URL];
  const child = spawn(process.execPath, [path.join(root, 'scripts/start.mjs'), ...args], {
    cwd: root,
    env: { ...inherited, NODE_ENV: '', NODE_OPTIONS: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  }
  const exitCode = new Promise<number | null>((resolve) => child.once('close', resolve));
  const ended = (): boolean => child.exitCode !== null || child.signalCode !== null;
  return {
    child,
    output: () => text,
    exitCode,
    ready: async () => {
      await until('the first result', () => text.includes('First result after') || ended(), startTimeoutMs);
      if (!text.includes('First result after')) throw new Error(`npm start ended early:\n${text}`);
    },
  };
}

/** For afterEach: a test that failed half-way must not leave its system running. */
export function endAllStarts(): void {
  // Its supervisor notices that the parent has gone, and stops the rest.
  for (const child of running) child.kill('SIGKILL');
  running.clear();
}

/** Processes whose command line or environment names this directory. PostgreSQL’s children end with their parent. */
export async function processesOf(dataDir: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)('ps', ['axeww', '-o', 'pid=,stat=,args='], {
    maxBuffer: 2 ** 24,
  });
  return stdout.split('\n').filter((line) => line.includes(dataDir) && !/^\s*\d+\s+Z/.test(line));
}
