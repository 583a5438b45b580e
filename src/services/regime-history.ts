/** The regime at several days, each as it was known then. */
import { readIndicator } from './indicator-reading';
import { knownAt, type MacroObservation } from './macro-observations';
import { readRegime, regimeInputs, type RegimeReading } from './regime-reading';

export interface RegimePoint extends RegimeReading {
  date: string;
}

/** @param rows with all revisions, in the order of the days on which they became known */
export function regimeHistory(rows: readonly MacroObservation[], dates: readonly string[]): RegimePoint[] {
  return dates.map((date) => {
    const known = knownAt(rows, date);
    return { date, ...readRegime(regimeInputs.map((id) => readIndicator(id, known, date))) };
  });
}
