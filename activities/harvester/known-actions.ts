/** Which corporate actions a run knows: those that were announced by its day, and none that it would have to foresee. */

export interface ActionOfCompany {
  symbol: string;
  /** The day it takes effect. */
  date: string;
  /** `null`: nobody says. */
  announced: string | null;
}

export interface LeftOutAction {
  symbol: string;
  date: string;
  reason: 'ANNOUNCED_LATER' | 'ANNOUNCEMENT_NOT_GIVEN';
}

/**
 * What the provider says today is known to a run of today. To one of an earlier day an action is known once it was announced,
 * or, where nobody says when that was, from the day on which it takes effect.
 */
export function knownActions<T extends ActionOfCompany>(
  actions: readonly T[],
  asofDate: string,
  now: Date,
): { known: T[]; left_out: LeftOutAction[] } {
  if (asofDate >= now.toISOString().slice(0, 10)) return { known: [...actions], left_out: [] };
  const left_out: LeftOutAction[] = [];
  const known = actions.filter(({ symbol, date, announced }) => {
    if ((announced ?? date) <= asofDate) return true;
    const reason = announced === null ? 'ANNOUNCEMENT_NOT_GIVEN' : 'ANNOUNCED_LATER';
    left_out.push({ symbol, date, reason });
    return false;
  });
  return { known, left_out };
}
