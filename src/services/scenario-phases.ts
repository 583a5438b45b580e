/** In which phases of the long-term debt cycle a deleveraging is under way. */
import type { PhaseOf } from '../contract/macro-names';

type Phase = PhaseOf<'long_term'>;

/** The library's probabilities of the ways out are those among each other, once it has begun. */
const deleveraging: readonly Phase[] = ['DEBT_CRISIS', 'DEPRESSION', 'DELEVERAGING'];

export const deleveragingCondition = `given that a deleveraging is under way: the long-term debt cycle is in ${deleveraging.join(', ')}`;

export function isDeleveraging(phase: Phase | null): boolean {
  return phase !== null && deleveraging.includes(phase);
}
