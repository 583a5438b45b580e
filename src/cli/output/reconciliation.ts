/** A reconciliation as people read it: what was compared, and every difference with its first day. */
import type { ReconciledStatement, StatementDifference } from '../../ledger/reconcile-statement';
import type { ReconciledDifference, Reconciliation } from '../../ledger/reconciliation';
import { counted } from './counted';
import { formatTable } from './table';

/** `statement`: the comparison with a custodian's, where one was given. */
export type ReconciledAnswer = Reconciliation & { statement: ReconciledStatement | null };

/** Ends with a newline. */
export function reconciliationText({ statement, ...told }: ReconciledAnswer): string {
  const { ledger_commit_hash, pack_id, balances_checked, values_checked, differences } = told;
  return [
    `ledger commit ${ledger_commit_hash}, ${pack_id}`,
    ...sideText('the ledger', balances_checked, values_checked, {
      count: differences.length,
      table: tableText(
        'Since',
        differences.map(({ first_date, ...difference }) => ({ ...difference, date: first_date })),
      ),
    }),
    ...valuesText(told),
    ...(statement === null ? [] : statementText(statement)),
    '',
  ].join('\n');
}

/** What the counted values are of, and what has none. */
function valuesText({ asof_date, values_checked, days, unvalued, reasons }: Reconciliation): string[] {
  const { compared, of } = days;
  const whole = `the portfolio on ${String(compared)} of ${counted(of, 'trading day')}`;
  const single = `${counted(values_checked - compared, 'position')} on ${asof_date}`;
  const named = unvalued.some(({ last_date }) => last_date === asof_date);
  return [
    `  market values: ${whole}, ${single}`,
    ...unvalued.map(({ commodity, days: count, first_date, last_date }) => {
      const span =
        count === 1 ? `on ${first_date}` : `on ${String(count)} trading days, ${first_date} to ${last_date}`;
      return `  ${commodity} could not be valued ${span}: no price or exchange rate of the day`;
    }),
    ...(named
      ? []
      : Object.values(reasons).map((reason) => `  a value of ${asof_date} could not be compared: ${reason}`)),
  ];
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
