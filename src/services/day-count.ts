/**
 * Day counts: the years between two days, as interest and rates of return measure them.
 * Sources: ISDA 2006 definitions 4.16(b), (d), (e); SIA (US) rules for 30/360.
 */
import { daysBetween } from './dates';

export const dayCounts = ['act_365f', 'act_360', 'act_act_isda', '30_360'] as const;
/**
 * `act_365f`: days/365. `act_360`: days/360. `act_act_isda`: days in leap years/366 + other days/365.
 * `30_360`: months of 30 days, with the SIA's rules for the ends of months.
 */
export type DayCount = (typeof dayCounts)[number];

/** From `from` to `to`, which is not earlier. */
export function yearsBetween(from: string, to: string, dayCount: DayCount): number {
  switch (dayCount) {
    case 'act_365f':
      return daysBetween(from, to) / 365;
    case 'act_360':
      return daysBetween(from, to) / 360;
    case 'act_act_isda':
      return yearPosition(to) - yearPosition(from);
    case '30_360':
      return thirtyDays(from, to) / 360;
  }
}

/** Whole years and the part of the year gone by, so that differences count each year's days by its own length. */
function yearPosition(date: string): number {
  const [year] = parts(date);
  return year + daysBetween(`${date.slice(0, 4)}-01-01`, date) / (isLeap(year) ? 366 : 365);
}

function thirtyDays(from: string, to: string): number {
  const [fromYear, fromMonth, fromDay] = parts(from);
  const [toYear, toMonth, toDay] = parts(to);
  const fromEndsFebruary = endsFebruary(from);
  const first = fromEndsFebruary ? 30 : Math.min(fromDay, 30);
  let last = toDay;
  if (fromEndsFebruary && endsFebruary(to)) last = 30;
  if (last === 31 && first === 30) last = 30;
  return 360 * (toYear - fromYear) + 30 * (toMonth - fromMonth) + (last - first);
}

function endsFebruary(date: string): boolean {
  const [year, month, day] = parts(date);
  return month === 2 && day === (isLeap(year) ? 29 : 28);
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

function parts(date: string): [year: number, month: number, day: number] {
  return [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10))];
}
