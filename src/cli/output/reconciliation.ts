/** A reconciliation as people read it: what was compared, and every difference with its first day. */
import type { ReconciledStatement } from '../../ledger/reconcile-statement';
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
    ...sideText('the ledger', balances_checked, values_checked, differences),
    ...Object.values(reasons).map(
      (reason) => `  a value of the pack’s own day could not be compared: ${reason}`,
    ),
    ...(statement === null ? [] : statementText(statement)),
    '',
  ].join('\n');
}

function statementText({
  quantities_checked,
  values_checked,
  differences,
  unchecked,
}: ReconciledStatement): string[] {
  return [
    ...sideText('the statement', quantities_checked, values_checked, differences),
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
  differences: readonly ReconciledDifference[],
): string[] {
  const checked = `${counted(balances, 'balance')} and ${counted(values, 'market value')} compared with ${what}`;
  if (differences.length === 0) return [`${checked}: all agree`];
  return [`${checked}: ${counted(differences.length, 'difference')}`, '', tableText(differences), ''];
}

function tableText(differences: readonly ReconciledDifference[]): string {
  return formatTable(
    [
      { title: 'Commodity' },
      { title: 'What' },
      { title: 'Expected', align: 'right' },
      { title: 'Database', align: 'right' },
      { title: 'Difference', align: 'right' },
      { title: 'Since' },
      { title: '' },
    ],
    differences.map(
      ({ commodity, kind, expected, actual, difference, difference_bps, first_date, status }) => [
        commodity ?? '(portfolio)',
        kind.replace('_', ' '),
        expected,
        actual,
        difference_bps === null ? difference : `${difference} (${difference_bps.toFixed(2)} bp)`,
        first_date,
        status === 'different' ? '' : status.replaceAll('_', ' '),
      ],
    ),
  );
}
