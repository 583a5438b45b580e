/** Child processes of tests: TypeScript files run through tsx, waited for, killed by pid. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** Starts a TypeScript file and waits until it says `{ ready: true }`. */
export async function startProcess(file: string, env: Record<string, string>): Promise<ChildProcess> {
  return (await startProcessWithMessage(file, env)).child;
}

/** The same, and what else the process said with it. */
export async function startProcessWithMessage(
  file: string,
  env: Record<string, string>,
): Promise<{ child: ChildProcess; message: unknown }> {
  const child = spawn(process.execPath, ['--require', 'tsx/cjs', file], {
    env: { ...process.env, ...env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit').then(([code, signal]) => {
    throw new Error(`${file} ended before it was ready (${String(code ?? signal)})`);
  });
  const said = (await Promise.race([once(child, 'message'), ended])) as unknown[];
  ended.catch(() => undefined);
  return { child, message: said[0] };
}

/** Ends it at once, as a power cut would, and waits until it is gone. */
export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

/** Waits until a condition holds. @throws Error naming what was waited for */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  timeoutMs = 30_000,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`waited ${String(timeoutMs)} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
