/** Books a transaction: finds the lots it buys, sells and passes on, fills in the leg left out, checks that it balances. */
import { type Accounts, bookingOf } from './accounts';
import { divisionRest, imbalanceOf, inferTolerances, interpolate } from './balance-transaction';
import { Exact } from './decimal';
import type { Cost, LedgerProblem, Place, Posting, RawPosting, RawTransaction, Transaction } from './entries';
import { addLot, type Inventory, moveLot, reduceLots } from './inventory';
import { type TakenPart, takeMoved, takeSplit } from './pass-on';

export interface Booking {
  inventory: Inventory;
  accounts: Accounts;
  problems: LedgerProblem[];
}

/** The booked transaction, or `null` when a problem was noted instead. */
export function bookTransaction(raw: RawTransaction, booking: Booking): Transaction | null {
  const open = raw.postings.filter((posting) => posting.units === null);
  if (open.length > 1) {
    return refuse(
      booking,
      { file: raw.file, line: open[1]?.line ?? raw.line },
      'only one leg of a transaction may be without an amount',
    );
  }
  const booked = bookLegs(raw, booking);
  if ('problem' in booked) return refuse(booking, { file: raw.file, line: booked.line }, booked.problem);
  const { postings } = booked;
  const [elided] = open;
  if (elided) {
    const { line, account } = elided;
    const filled = interpolate(raw, postings);
    postings.push(
      ...filled.map((units) => ({ line, account, units, cost: null, lot_id: null, price: null })),
    );
  }
  const imbalance = imbalanceOf(raw, postings);
  if (imbalance !== null)
    return refuse(booking, raw, `the transaction does not balance: ${imbalance} left over`);
  return { ...raw, postings };
}

/** Reductions first, wherever they stand: what is bought may be what they pass on. Postings stay in the legs' order. */
function bookLegs(
  raw: RawTransaction,
  booking: Booking,
): { postings: Posting[] } | { problem: string; line: number } {
  const legs = raw.postings.filter((leg) => leg.units !== null);
  const parts: TakenPart[] = [];
  for (const leg of legs) {
    if (!isReduction(leg)) continue;
    const taken = reduce(leg, booking);
    if (typeof taken === 'string') return { problem: taken, line: leg.line };
    parts.push(...taken);
  }
  const added = new Map<RawPosting, Posting[]>();
  for (const leg of legs) {
    if (isReduction(leg)) continue;
    const postings = leg.cost === null ? [plainLeg(leg)] : addLots(leg, raw, parts, booking);
    if (typeof postings === 'string') return { problem: postings, line: leg.line };
    added.set(leg, postings);
  }
  return {
    postings: legs.flatMap(
      (leg) => added.get(leg) ?? parts.filter((part) => part.leg === leg).flatMap(reductionsOf),
    ),
  };
}

function isReduction({ units, cost }: RawPosting): boolean {
  return cost !== null && units !== null && units.number.isNegative() && !units.number.isZero();
}

function plainLeg({ line, account, units, price }: RawPosting): Posting {
  const { number, currency } = units as NonNullable<RawPosting['units']>;
  return { line, account, units: { number, currency }, cost: null, lot_id: null, price };
}

function reduce(leg: RawPosting, { inventory, accounts }: Booking): TakenPart[] | string {
  const { account, units, cost: wanted } = leg;
  if (units === null || wanted === null) return [];
  if (wanted.total) return 'a reduction names the cost of one unit, in single braces';
  const reductions = reduceLots(inventory, {
    account,
    currency: units.currency,
    quantity: units.number.negated(),
    wanted,
    method: bookingOf(accounts, account),
  });
  if (typeof reductions === 'string') return reductions;
  return reductions.map(({ lot, quantity }) => ({
    leg,
    lot,
    quantity,
    left: quantity,
    moved: new Exact(0),
    split: false,
  }));
}

/** What was passed on, and what was sold, of one lot. */
function reductionsOf({ leg, lot, quantity, left, moved, split }: TakenPart): Posting[] {
  const { line, account, price } = leg;
  const posting = (number: Exact): Posting => ({
    line,
    account,
    units: { number: number.negated(), currency: lot.currency },
    cost: lot.cost,
    lot_id: lot.lot_id,
    // A price of all units together is shared out by the units each lot gives.
    price: price?.total
      ? { ...price, number: price.number.times(number).div(leg.units?.number.abs() ?? number) }
      : price,
  });
  if (split) return [{ ...posting(quantity), passes_on: 'split' }];
  return [
    ...(moved.isZero() ? [] : [{ ...posting(moved), passes_on: 'moved' as const }]),
    ...(left.isZero() ? [] : [posting(left)]),
  ];
}

function addLots(
  leg: RawPosting,
  raw: RawTransaction,
  parts: readonly TakenPart[],
  { inventory }: Booking,
): Posting[] | string {
  const { line, account, units, price } = leg;
  if (units === null || units.number.isZero()) return 'a leg with a cost needs units';
  const { number, currency } = units;
  const cost = costOf(leg, raw.date);
  if (typeof cost === 'string') return cost;
  const moved = takeMoved(leg, cost, parts);
  if (moved !== null) {
    return moved.map(({ lot: { lot_id }, quantity }) => {
      moveLot(inventory, account, { lot_id, currency, cost, left: quantity });
      return {
        line,
        account,
        units: { number: quantity, currency },
        cost,
        lot_id,
        price,
        passes_on: 'moved',
      };
    });
  }
  const { lot_id } = addLot(inventory, { account, currency, quantity: number, cost });
  const posting: Posting = { line, account, units: { number, currency }, cost, lot_id, price };
  const tolerance = inferTolerances(raw).get(cost.currency)?.tolerance ?? divisionRest;
  const replaced = takeSplit(leg, cost, parts, tolerance);
  if (replaced === null) return [posting];
  const replaces = replaced.map(({ lot, quantity }) => ({ lot_id: lot.lot_id, quantity }));
  return [{ ...posting, passes_on: 'split', replaces, cost: { ...cost, date: dateOf(leg, cost, replaced) } }];
}

/** A split leaves the date of a lot as it was, unless the ledger writes another. */
function dateOf(leg: RawPosting, cost: Cost, replaced: readonly TakenPart[]): string {
  const dates = new Set(replaced.map(({ lot }) => lot.cost.date));
  const [date] = dates;
  return leg.cost?.date == null && dates.size === 1 && date !== undefined ? date : cost.date;
}

function costOf({ units, cost }: RawPosting, date: string): Cost | string {
  if (!cost?.amount || !units) return 'a purchase needs its cost in the braces';
  const { number, currency } = cost.amount;
  const each = cost.total ? new Exact(number).div(units.number) : number;
  return { number: each, currency, date: cost.date ?? date, label: cost.label };
}

function refuse({ problems }: Booking, { file, line }: Place, message: string): null {
  problems.push({ file, line, message });
  return null;
}
