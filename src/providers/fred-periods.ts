/** FRED's days: it dates a period by its first day, a week by its last, where this project takes the last; and it is in St. Louis. */
import { addMonths, endOfMonth } from '../services/months';

/** Months of a period, by the name FRED or this project's table gives its frequency. */
const monthsOf: Readonly<Record<string, number>> = {
  M: 1,
  Q: 3,
  SA: 6,
  A: 12,
  monthly: 1,
  quarterly: 3,
  yearly: 12,
};

/** The last day of the period that FRED gives this date; a day and a week have it already. */
export function periodEnd(date: string, frequency: string): string {
  const months = monthsOf[frequency];
  return months === undefined ? date : endOfMonth(addMonths(date, months - 1));
}

const inStLouis = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Chicago', dateStyle: 'short' });

/** The latest day that has a vintage: FRED refuses one that has not begun where it is. */
export function latestVintage(now: Date): string {
  // The Canadian form is the ISO form.
  return inStLouis.format(now);
}
