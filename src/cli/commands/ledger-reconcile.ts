/** `dawsos ledger reconcile`: does the database hold what the ledger, and a custodian's statement, say? */
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { EngineError } from '../../contract/errors';
import { requireCommit } from '../../db/ledger-commits';
import type { Tx } from '../../db/pool';
import { findPortfolio } from '../../db/portfolios';
import { newestFreshPack } from '../../db/pricing-packs';
import {
  reconcilePortfolio,
  type ReconcileRequest,
  reconcileWithStatement,
} from '../../db/reconcile-portfolio';
import { readStatement, type StatementRow } from '../../ledger/statement-file';
import { messageOf, usageError } from '../cli-error';
import { userOf } from '../client/identity';
import { asApplicationOf } from '../client/owner-database';
import { exitCodes } from '../exit-codes';
import { type ReconciledAnswer, reconciliationText } from '../output/reconciliation';
import { printJson } from './options';

interface ReconcileOptions {
  portfolio: string;
  as: string;
  commit?: string;
  pack?: string;
  statement?: string;
  json?: boolean;
}

const help = `
Quantities and cash have to agree to the last digit, on every day up to the pack's; market values within one basis
point. A statement is CSV with the header \`date,commodity,quantity\`, or with \`market_value,currency\` beside them: it is
compared on its own days, and what the database holds beside it is told as missing. Ends with 1 where anything differs.

It reads the database as the application does: DATABASE_URL, else the one that \`dawsos start\` runs here.

Examples:
  $ dawsos ledger reconcile --portfolio a11ce000-0000-4000-8000-0000000000a1
  $ dawsos ledger reconcile --portfolio a11ce000-0000-4000-8000-0000000000a1 --statement broker.csv --json`;

export function ledgerReconcileCommand(): Command {
  return new Command('reconcile')
    .description('compare the database with its ledger, and with a statement')
    .requiredOption('--portfolio <id>', 'whose books are compared')
    .option('--as <user>', 'the portfolio’s owner: a (Alice), b (Bob) or a UUID', 'a')
    .option('--commit <commit>', 'a ledger commit (default: the current one)')
    .option('--pack <id>', 'up to this pricing pack, and at its prices (default: the newest fresh one)')
    .option('--statement <file>', 'a custodian’s statement as CSV')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', help)
    .action(reconcile);
}

async function reconcile(options: ReconcileOptions): Promise<void> {
  const rows = options.statement === undefined ? null : read(options.statement);
  const answer = await asApplicationOf(userOf(options.as, '--as'), async (tx): Promise<ReconciledAnswer> => {
    const request = await requestOf(tx, options);
    const statement = rows === null ? null : await reconcileWithStatement(tx, request, rows);
    return { ...(await reconcilePortfolio(tx, request)), statement };
  });
  const passed = answer.passed && (answer.statement?.differences.length ?? 0) === 0;
  if (options.json === true) printJson({ ...answer, passed });
  else process.stdout.write(reconciliationText(answer));
  if (!passed) process.exitCode = exitCodes.problems;
}

function read(file: string): StatementRow[] {
  try {
    return readStatement(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof RangeError) throw usageError(`${file}: ${error.message}`);
    throw usageError(`${file} cannot be read: ${messageOf(error)}`);
  }
}

async function requestOf(tx: Tx, { portfolio, commit, pack }: ReconcileOptions): Promise<ReconcileRequest> {
  const found = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(portfolio)
    ? await findPortfolio(tx, portfolio)
    : null;
  if (!found) throw new EngineError('PORTFOLIO_NOT_FOUND', `This user has no portfolio ${portfolio}.`);
  const ledger_commit_hash =
    commit === undefined ? found.ledger_commit_hash : await requireCommit(tx, portfolio, commit);
  if (ledger_commit_hash === null)
    throw usageError(
      `No ledger was read in for ${found.name} yet.`,
      'dawsos ledger import FILE --portfolio ID',
    );
  const pack_id = pack ?? (await newestFreshPack(tx, '9999-12-31'))?.id;
  if (pack_id === undefined) throw usageError('No pricing pack is fresh yet.', 'Name one with --pack ID.');
  return { portfolio_id: portfolio, ledger_commit_hash, pack_id };
}
