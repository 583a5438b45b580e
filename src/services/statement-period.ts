/** Which days a performance statement is of: the last trading days, since a day, or since the portfolio began. */
import { addDays } from './dates';

export interface PeriodRequest {
  /** Trading days of the pack, ascending; its own is the last. */
  dates: readonly string[];
  /** The first day the ledger knows; `null`: it is empty. */
  first_activity: string | null;
  lookback_days?: number | undefined;
  from?: string | undefined;
}

/**
 * The last day before the period, and its last: the same that measures over time begin with. With `from` it is the last
 * trading day on or before it. `null`: nothing ever happened, and no days were asked for.
 */
export function statementPeriod(request: PeriodRequest): { from: string; to: string } | null {
  const { dates, first_activity, lookback_days, from } = request;
  const to = dates.at(-1) as string;
  if (from !== undefined) return { from: dates.findLast((date) => date <= from) ?? from, to };
  const start = lookback_days === undefined ? undefined : dates[dates.length - 1 - lookback_days];
  if (first_activity === null) return start === undefined ? null : { from: start, to };
  const inception = inceptionOf(dates, first_activity);
  return { from: start === undefined || start < inception ? inception : start, to };
}

/** A portfolio that is older than the packs begins with what it was worth on their first day. */
function inceptionOf(dates: readonly string[], first_activity: string): string {
  const index = dates.findIndex((date) => date >= first_activity);
  const first = dates[index] as string;
  return dates[index - 1] ?? (first_activity === first ? addDays(first, -1) : first);
}
