/** How many shares were held on the evening before a day. */
import { type DatedSeries, datedSeries } from './dated-series';
import { addDays } from './dates';
import { Decimal } from './decimal';
import { grouped } from './grouped';
import type { HoldingChange } from './ledger-state';

/** `changes` in the order of dates. */
export function heldBefore(changes: readonly HoldingChange[]): (securityId: string, date: string) => Decimal {
  const held = new Map<string, DatedSeries<{ date: string; quantity: Decimal }>>();
  for (const [security, own] of grouped(changes, ({ security_id }) => security_id)) {
    let quantity = new Decimal(0);
    const evenings = own.map(({ date, quantity_change }) => {
      quantity = quantity.plus(quantity_change);
      return { date, quantity };
    });
    held.set(security, datedSeries(evenings));
  }
  return (securityId, date) => held.get(securityId)?.upTo(addDays(date, -1))?.quantity ?? new Decimal(0);
}
