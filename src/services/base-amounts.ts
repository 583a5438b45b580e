/** Turns amounts into base currency, and keeps which lines of a result lack something for want of a rate or a price. */
import type { MissingReason } from './dated-series';
import { Decimal } from './decimal';

export interface BaseAmounts<Line> {
  /** Not rounded. 0 where there is no rate: the lines named are not available then. */
  toBase(amount: Decimal, currency: string, date: string, ...touched: Line[]): Decimal;
  note(line: Line, reason: MissingReason): void;
  /** The first reason of each line. */
  missing: ReadonlyMap<Line, MissingReason>;
}

export function baseAmounts<Line>(
  rateOn: (currency: string, date: string) => { rate: Decimal } | { reason: MissingReason },
): BaseAmounts<Line> {
  const missing = new Map<Line, MissingReason>();
  const note = (line: Line, reason: MissingReason): void => {
    if (!missing.has(line)) missing.set(line, reason);
  };
  return {
    missing,
    note,
    toBase(amount, currency, date, ...touched) {
      if (amount.isZero()) return amount;
      const rate = rateOn(currency, date);
      if ('rate' in rate) return amount.times(rate.rate);
      for (const line of touched) note(line, rate.reason);
      return new Decimal(0);
    },
  };
}
