/** How rubrics read fundamentals as they come on the wire. */
import type { Fundamentals } from '../../src/capabilities/harvester/fundamentals';
import type { FundamentalName } from '../../src/contract/rating-names';
import type { RubricInput } from '../../src/services/rubric-score';

/** @param switchingCosts somebody's own judgement, in the place of what no statement tells */
export function inputsOf(
  { inputs }: Fundamentals,
  switchingCosts?: number,
): (name: FundamentalName) => RubricInput {
  return (name) => {
    if (name === 'switching_costs' && switchingCosts !== undefined) return { value: switchingCosts };
    const { value, reasons } = inputs[name];
    return { value, reason: reasons['value'] };
  };
}
