/** Runs a program to its end without blocking this process, so that Ctrl-C works meanwhile. */
import { spawn } from 'node:child_process';

export interface CommandResult {
  /** `null`: it did not end by itself, or could not be started. */
  code: number | null;
  output: string;
  /** Why it could not be started, `ENOENT` for instance. */
  startError?: string;
  timedOut: boolean;
}

export interface CommandOptions {
  env?: NodeJS.ProcessEnv;
  timeoutMs?: number;
  user?: { uid: number; gid: number };
  cwd?: string;
  /** Ends it when this turns true; asked once a second. */
  giveUp?: () => boolean;
}

/** Never rejects: a failure is told in the result. It is ended by SIGKILL, since not every program heeds less. */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const { timeoutMs = 300_000, giveUp } = options;
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: options.env ?? process.env,
    ...(options.cwd !== undefined && { cwd: options.cwd }),
    ...(options.user ?? {}),
  });
  let output = '';
  let timedOut = false;
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output = (output + chunk).slice(-20_000);
    });
  }
  const started = Date.now();
  const watch = setInterval(() => {
    if (Date.now() - started < timeoutMs && giveUp?.() !== true) return;
    timedOut = true;
    child.kill('SIGKILL');
  }, 1000);
  const killOnExit = (): void => void child.kill('SIGKILL');
  process.once('exit', killOnExit);
  try {
    return await new Promise((resolve) => {
      child.once('error', (error: NodeJS.ErrnoException) => {
        resolve({ code: null, output, startError: error.code ?? error.message, timedOut });
      });
      child.once('close', (code) => {
        resolve({ code, output, timedOut });
      });
    });
  } finally {
    clearInterval(watch);
    process.off('exit', killOnExit);
  }
}

/** The last line that says something. */
export function lastLine(text: string): string {
  return (
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .at(-1)
      ?.slice(0, 300) ?? ''
  );
}
