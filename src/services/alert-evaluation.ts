/** Whether an alert fires: its condition against the value that was found, with the sentence that is shown. Pure. */
import type { AlertCondition, AlertOperator } from '../contract/alert-condition';
import type { VerdictOutcome } from '../contract/alert';
import { type AlertValue, operatorWords, valueText } from './alert-words';
import { Decimal } from './decimal';

/** What was found of what a condition watches. */
export interface Observed {
  /** What it is, as the beginning of a sentence: `The maximum drawdown of “Family” since inception`. */
  subject: string;
  /** `null`: not available. */
  value: AlertValue | null;
  unit: string;
  asof_date: string;
  /** Why there is no value. */
  reason: string | null;
  /** A further sentence. */
  note?: string;
  /** Of a shift of the regime: how sure it is, in points of the score. */
  margin?: number | null;
}

export interface Verdict {
  outcome: VerdictOutcome;
  sentence: string;
  /** Code; of `not_available` alone. */
  reason: string | null;
}

/**
 * A value that is not available never fires, nor does one in another unit than the threshold's. `==` and `!=` compare
 * exactly, without a tolerance.
 */
export function evaluateCondition(condition: AlertCondition, observed: Observed): Verdict {
  const { subject, value, unit, asof_date, note, margin } = observed;
  if (value === null) return notAvailable(observed, observed.reason ?? 'MISSING_INPUT');
  if (unit !== condition.unit) return notAvailable(observed, 'UNIT_DIFFERS');
  const op = operatorOf(condition);
  const least = condition.type === 'regime_shift' ? (condition.least_margin ?? 0) : 0;
  if (least > 0 && margin == null) return notAvailable(observed, 'MISSING_INPUT');
  const holds = compare(value, op, condition.threshold);
  const unsure = holds && least > 0 && (margin ?? 0) < least;
  const parts = [
    `${subject} is ${valueText(value, unit)} as of ${asof_date}, ${holds ? '' : 'not '}${operatorWords[op]} ${valueText(condition.threshold, unit)}.`,
    ...(note === undefined ? [] : [note]),
    ...(unsure
      ? [`Its margin of ${valueText(margin ?? 0, 'points')} is below ${valueText(least, 'points')}.`]
      : []),
  ];
  return {
    outcome: holds && !unsure ? 'fires' : 'does_not_fire',
    sentence: parts.join(' '),
    reason: null,
  };
}

/** The types without an operator have a fixed one: a limit is reached, a risk exceeded. */
function operatorOf(condition: AlertCondition): AlertOperator {
  if (condition.type === 'dar_breach') return '>';
  if (condition.type === 'drawdown_limit' || condition.type === 'regime_shift') return '>=';
  return condition.op;
}

function notAvailable({ subject, asof_date }: Observed, reason: string): Verdict {
  return {
    outcome: 'not_available',
    sentence: `${subject} is not available as of ${asof_date} (${reason}).`,
    reason,
  };
}

function compare(value: AlertValue, op: AlertOperator, threshold: AlertValue): boolean {
  const order = new Decimal(value).comparedTo(new Decimal(threshold));
  switch (op) {
    case '>':
      return order > 0;
    case '<':
      return order < 0;
    case '>=':
      return order >= 0;
    case '<=':
      return order <= 0;
    case '==':
      return order === 0;
    case '!=':
      return order !== 0;
  }
}
