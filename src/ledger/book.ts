/** Books a transaction: finds the lots it buys, sells and passes on, fills in the leg left out, checks that it balances. */
import { type Accounts, bookingOf } from './accounts';
import { addLots } from './add-lots';
import { imbalanceOf, interpolate } from './balance-transaction';
import { Exact } from './decimal';
import type { LedgerProblem, Place, Posting, RawPosting, RawTransaction, Transaction } from './entries';
import { type Inventory, reduceLots } from './inventory';
import type { TakenPart } from './pass-on';

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
    const postings = leg.cost === null ? [plainLeg(leg)] : addLots(leg, raw, parts, booking.inventory);
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

function refuse({ problems }: Booking, { file, line }: Place, message: string): null {
  problems.push({ file, line, message });
  return null;
}
