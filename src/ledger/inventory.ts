/** The lots each account holds, and which of them a sale uses up. */
import type { BookingMethod } from './accounts';
import type { Exact } from './decimal';
import type { Cost, RawCost } from './entries';

export interface Lot {
  lot_id: string;
  currency: string;
  cost: Cost;
  left: Exact;
}

export interface Reduction {
  lot: Lot;
  quantity: Exact;
}

export interface Inventory {
  lots: Map<string, Lot[]>;
  /** How many lots a commodity got on a day, for their ids. */
  counts: Map<string, number>;
}

export function emptyInventory(): Inventory {
  return { lots: new Map(), counts: new Map() };
}

/** Adds a lot. Its id says what and when, so an entry added later to the ledger leaves it as it is. */
export function addLot(
  inventory: Inventory,
  { account, currency, quantity, cost }: { account: string; currency: string; quantity: Exact; cost: Cost },
): Lot {
  const key = `${currency}_${cost.date}`;
  const count = (inventory.counts.get(key) ?? 0) + 1;
  inventory.counts.set(key, count);
  const lot = { lot_id: `${key}_${String(count)}`, currency, cost, left: quantity };
  inventory.lots.set(account, [...(inventory.lots.get(account) ?? []), lot]);
  return lot;
}

/** Puts shares of a lot into another account. There they may have another date in the ledger, and stay the same lot. */
export function moveLot(inventory: Inventory, account: string, { lot_id, currency, cost, left }: Lot): void {
  const lots = inventory.lots.get(account) ?? [];
  const same = lots.find((lot) => lot.lot_id === lot_id && isSameCost(lot.cost, cost));
  if (same) same.left = same.left.plus(left);
  else inventory.lots.set(account, [...lots, { lot_id, currency, cost, left }]);
}

/**
 * Takes `quantity` (positive) from the lots that `wanted` describes: the oldest first, the newest with LIFO, the dearest
 * with HIFO; of equal ones the first entered. With STRICT a description with a cost, date or label has to mean one lot,
 * unless it means all that is left.
 * @returns the reductions, or why there are none (then nothing was taken)
 */
export function reduceLots(
  inventory: Inventory,
  request: { account: string; currency: string; quantity: Exact; wanted: RawCost; method: BookingMethod },
): Reduction[] | string {
  const { account, currency, quantity, wanted } = request;
  const candidates = (inventory.lots.get(account) ?? [])
    .filter((lot) => lot.currency === currency && !lot.left.isZero() && matches(lot.cost, wanted))
    .sort(orderOf(request.method));
  const held = candidates.reduce((sum, lot) => sum.plus(lot.left), quantity.minus(quantity));
  if (held.lessThan(quantity)) {
    return `not enough lots: ${quantity.toString()} ${currency} to reduce, ${held.toString()} held that match`;
  }
  const anyLot = wanted.amount === null && wanted.date === null && wanted.label === null;
  const kinds = new Set(
    candidates.map(
      ({ cost }) => `${cost.number.toString()} ${cost.currency} ${cost.date} ${cost.label ?? ''}`,
    ),
  );
  if (kinds.size > 1 && !anyLot && request.method === 'STRICT' && !held.equals(quantity)) {
    return `ambiguous: ${String(kinds.size)} different lots of ${currency} match; name cost and date`;
  }
  return takeInOrder(candidates, quantity);
}

function orderOf(method: BookingMethod): (a: Lot, b: Lot) => number {
  const byDate = (a: Lot, b: Lot): number =>
    a.cost.date < b.cost.date ? -1 : a.cost.date > b.cost.date ? 1 : 0;
  switch (method) {
    case 'STRICT':
    case 'FIFO':
      return byDate;
    case 'LIFO':
      return (a, b) => byDate(b, a);
    case 'HIFO':
      return (a, b) => b.cost.number.comparedTo(a.cost.number);
  }
}

function takeInOrder(candidates: Lot[], quantity: Exact): Reduction[] {
  const reductions: Reduction[] = [];
  let missing = quantity;
  for (const lot of candidates) {
    if (missing.isZero()) break;
    const taken = lot.left.lessThan(missing) ? lot.left : missing;
    lot.left = lot.left.minus(taken);
    missing = missing.minus(taken);
    reductions.push({ lot, quantity: taken });
  }
  return reductions;
}

function matches(cost: Cost, wanted: RawCost): boolean {
  return (
    (wanted.amount === null ||
      (wanted.amount.number.equals(cost.number) && wanted.amount.currency === cost.currency)) &&
    (wanted.date === null || wanted.date === cost.date) &&
    (wanted.label === null || wanted.label === cost.label)
  );
}

function isSameCost(a: Cost, b: Cost): boolean {
  return a.number.equals(b.number) && a.currency === b.currency && a.date === b.date && a.label === b.label;
}
