/** `dawsos ledger commits`: the states of a portfolio's ledger that were read in. */
import type { Command } from 'commander';
import type { LedgerCommit } from '../../contract/ledger-commits';
import { openApi } from '../client/api';
import { formatTable } from '../output/table';
import { printJson, say, serverCommand, type ServerOptions } from './options';

interface CommitsOptions extends ServerOptions {
  portfolio: string;
  limit?: string;
  cursor?: string;
}

export function ledgerCommitsCommand(): Command {
  return serverCommand('commits')
    .description('list the states of a ledger that were read in, the current one first')
    .requiredOption('--portfolio <id>', 'whose ledger it is')
    .option('--limit <n>', 'how many (1 to 100, default 20)')
    .option('--cursor <cursor>', 'go on where an earlier list ended')
    .addHelpText(
      'after',
      `
Examples:
  $ dawsos ledger commits --portfolio a11ce000-0000-4000-8000-0000000000a1`,
    )
    .action(list);
}

async function list(options: CommitsOptions): Promise<void> {
  const { portfolio, limit, cursor } = options;
  const api = await openApi(options);
  const { body } = await api.get<{ ledger_commits: LedgerCommit[]; next_cursor: string | null }>(
    `/v1/portfolios/${encodeURIComponent(portfolio)}/ledger-commits`,
    { limit, cursor },
  );
  if (options.json === true) {
    printJson(body);
    return;
  }
  process.stdout.write(body.ledger_commits.length === 0 ? 'none\n' : `${listText(body.ledger_commits)}\n`);
  if (body.next_cursor !== null) say(`more: --cursor ${body.next_cursor}`);
}

function listText(commits: readonly LedgerCommit[]): string {
  return formatTable(
    [
      { title: 'Ledger commit' },
      { title: 'Imported' },
      { title: 'Lots', align: 'right' },
      { title: 'Transactions', align: 'right' },
      { title: 'From' },
      { title: 'To' },
      { title: '' },
    ],
    commits.map(
      ({ ledger_commit_hash, imported_at, lots, transactions, first_date, last_date, is_current }) => [
        ledger_commit_hash,
        imported_at.slice(0, 19).replace('T', ' '),
        String(lots),
        String(transactions),
        first_date ?? '',
        last_date ?? '',
        is_current ? 'current' : '',
      ],
    ),
    '',
  );
}
