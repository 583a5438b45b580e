/** Runs a child in this terminal, hands signals on to it, and resolves to its exit code. Never blocks: Ctrl-C works. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { root } from './root.mjs';

const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, onSignal?: (signal: string) => void }} [options]
 * @returns {Promise<number>} 128 + the signal's number when a signal ended it
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      // A process group of its own: Ctrl-C in a terminal would reach it twice otherwise, and twice means by force.
      detached: true,
      stdio: ['inherit', 'inherit', 'inherit'],
      env: { ...process.env, ...options.env },
      shell: process.platform === 'win32' && command === 'npm',
    });
    const handlers = forwarded.map((signal) => {
      const forward = () => {
        options.onSignal?.(signal);
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
