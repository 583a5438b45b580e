/** Whether two market values are the same within the tolerance, whoever they are of. */
import { moneyPlaces } from '../services/decimal';
import type { Exact } from './decimal';
import { plain } from './reconcile-books';
import { type ReconciledDifference, toleranceBps } from './reconciliation';

export type ValueFinding = Omit<ReconciledDifference, 'account' | 'commodity' | 'kind' | 'status'>;

/** `null`: within the tolerance. */
export function compareValues(expected: Exact, actual: Exact, date: string): ValueFinding | null {
  const difference = actual.minus(expected);
  const bps = expected.isZero() ? null : difference.abs().div(expected.abs()).times(10_000);
  if (bps === null ? difference.isZero() : bps.lessThanOrEqualTo(toleranceBps)) return null;
  const text = (value: Exact): string => plain(value.toDecimalPlaces(moneyPlaces));
  return {
    expected: text(expected),
    actual: text(actual),
    difference: text(difference),
    difference_bps: bps === null ? null : bps.toDecimalPlaces(4).toNumber(),
    first_date: date,
  };
}
