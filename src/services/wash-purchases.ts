/** What was bought on each day, and how much of it is a replacement for shares that were sold at a loss. */
import { Decimal, sum } from './decimal';
import { grouped } from './grouped';
import type { BoughtShares } from './wash-sales';

export interface DayPurchases {
  /** As of the day. */
  quantity: Decimal;
  /** The same after all splits, and what of it is not sold. */
  shares: Decimal;
  open: Decimal;
  /** Of the open ones, those that replace shares sold at a loss. */
  replaced: Decimal;
  /** Of losses that were added to their cost, what is not released yet; in base. */
  carried: Decimal;
}

/** The earliest day first. */
export function purchasesByDay(bought: readonly BoughtShares[]): Map<string, DayPurchases> {
  const days = [...grouped(bought, ({ date }) => date)].sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map(
    days.map(([date, rows]) => {
      const shares = sum(rows.map((row) => row.shares));
      const quantity = sum(rows.map((row) => row.quantity));
      const none = new Decimal(0);
      return [date, { quantity, shares, open: shares, replaced: none, carried: none }];
    }),
  );
}
