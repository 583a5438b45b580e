/** Windows as the calendar cuts them: month, quarter and year to date, whole years back, and since inception. */
import { type WindowName, windowNames } from '../contract/window-names';
import { addDays } from './dates';
import { addMonths } from './months';
import { type History, type NoWindow, sinceInception, type Window, windowFrom } from './window';

export type Windows = Record<WindowName, Window | NoWindow>;

/**
 * Each begins at the close of the last trading day on or before its first calendar day, and ends on the pack's day. One that
 * would begin before the portfolio is not available: a shorter period never stands under a longer one's name.
 */
export function calendarWindows(history: History): Windows {
  const whole = sinceInception(history);
  return byWindow((name) => (name === 'since_inception' ? whole : cut(history, whole, name)));
}

/** A value for each window. */
export function byWindow<T>(valueOf: (name: WindowName) => T): Record<WindowName, T> {
  return Object.fromEntries(windowNames.map((name) => [name, valueOf(name)])) as Record<WindowName, T>;
}

/** The day at whose end the window of a name begins, whether or not it is a trading day. */
export function calendarStart(name: Exclude<WindowName, 'since_inception'>, to: string): string {
  switch (name) {
    case '1d':
      return addDays(to, -1);
    case 'mtd':
      return addDays(`${to.slice(0, 7)}-01`, -1);
    case 'qtd':
      return addDays(addMonths(`${to.slice(0, 7)}-01`, -((Number(to.slice(5, 7)) - 1) % 3)), -1);
    case 'ytd':
      return addDays(`${to.slice(0, 4)}-01-01`, -1);
    case '1y':
      return addMonths(to, -12);
    case '3y':
      return addMonths(to, -36);
    case '5y':
      return addMonths(to, -60);
  }
}

function cut(
  history: History,
  whole: Window | NoWindow,
  name: Exclude<WindowName, 'since_inception'>,
): Window | NoWindow {
  if ('reason' in whole) return whole;
  const first = calendarStart(name, whole.to);
  const start = history.dates.findLast((date) => date <= first);
  if (start !== undefined && start >= whole.from) return windowFrom(history, start);
  const began = history.first_activity;
  return { reason: began !== null && began <= first ? 'BEFORE_FIRST_QUOTE' : 'PERIOD_BEFORE_INCEPTION' };
}
