/** A reconciliation as people read it: what was compared, and every difference with its first day. */
import type { ReconciledStatement, StatementDifference } from '../../ledger/reconcile-statement';
import type { ReconciledDifference, Reconciliation } from '../../ledger/reconciliation';
import { counted } from './counted';
import { formatTable } from './table';

/** `statement`: the comparison with a custodian's, where one was given. */
export type ReconciledAnswer = Reconciliation & { statement: ReconciledStatement | null };

/** Ends with a newline. */
export function reconciliationText({ statement, ...told }: ReconciledAnswer): string {
  const { ledger_commit_hash, pack_id, balances_checked, values_checked, differences, reasons } = told;
  return [
    `ledger commit ${ledger_commit_hash}, ${pack_id}`,
    ...sideText('the ledger', balances_checked, values_checked, {
      count: differences.length,
      table: tableText(
        'Since',
        differences.map(({ first_date, ...difference }) => ({ ...difference, date: first_date })),
      ),
    }),
    ...Object.values(reasons).map(
      (reason) => `  a value of the pack’s own day could not be compared: ${reason}`,
    ),
    ...(statement === null ? [] : statementText(statement)),
    '',
  ].join('\n');
}

function statementText(told: ReconciledStatement): string[] {
  const { quantities_checked, values_checked, differences, unchecked } = told;
  return [
    ...sideText('the statement', quantities_checked, values_checked, {
      count: differences.length,
      table: tableText('Day', differences),
    }),
    ...unchecked.map(
      ({ line, reason }) =>
        `  line ${String(line)} could not be compared: ${reason === 'AFTER_PACK' ? 'it is of a day after the pack' : 'no price or exchange rate of its day'}`,
    ),
  ];
}

function sideText(
  what: string,
  balances: number,
  values: number,
  { count, table }: { count: number; table: string },
): string[] {
  const checked = `${counted(balances, 'balance')} and ${counted(values, 'market value')} compared with ${what}`;
  if (count === 0) return [`${checked}: all agree`];
  return [`${checked}: ${counted(count, 'difference')}`, '', table, ''];
}

type Difference = Omit<StatementDifference, 'commodity' | 'status'> & {
  commodity: string | null;
  status: StatementDifference['status'] | ReconciledDifference['status'];
};

function tableText(day: 'Since' | 'Day', differences: readonly Difference[]): string {
  return formatTable(
    [
      { title: 'Commodity' },
      { title: 'What' },
      { title: 'Expected', align: 'right' },
      { title: 'Database', align: 'right' },
      { title: 'Difference', align: 'right' },
      { title: day },
      { title: '' },
    ],
    differences.map(({ commodity, kind, expected, actual, difference, difference_bps, date, status }) => [
      commodity ?? '(portfolio)',
      kind.replace('_', ' '),
      expected,
      actual,
      difference_bps === null ? difference : `${difference} (${difference_bps.toFixed(2)} bp)`,
      date,
      statusText(status),
    ]),
  );
}

function statusText(status: Difference['status']): string {
  if (status === 'unknown_commodity') return 'is no known security or currency';
  return status === 'different' ? '' : status.replaceAll('_', ' ');
}
