/** A company's figures against the marks of a checklist. */
import type { CheckOutcome, FundamentalName } from '../contract/rating-names';
import { checklistMarks, type Mark } from './checklist-marks';
import type { ReasonCodes } from './holdings';
import type { RubricInput } from './rubric-score';

export interface Check extends Pick<Mark, 'part' | 'name' | 'label' | 'unit'> {
  value: number | string | null;
  mark: string;
  outcome: CheckOutcome;
  reasons: ReasonCodes;
}

/** A mark is met at its very value. What is not known is neither passed nor failed. */
export function runChecklist(inputs: (name: FundamentalName) => RubricInput): Check[] {
  return checklistMarks.map(({ relation, mark, ...head }) => {
    const { value, reason = 'MISSING_INPUT' } = inputs(head.name);
    const shown = { ...head, value, mark: `${relation} ${String(mark)}` };
    if (value === null) return { ...shown, outcome: 'not_available', reasons: { value: reason } };
    const passed = relation === '>=' ? Number(value) >= mark : Number(value) <= mark;
    return { ...shown, outcome: passed ? 'pass' : 'fail', reasons: {} };
  });
}
