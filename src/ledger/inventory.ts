/** The lots each account holds, and which of them a sale uses up. */
import type { BookingMethod } from './accounts';
import { Exact } from './decimal';
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
  /** Lots with something left, by account and commodity, in the order in which they came. */
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
  lotsIn(inventory, account, currency).push(lot);
  return lot;
}

function lotsIn(inventory: Inventory, account: string, currency: string): Lot[] {
  const key = keyOf(account, currency);
  const lots = inventory.lots.get(key) ?? [];
  inventory.lots.set(key, lots);
  return lots;
}

function keyOf(account: string, currency: string): string {
  return `${account} ${currency}`;
}

/** Puts shares of a lot into another account. There they may have another date in the ledger, and stay the same lot. */
export function moveLot(inventory: Inventory, account: string, { lot_id, currency, cost, left }: Lot): void {
  const lots = lotsIn(inventory, account, currency);
  const same = lots.find((lot) => lot.lot_id === lot_id && isSameCost(lot.cost, cost));
  if (same) same.left = same.left.plus(left);
  else lots.push({ lot_id, currency, cost, left });
}

/**
 * Takes `quantity` (positive) from the lots that `wanted` describes: the oldest first, the newest with LIFO, the dearest
 * with HIFO; of equal ones the first entered. With STRICT a description, `{}` too, has to mean one lot, unless it means
 * all that is left.
 * @returns the reductions, or why there are none (then nothing was taken)
 */
export function reduceLots(
  inventory: Inventory,
  request: { account: string; currency: string; quantity: Exact; wanted: RawCost; method: BookingMethod },
): Reduction[] | string {
  const { account, currency, quantity, wanted } = request;
  const candidates = lotsIn(inventory, account, currency)
    .filter((lot) => matches(lot.cost, wanted))
    .sort(orderOf(request.method));
  if (!holds(candidates, quantity)) {
    const held = totalOf(candidates);
    return `not enough lots: ${quantity.toString()} ${currency} to reduce, ${held.toString()} held that match`;
  }
  if (request.method === 'STRICT' && !totalOf(candidates).equals(quantity)) {
    const kinds = kindsOf(candidates);
    if (kinds.length > 1) return ambiguous(currency, kinds);
  }
  const reductions = takeInOrder(candidates, quantity);
  const left = lotsIn(inventory, account, currency).filter((lot) => !lot.left.isZero());
  inventory.lots.set(keyOf(account, currency), left);
  return reductions;
}

/** Each different lot as a reduction would name it; lots of the same cost, day and label are one. */
function kindsOf(lots: readonly Lot[]): string[] {
  const kinds = new Map<string, Exact>();
  for (const { cost, left } of lots) {
    const label = cost.label === null ? '' : `, "${cost.label}"`;
    const kind = `{${cost.number.toFixed()} ${cost.currency}, ${cost.date}${label}}`;
    kinds.set(kind, (kinds.get(kind) ?? new Exact(0)).plus(left));
  }
  return [...kinds].map(([kind, left]) => `${left.toFixed()} ${kind}`);
}

function ambiguous(currency: string, kinds: readonly string[]): string {
  const shown = kinds.slice(0, 10).join(', ');
  const more = kinds.length > 10 ? ', …' : '';
  return `ambiguous: ${String(kinds.length)} lots of ${currency} match: ${shown}${more}; name one by cost and day, or open the account with "FIFO"`;
}

function totalOf(lots: readonly Lot[]): Exact {
  return lots.reduce((sum, { left }) => sum.plus(left), new Exact(0));
}

/** Looks at no more lots than it takes: an account of years has thousands. */
function holds(lots: readonly Lot[], quantity: Exact): boolean {
  let sum = new Exact(0);
  return lots.some(({ left }) => {
    sum = sum.plus(left);
    return sum.greaterThanOrEqualTo(quantity);
  });
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
