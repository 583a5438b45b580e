/** All commands, each loaded when it is asked for: what `dawsos check` needs is a fraction of what `dawsos start` does. */
/* eslint-disable @typescript-eslint/no-require-imports -- tsx runs `import()` natively, which finds no .ts */
import type { Command } from 'commander';

const loaders: Record<string, () => Command> = {
  run: () => (require('./run') as typeof import('./run')).runCommand(),
  rerun: () => (require('./rerun') as typeof import('./rerun')).rerunCommand(),
  executions: () => (require('./executions') as typeof import('./executions')).executionsCommand(),
  start: () => (require('./start') as typeof import('./start')).startCommand(),
  check: () => (require('./check') as typeof import('./check')).checkCommand(),
  test: () => (require('./test') as typeof import('./test')).testCommand(),
  token: () => (require('./token') as typeof import('./token')).tokenCommand(),
};

/** In the order of the help. */
export const commandNames: readonly string[] = Object.keys(loaders);

/** @param name one of `commandNames` */
export function loadCommand(name: string): Command {
  const load = loaders[name];
  if (!load) throw new Error(`there is no command ${name}`);
  return load();
}
