/** `dawsos` as a shell runs it: a child process of its own, its two outputs, its exit code. */
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';

export interface CliResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface RunningCli {
  child: ChildProcess;
  stdout: () => string;
  stderr: () => string;
  ended: Promise<CliResult>;
}

export interface CliOptions {
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  stdin?: string;
}

const root = path.resolve(__dirname, '../..');
const program = path.join(root, 'bin/dawsos.js');

/** What the test run itself has been told must not reach it. */
const withheld = [
  'TEMPORAL_ADDRESS',
  'DATABASE_URL',
  'DATABASE_OWNER_URL',
  'REDIS_URL',
  'NODE_OPTIONS',
  'FORCE_COLOR',
];

export function startCli(
  args: readonly string[],
  { env = {}, cwd = root, stdin }: CliOptions = {},
): RunningCli {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !withheld.includes(name)),
  );
  const child = spawn(process.execPath, [program, ...args], {
    cwd,
    env: { ...inherited, NODE_ENV: '', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
  child.stdin.end(stdin ?? '');
  const ended = new Promise<CliResult>((resolve) => {
    child.once('close', (code) => {
      resolve({ code, stdout, stderr });
    });
  });
  return { child, stdout: () => stdout, stderr: () => stderr, ended };
}

export function runCli(args: readonly string[], options?: CliOptions): Promise<CliResult> {
  return startCli(args, options).ended;
}

/** Several at once, as many as there are cores. */
export async function runEach<T>(
  items: readonly T[],
  run: (item: T) => Promise<CliResult>,
): Promise<CliResult[]> {
  const results: CliResult[] = [];
  for (let at = 0; at < items.length; at += 2) {
    results.push(...(await Promise.all(items.slice(at, at + 2).map(run))));
  }
  return results;
}
