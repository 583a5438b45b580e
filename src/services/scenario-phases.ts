/** In which phases of the long-term debt cycle a deleveraging is under way. */

/** The library's probabilities of its ways out are those among each other, once it has begun. */
const deleveraging: readonly string[] = ['DELEVERAGING', 'DEBT_CRISIS', 'DEPRESSION'];

export const deleveragingCondition =
  'given that a deleveraging is under way: the long-term debt cycle is in DELEVERAGING, DEBT_CRISIS or DEPRESSION';

/** `Debt Crisis` and `debt_crisis` are DEBT_CRISIS. */
export function phaseName(phase: string): string {
  return phase
    .trim()
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]+/g, '_');
}

export function isDeleveraging(phase: string | null): boolean {
  return phase !== null && deleveraging.includes(phaseName(phase));
}
