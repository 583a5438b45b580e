/** Books a transaction: finds the lots it buys and sells, fills in the leg left out, and checks that it balances. */
import { type Accounts, bookingOf } from './accounts';
import { imbalanceOf, interpolate } from './balance-transaction';
import { Exact } from './decimal';
import type { Cost, LedgerProblem, Place, Posting, RawPosting, RawTransaction, Transaction } from './entries';
import { addLot, type Inventory, reduceLots } from './inventory';

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
  const postings: Posting[] = [];
  for (const leg of raw.postings) {
    if (leg.units === null) continue;
    const booked = bookLeg(leg, raw.date, booking);
    if (typeof booked === 'string') return refuse(booking, { file: raw.file, line: leg.line }, booked);
    postings.push(...booked);
  }
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

function bookLeg(leg: RawPosting, date: string, booking: Booking): Posting[] | string {
  const { line, account, units, cost: wanted, price } = leg;
  if (units === null) return [];
  const { number, currency } = units;
  if (wanted === null)
    return [{ line, account, units: { number, currency }, cost: null, lot_id: null, price }];
  if (number.isZero()) return 'a leg with a cost needs units';
  if (number.isPositive()) {
    const cost = costOf(leg, date);
    if (typeof cost === 'string') return cost;
    const { lot_id } = addLot(booking.inventory, { account, currency, quantity: number, cost });
    return [{ line, account, units: { number, currency }, cost, lot_id, price }];
  }
  const quantity = number.negated();
  const method = bookingOf(booking.accounts, account);
  if (wanted.total) return 'a reduction names the cost of one unit, in single braces';
  const reductions = reduceLots(booking.inventory, { account, currency, quantity, wanted, method });
  if (typeof reductions === 'string') return reductions;
  return reductions.map(({ lot, quantity: taken }) => ({
    line,
    account,
    units: { number: taken.negated(), currency },
    cost: lot.cost,
    lot_id: lot.lot_id,
    // A price of all units together is shared out by the units each lot gives.
    price: price?.total ? { ...price, number: price.number.times(taken).div(quantity) } : price,
  }));
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
