/** `dawsos ledger compare`: how two states of a ledger differ. */
import type { Command } from 'commander';
import type {
  CashMovementState,
  LedgerComparison,
  LotState,
  TransactionState,
} from '../../contract/ledger-commits';
import { CliError } from '../cli-error';
import { openApi } from '../client/api';
import { exitCodes } from '../exit-codes';
import { short } from '../output/short-decimal';
import { formatTable } from '../output/table';
import { printJson, serverCommand, type ServerOptions } from './options';

interface CompareOptions extends ServerOptions {
  portfolio: string;
}

const help = `
A commit is named by its hash, or by at least six of its first digits. A line with - is only in the first, one with +
only in the second; a row that merely stands on another line of the ledger is the same. Ends with 1 where they differ.

Examples:
  $ dawsos ledger compare 4f1d0c7e b7a2f2a3 --portfolio a11ce000-0000-4000-8000-0000000000a1`;

export function ledgerCompareCommand(): Command {
  return serverCommand('compare')
    .description('show how two states of a ledger differ')
    .argument('<from>', 'a ledger commit')
    .argument('<to>', 'another')
    .requiredOption('--portfolio <id>', 'whose ledger it is')
    .addHelpText('after', help)
    .action(async (from: string, to: string, options: CompareOptions) => {
      const api = await openApi(options);
      const route = `/v1/portfolios/${encodeURIComponent(options.portfolio)}/ledger-commits/compare`;
      const { body } = await api.get<LedgerComparison>(route, { from, to }).catch(byArgument);
      if (options.json === true) printJson(body);
      else process.stdout.write(comparisonText(body));
      if (!body.equal) process.exitCode = exitCodes.problems;
    });
}

/** Queries are the API's affair: a person wrote FROM and TO. */
function byArgument(error: unknown): never {
  if (!(error instanceof CliError) || error.problem.problems === undefined) throw error;
  const problems = error.problem.problems.map(({ pointer, ...problem }) => ({
    ...problem,
    pointer: pointer.replace(/^\/query\/(from|to)$/, (_all, name: string) => name.toUpperCase()),
  }));
  throw new CliError(error.exitCode, { ...error.problem, problems });
}

function comparisonText(told: LedgerComparison): string {
  const { from, to, equal, first_date, commodities, lots, transactions, cash_movements } = told;
  const head = `${from}\n→ ${to}\n`;
  if (equal) return `${head}The two say the same.\n`;
  return [
    head,
    `They differ from ${first_date ?? ''} on.`,
    ...(commodities.length === 0 ? [] : ['', commodityText(commodities)]),
    ...changesText('Lots', lots, lotLine),
    ...changesText('Transactions', transactions, transactionLine),
    ...changesText('Cash movements', cash_movements, movementLine),
    '',
  ].join('\n');
}

function commodityText(commodities: LedgerComparison['commodities']): string {
  return formatTable(
    [
      { title: 'Commodity' },
      { title: 'Before', align: 'right' },
      { title: 'After', align: 'right' },
      { title: 'Change', align: 'right' },
      { title: 'Since' },
    ],
    commodities.map(({ commodity, from, to, change, first_date }) => [
      ...[commodity, short(from), short(to), short(change), first_date],
    ]),
  );
}

function changesText<Row>(
  title: string,
  {
    counts,
    added,
    removed,
    changed,
    more,
  }: {
    counts: LedgerComparison['lots']['counts'];
    added: Row[];
    removed: Row[];
    changed: { from: Row; to: Row }[];
    more: boolean;
  },
  lineOf: (row: Row) => string,
): string[] {
  if (counts.added + counts.removed + counts.changed === 0) return [];
  return [
    '',
    `  ${title}: ${String(counts.added)} added, ${String(counts.removed)} removed, ${String(counts.changed)} changed`,
    ...removed.map((row) => `  - ${lineOf(row)}`),
    ...changed.flatMap(({ from, to }) => [`  - ${lineOf(from)}`, `  + ${lineOf(to)}`]),
    ...added.map((row) => `  + ${lineOf(row)}`),
    ...(more ? ['  … more'] : []),
  ];
}

function lotLine({
  opened_on,
  acquired_on,
  symbol,
  quantity,
  unit_cost_local,
  currency,
  quantity_open,
}: LotState): string {
  const since = acquired_on === opened_on ? '' : `, bought ${acquired_on}`;
  const lot = `${short(quantity)} ${symbol} at ${short(unit_cost_local)} ${currency}`;
  return `${opened_on}  ${lot}${since}, ${short(quantity_open)} left`;
}

function transactionLine(row: TransactionState): string {
  const { date, type, symbol, quantity, amount, currency, narration, file, line } = row;
  const what = [type, quantity, symbol].filter((part) => part !== null).join(' ');
  return `${date}  ${what}  ${amount} ${currency}  ${narration}  (${file === null ? 'line ' : `${file}:`}${String(line)})`;
}

function movementLine({ date, amount, currency, external }: CashMovementState): string {
  return `${date}  ${amount} ${currency}${external ? ', from or to outside' : ''}`;
}
