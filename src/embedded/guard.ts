/** Stops the servers of a supervisor that was killed: a small detached process holding the other end of a pipe. */
import { spawn } from 'node:child_process';
import path from 'node:path';

export interface Guard {
  /** From now on `pid` is stopped with `signal`, then by force, should this process end without stopping it. */
  watch(pid: number, signal: NodeJS.Signals): void;
  forget(pid: number): void;
  /** Ends the guard. What is still watched is stopped by it. */
  close(): void;
}

export function startGuard(): Guard {
  const child = spawn(process.execPath, [path.join(__dirname, 'guard-process.cjs')], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: {},
  });
  // Without a guard the servers only lose their protection against kill -9; not worth failing a start.
  child.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  child.unref();
  // Else the open pipe alone would keep this process running.
  (child.stdin as unknown as { unref?: () => void }).unref?.();
  return {
    watch: (pid, signal) => void child.stdin.write(`+${String(pid)} ${signal}\n`),
    forget: (pid) => void child.stdin.write(`-${String(pid)}\n`),
    close: () => void child.stdin.end(),
  };
}
