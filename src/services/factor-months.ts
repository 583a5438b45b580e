/** Monthly returns of a portfolio beside the returns of factors, in the factors' currency. */
import { EngineError } from '../contract/errors';
import type { MonthlyReturns } from './monthly-returns';
import { addMonths } from './months';

/** A value of a series as it was known. */
export interface FactorObservation {
  series_id: string;
  period_end: string;
  value: string;
  unit: string;
}

export interface FactorMonths {
  /** The last trading day before the first month, and that of the last; `null`: there are none. */
  from: string | null;
  to: string | null;
  returns: number[];
  /** One list for each series asked for, in their order. */
  series: number[][];
  dropped: { portfolio: string[]; factors: string[] };
  /** The last month that all series are known for; `null`: there is none. */
  known_to: string | null;
}

/**
 * Joined by month. A return in base becomes one in the factors' currency by the change of the rate between the month's ends:
 * (1 + r)·rate₀/rate₁ − 1, with the rate in base per 1 of it; flows come at the end of their day, so this is exact.
 * `dropped`: months that the portfolio has no whole return or rate for, or that not all factors are known for yet.
 * @param lookbackMonths counted back from the last month that is known @throws EngineError DATA_MISSING for a unit that is none of a return
 */
export function factorMonths(
  { months, partial }: MonthlyReturns,
  observations: readonly FactorObservation[],
  seriesIds: readonly string[],
  rateOn: (date: string) => number | null,
  lookbackMonths?: number,
): FactorMonths {
  const values = byMonth(observations);
  const valuesOf = (month: string): number[] => seriesIds.flatMap((id) => values.get(`${id} ${month}`) ?? []);
  const isKnown = (month: string): boolean => valuesOf(month).length === seriesIds.length;
  const known_to =
    [...new Set(observations.map(({ period_end }) => period_end.slice(0, 7)))]
      .sort()
      .findLast((month) => isKnown(month)) ?? null;
  const after =
    lookbackMonths === undefined || known_to === null
      ? ''
      : addMonths(`${known_to}-01`, -lookbackMonths).slice(0, 7);
  const result: FactorMonths = {
    ...{ from: null, to: null, returns: [], series: seriesIds.map(() => []), known_to },
    dropped: { portfolio: partial.filter((month) => month > after && isKnown(month)), factors: [] },
  };
  for (const { month, from, to, return: own } of months) {
    if (month <= after) continue;
    const [before, then] = [rateOn(from), rateOn(to)];
    if (!isKnown(month)) result.dropped.factors.push(month);
    else if (before === null || then === null) result.dropped.portfolio.push(month);
    else {
      result.returns.push((1 + own) * (before / then) - 1);
      valuesOf(month).forEach((value, index) => result.series[index]?.push(value));
      result.from ??= from;
      result.to = to;
    }
  }
  result.dropped.portfolio.sort();
  return result;
}

/** As fractions, by series and month. */
function byMonth(observations: readonly FactorObservation[]): ReadonlyMap<string, number> {
  return new Map(
    observations.map((row) => [`${row.series_id} ${row.period_end.slice(0, 7)}`, fractionOf(row)]),
  );
}

function fractionOf({ series_id, unit, value }: FactorObservation): number {
  if (unit === 'percent') return Number(value) / 100;
  if (unit === 'fraction') return Number(value);
  throw new EngineError(
    'DATA_MISSING',
    `Series ${series_id} is in ${unit}, so it is no return. Read it in as percent or fraction.`,
    { series_id, unit },
  );
}
