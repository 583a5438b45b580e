/** Money-weighted return and gain of one window of a portfolio's daily values. */
import type { DailyValue } from './daily-values';
import { daysBetween } from './dates';
import { moneyPlaces } from './decimal';
import { fixedNumber } from './fixed';
import { moneyWeightedReturn } from './money-weighted-return';
import type { ReasonCodes } from './holdings';
import type { Window } from './window';

export interface MoneyWeightedWindow {
  /** A fraction per year, however short the window is. */
  value: number | null;
  /** (1 + value)^(days/365) − 1. */
  period_return: number | null;
  /** The window's own start, or the first money where nothing was there before. */
  from: string;
  /** Calendar days from `from` to the window's end. */
  days: number;
  /** End value − opening value − net flows, in base at 10 places. */
  gain: bigint;
  /** Days on which money came in or went out, net. */
  flows: number;
  multiple_roots: boolean;
  /** Nothing came back: `value` is −1 by convention, not as a root. */
  total_loss: boolean;
  reasons: ReasonCodes;
}

/**
 * XIRR (Act/365F): the opening value is a deposit on the window's first day (of nothing there is none, and the time counts
 * from the first money on), each external flow stands on its own (or, on a day
 * without a valuation, on the next valued one) at that day's rates, the end value is taken out on the last day.
 * Reasons are those of `moneyWeightedReturn`.
 */
export function moneyWeightedWindow({ values, from, to }: Window): MoneyWeightedWindow {
  const [opening, ...after] = values as [DailyValue, ...DailyValue[]];
  const last = after.at(-1) ?? opening;
  const flows = after.filter(({ external_flow }) => external_flow !== 0n);
  const begin = opening.value === 0n ? (flows[0]?.date ?? from) : from;
  const { xirr, period_return, multiple_roots, total_loss, reasons } = moneyWeightedReturn(
    flows.map(({ date, external_flow }) => ({ date, amount: -fixedNumber(external_flow, moneyPlaces) })),
    {
      ...(opening.value !== 0n && {
        opening: { date: from, amount: fixedNumber(opening.value, moneyPlaces) },
      }),
      final: { date: to, amount: fixedNumber(last.value, moneyPlaces) },
    },
  );
  const net = flows.reduce((sum, { external_flow }) => sum + external_flow, 0n);
  return {
    value: xirr,
    period_return,
    from: begin,
    days: daysBetween(begin, to),
    gain: last.value - opening.value - net,
    flows: flows.length,
    multiple_roots,
    total_loss,
    reasons: {
      ...(reasons['xirr'] !== undefined && { value: reasons['xirr'] }),
      ...(reasons['period_return'] !== undefined && { period_return: reasons['period_return'] }),
    },
  };
}
