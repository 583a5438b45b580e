/** Values of economic series as they were known on a day, one for each period. */
import { EngineError } from '../contract/errors';
import { grouped } from './grouped';
import type { Frequency } from './indicator-definitions';

/** A value of a series, and the day from which it was known. */
export interface MacroObservation {
  series_id: string;
  period_end: string;
  value: string;
  unit: string;
  known_on: string;
}

export interface PeriodValue {
  period_end: string;
  known_on: string;
  /** In the unit of the series. */
  value: number;
  unit: string;
}

/** By series; the latest revision of each period up to the day, in the order of periods. */
export type KnownSeries = ReadonlyMap<string, readonly PeriodValue[]>;

/** The latest revision of each period up to the day. @param rows in the order of the days on which they became known */
export function latestAt<R extends MacroObservation>(rows: readonly R[], day: string): R[] {
  const known = rows.filter(({ known_on }) => known_on <= day);
  return [...new Map(known.map((row) => [`${row.series_id} ${row.period_end}`, row])).values()];
}

/** @param rows in the order of the days on which they became known, where there are several of one period */
export function knownAt(rows: readonly MacroObservation[], day: string): KnownSeries {
  const bySeries = grouped(latestAt(rows, day), ({ series_id }) => series_id);
  return new Map(
    [...bySeries].map(([id, values]) => [
      id,
      values
        .map(({ period_end, known_on, value, unit }) => ({
          period_end,
          known_on,
          value: Number(value),
          unit,
        }))
        .sort(byPeriod),
    ]),
  );
}

/** The last value within each month, quarter or year, by `periodOf`. */
export function byPeriodOf(
  values: readonly PeriodValue[],
  frequency: Frequency,
): ReadonlyMap<string, PeriodValue> {
  return new Map(values.map((value) => [periodOf(value.period_end, frequency), value]));
}

/** `2012-07`, `2012-Q3` or `2012`; `years` back. */
export function periodOf(day: string, frequency: Frequency, yearsBack = 0): string {
  const year =
    yearsBack === 0 ? day.slice(0, 4) : String(Number(day.slice(0, 4)) - yearsBack).padStart(4, '0');
  if (frequency === 'yearly') return year;
  if (frequency === 'monthly') return year + day.slice(4, 7);
  return `${year}-Q${String(Math.ceil(Number(day.slice(5, 7)) / 3))}`;
}

/** @throws EngineError DATA_MISSING when the series is neither in percent nor a fraction */
export function inPercent(seriesId: string, { value, unit }: PeriodValue): number {
  if (unit === 'percent') return value;
  if (unit === 'fraction') return value * 100;
  throw new EngineError(
    'DATA_MISSING',
    `Series ${seriesId} is in ${unit}, so it is no rate. Read it in as percent or fraction.`,
    { series_id: seriesId, unit },
  );
}

function byPeriod(a: PeriodValue, b: PeriodValue): number {
  return a.period_end < b.period_end ? -1 : 1;
}
