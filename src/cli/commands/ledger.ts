/** `dawsos ledger`: brings a Beancount ledger in, compares its states, reconciles it with the database. */
import { Command } from 'commander';
import { ledgerCommitsCommand } from './ledger-commits';
import { ledgerCompareCommand } from './ledger-compare';
import { ledgerImportCommand } from './ledger-import';
import { ledgerReconcileCommand } from './ledger-reconcile';

const help = `
How to keep a ledger, with examples of every kind of entry: docs/ledger.md

Examples:
  $ dawsos ledger import my.beancount --portfolio a11ce000-0000-4000-8000-0000000000a1 --dry-run`;

export function ledgerCommand(): Command {
  return new Command('ledger')
    .helpGroup('Operate:')
    .description('import a Beancount ledger, compare its states, reconcile it')
    .usage('<command> [options]')
    .addHelpText('after', help)
    .addCommand(ledgerImportCommand())
    .addCommand(ledgerCommitsCommand())
    .addCommand(ledgerCompareCommand())
    .addCommand(ledgerReconcileCommand());
}
