/** In which phases of the long-term debt cycle a deleveraging is under way. */
import type { PhaseOf } from '../contract/macro-names';

type Phase = PhaseOf<'long_term'>;

/** The library's probabilities of the ways out are those among each other, once it has begun. */
const deleveraging: readonly Phase[] = ['DEBT_CRISIS', 'DEPRESSION', 'DELEVERAGING'];

const deleveragingCondition = `given that a deleveraging is under way: the long-term debt cycle is in ${deleveraging.join(', ')}`;

/** Scenarios of the library that are ways through a deleveraging. */
const waysThrough: readonly string[] = [
  'beautiful_deleveraging',
  'dalio_money_printing',
  'dalio_austerity',
  'dalio_default',
];

/** What the probability of a scenario of the library holds under; `null`: nothing. */
export function conditionOf(scenarioId: string | null): string | null {
  return scenarioId !== null && waysThrough.includes(scenarioId) ? deleveragingCondition : null;
}

export function isDeleveraging(phase: Phase | null): boolean {
  return phase !== null && deleveraging.includes(phase);
}
