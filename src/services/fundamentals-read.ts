/** What formulas over fiscal years share: reading figures, and why one cannot be computed. */
import { Decimal } from './decimal';
import type { FigureName, FiscalYear } from './fundamentals-years';

/** A value with the years it rests on, or the reason why there is none. */
export interface Derived {
  value: number | string | null;
  reason?: string;
  used: readonly FiscalYear[];
  /** Left out: as many as years. */
  observations?: number;
}

/** Of one year: a number, or the reason. */
export type OfYear = (year: FiscalYear) => number | string;

/** The newest so many years are averaged, and no fewer than the least. */
export const mostYears = 5;
export const leastYears = 3;

/** `null`: not given. */
export function figure({ figures }: FiscalYear, name: FigureName): number | null {
  const text = figures[name];
  return text === null || text === undefined ? null : Number(text);
}

/** Of two figures of a year; a divisor of zero is one that is not given: providers write 0 for what is not reported. */
export function quotient(year: FiscalYear, over: FigureName, under: FigureName): number | string {
  const [upper, lower] = [figure(year, over), figure(year, under)];
  return upper === null || lower === null || lower <= 0 ? 'NOT_GIVEN' : upper / lower;
}

export function ofNewest(years: readonly FiscalYear[], derive: OfYear): Derived {
  const [newest] = years as [FiscalYear];
  const found = newest.isMixed ? 'CURRENCY_CHANGED' : derive(newest);
  const used = [newest];
  return typeof found === 'string' ? { value: null, reason: found, used } : { value: found, used };
}

/** One year that cannot be computed withholds the whole: a mean of the good years alone would flatter. */
export function overYears(
  years: readonly FiscalYear[],
  derive: OfYear,
  summarise: (values: readonly number[]) => number = decimalMean,
): Derived {
  const used = years.slice(0, mostYears);
  if (used.length < leastYears) return { value: null, reason: 'TOO_FEW_YEARS', used };
  const values: number[] = [];
  for (const year of used) {
    const found = year.isMixed ? 'CURRENCY_CHANGED' : derive(year);
    if (typeof found === 'string') return { value: null, reason: found, used };
    values.push(found);
  }
  return { value: summarise(values), used };
}

/** In decimals: of three margins of 0.4 binary numbers make one that is below a mark of 0.4. */
function decimalMean(values: readonly number[]): number {
  const total = values.reduce((sum, value) => sum.plus(value), new Decimal(0));
  return total.div(values.length).toNumber();
}
