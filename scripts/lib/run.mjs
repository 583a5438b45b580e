/** Runs a child in this terminal, hands signals on to it, and resolves to its exit code. Never blocks: Ctrl-C works. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { root } from './root.mjs';

const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, channel?: boolean }} [options]
 * @returns {Promise<number>} 128 + the signal's number when a signal ended it
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      // The channel tells the child when this process is killed.
      stdio: ['inherit', 'inherit', 'inherit', ...(options.channel ? ['ipc'] : [])],
      env: { ...process.env, ...options.env },
      shell: process.platform === 'win32' && command === 'npm',
    });
    const handlers = forwarded.map((signal) => {
      const forward = () => {
        try {
          child.kill(signal);
        } catch {
          // It has just ended.
        }
      };
      process.on(signal, forward);
      return [signal, forward];
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      for (const [name, forward] of handlers) process.off(name, forward);
      resolve(code ?? 128 + (constants.signals[signal] ?? 0));
    });
  });
}
