/** `dawsos ledger import`: reads a Beancount file into a portfolio, whole or not at all. */
import { Command } from 'commander';
import { type ImportedFile, importLedgerFile } from '../../db/import-ledger-file';
import { type LedgerSource, readLedgerSource } from '../../db/ledger-source';
import { LedgerRefused } from '../../ledger/ledger-refused';
import { CliError, usageError } from '../cli-error';
import { userOf } from '../client/identity';
import { asOwnerOf, ownerHelp } from '../client/owner-database';
import { exitCodes } from '../exit-codes';
import { counted } from '../output/counted';
import { printJson, say } from './options';

interface ImportOptions {
  portfolio: string;
  as: string;
  commit?: string;
  addSecurities?: boolean;
  dryRun?: boolean;
  json?: boolean;
}

const help = `
Within a git work tree the file is read as it was committed last (or at --commit), and the commit names this state of
the ledger; elsewhere the hash of its text does. A ledger with a single problem changes nothing, and all its problems
are told with file and line. A state that is there already is not written again.

${ownerHelp}

Examples:
  $ dawsos ledger import my.beancount --portfolio a11ce000-0000-4000-8000-0000000000a1 --dry-run
  $ dawsos ledger import my.beancount --portfolio a11ce000-0000-4000-8000-0000000000a1 --commit HEAD~1`;

export function ledgerImportCommand(): Command {
  return new Command('import')
    .description('read a Beancount file into a portfolio')
    .argument('<file>', 'the ledger’s first file')
    .requiredOption('--portfolio <id>', 'whose ledger it is')
    .option('--as <user>', 'the portfolio’s owner: a (Alice), b (Bob) or a UUID', 'a')
    .option('--commit <commit>', 'a commit of the repository the file lies in (default: HEAD)')
    .option('--add-securities', 'make securities of commodities that are none yet')
    .option('--dry-run', 'check everything and write nothing')
    .option('--json', 'print what was done as JSON')
    .addHelpText('after', help)
    .action(importFile);
}

/** Carries the result out of a transaction that is to be rolled back. */
class DryRun extends Error {
  constructor(readonly result: ImportedFile) {
    super('a dry run');
  }
}

async function importFile(file: string, options: ImportOptions): Promise<void> {
  const { portfolio: portfolio_id, commit, addSecurities = false, dryRun = false } = options;
  const user_id = userOf(options.as, '--as');
  const source = read(file, commit ?? null);
  const imported = await asOwnerOf(user_id, async (tx) => {
    const result = await importLedgerFile(tx, { user_id, portfolio_id, source, addSecurities });
    if (dryRun) throw new DryRun(result);
    return result;
  }).catch((error: unknown) => {
    if (error instanceof DryRun) return error.result;
    throw error instanceof LedgerRefused ? refusal(error, file) : error;
  });
  const { parsed, origin, uncommitted, ledger_commit_hash } = source;
  for (const name of uncommitted)
    say(`${name} has changes that are not committed: what was read is that of ${ledger_commit_hash}`);
  for (const { file: where, line, message } of parsed.ignored) say(`${where}:${String(line)}: ${message}`);
  for (const { file: where, line, message } of imported.warnings)
    say(`${where}:${String(line)}: warning: ${message}`);
  if (options.json !== true) {
    process.stdout.write(textOf(source, imported, dryRun));
    return;
  }
  const { portfolio, outcome, counts, added_securities, warnings } = imported;
  const files = parsed.files.map(({ name }) => name);
  const what = { portfolio_id: portfolio.id, ledger_commit_hash, origin, outcome, dry_run: dryRun };
  printJson({ ...what, files, uncommitted, counts, added_securities, warnings, ignored: parsed.ignored });
}

function read(file: string, commit: string | null): LedgerSource {
  try {
    return readLedgerSource(file, commit);
  } catch (error) {
    throw error instanceof RangeError ? usageError(error.message) : error;
  }
}

function refusal({ code, problems }: LedgerRefused, file: string): CliError {
  const isInvalid = code === 'LEDGER_INVALID';
  return new CliError(exitCodes.usage, {
    code,
    detail: `${file} has ${counted(problems.length, isInvalid ? 'problem' : 'unknown commodity').replace(/ys$/, 'ies')}; nothing was imported.`,
    problems: problems.map(({ file: where, line, message }) => ({
      pointer: `${where}:${String(line)}`,
      message,
    })),
    action: isInvalid
      ? 'Correct the ledger (and commit it, where it is in git), then import it again.'
      : 'Correct the symbols; or make them known: `dawsos securities import`, or --add-securities, which takes the name of the `commodity` directive and the currency of the lots (so it needs lots of one currency).',
  });
}

function textOf(
  { parsed, ledger_commit_hash }: LedgerSource,
  { portfolio, outcome, counts, added_securities }: ImportedFile,
  dryRun: boolean,
): string {
  const done = {
    written: dryRun ? 'would be written' : 'written',
    made_current: dryRun
      ? 'is there already, and would be the current one again'
      : 'was there already, and is the current one again',
    unchanged: 'is the current one already: nothing was written',
  }[outcome];
  const more = parsed.files.length - 1;
  const rows: [string, string][] = [
    ['Ledger', `${parsed.file}${more === 0 ? '' : ` and ${counted(more, 'included file')}`}`],
    ['Commit', ledger_commit_hash],
    ['Lots', `${String(counts.lots)}, ${counted(counts.closures, 'closure')}`],
    ['Transactions', String(counts.transactions)],
    ['Cash movements', String(counts.cash_movements)],
    ['Assertions', `${String(counts.balance_assertions)} of balances, all true`],
    ...(added_securities.length === 0
      ? []
      : [['New securities', added_securities.join(', ')] as [string, string]]),
  ];
  return `${portfolio.name}: this state of the ledger ${done}\n${rows
    .map(([name, value]) => `  ${name.padEnd(14)}  ${value}\n`)
    .join('')}`;
}
