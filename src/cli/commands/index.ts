/** All commands, each loaded when it is asked for: what `dawsos check` needs is a fraction of what `dawsos start` does. */
/* eslint-disable @typescript-eslint/no-require-imports -- tsx runs `import()` natively, which finds no .ts */
import type { Command } from 'commander';

const loaders: Record<string, () => Command> = {
  run: () => (require('./run') as typeof import('./run')).runCommand(),
  rerun: () => (require('./rerun') as typeof import('./rerun')).rerunCommand(),
  cancel: () => (require('./cancel') as typeof import('./cancel')).cancelCommand(),
  approvals: () => (require('./answer') as typeof import('./answer')).approvalsCommand(),
  approve: () => (require('./answer') as typeof import('./answer')).approveCommand(),
  reject: () => (require('./answer') as typeof import('./answer')).rejectCommand(),
  executions: () => (require('./executions') as typeof import('./executions')).executionsCommand(),
  trace: () => (require('./trace') as typeof import('./trace')).traceCommand(),
  lineage: () => (require('./lineage') as typeof import('./lineage')).lineageCommand(),
  explain: () => (require('./explain') as typeof import('./explain')).explainCommand(),
  export: () => (require('./export') as typeof import('./export')).exportCommand(),
  verify: () => (require('./verify') as typeof import('./verify')).verifyCommand(),
  diff: () => (require('./diff') as typeof import('./diff')).diffCommand(),
  patterns: () => (require('./patterns') as typeof import('./patterns')).patternsCommand(),
  capabilities: () => (require('./capabilities') as typeof import('./capabilities')).capabilitiesCommand(),
  call: () => (require('./call') as typeof import('./call')).callCommand(),
  check: () => (require('./check') as typeof import('./check')).checkCommand(),
  plan: () => (require('./plan') as typeof import('./plan')).planCommand(),
  test: () => (require('./test') as typeof import('./test')).testCommand(),
  doctor: () => (require('./doctor') as typeof import('./doctor')).doctorCommand(),
  alerts: () => (require('./alerts') as typeof import('./alerts')).alertsCommand(),
  portfolios: () => (require('./portfolios') as typeof import('./portfolios')).portfoliosCommand(),
  securities: () => (require('./securities') as typeof import('./securities')).securitiesCommand(),
  ledger: () => (require('./ledger') as typeof import('./ledger')).ledgerCommand(),
  packs: () => (require('./packs') as typeof import('./packs')).packsCommand(),
  correct: () => (require('./correct') as typeof import('./correct')).correctCommand(),
  start: () => (require('./start') as typeof import('./start')).startCommand(),
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
