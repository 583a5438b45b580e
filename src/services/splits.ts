/**
 * Splits: what was declared beside what the ledger booked. A split changes how many shares there are and what one cost;
 * what all of them cost stays.
 */
import type { LotClosure, OpenedLot } from '../contract/ledger-rows';
import { daysBetween } from './dates';
import { Decimal, ratePlaces, roundMoney, sum } from './decimal';
import { grouped } from './grouped';
import type { LedgerTransaction } from './ledger-transactions';
import type { KnownSplit } from './split-growth';

export interface DeclaredSplit extends KnownSplit {
  symbol: string;
}

export interface SplitEvent {
  security_id: string;
  symbol: string;
  /** As declared, else the ledger's day. */
  ex_date: string;
  booked_on: string | null;
  ratio: Decimal | null;
  quantity_before: Decimal;
  quantity_after: Decimal | null;
  expected_after: Decimal | null;
  /** Of the lots that were replaced, and of those that replaced them; in the currency of the cost. */
  cost_before: Decimal | null;
  cost_after: Decimal | null;
  status: 'matched' | 'different' | 'not_received' | 'not_declared' | 'pending';
}

export interface SplitInputs {
  transactions: readonly LedgerTransaction[];
  closures: readonly LotClosure[];
  opened: readonly OpenedLot[];
  declared: readonly DeclaredSplit[];
  heldBefore: (securityId: string, date: string) => Decimal;
  /** The last day that is known. */
  asof: string;
}

/** A split is booked on its ex-date, or on the next days where that has no entry. */
const daysApart = 5;

export function splitEvents(inputs: SplitInputs): SplitEvent[] {
  const { transactions, declared, heldBefore, asof } = inputs;
  const open = [...declared];
  const booked = grouped(
    transactions.filter(({ type }) => type === 'SPLIT'),
    ({ date, security_id }) => `${date} ${security_id ?? ''}`,
  );
  const events = [...booked.values()].map((rows): SplitEvent => {
    const change = bookedSplit(rows, inputs);
    const found = open.find(
      ({ security_id, ex_date }) =>
        security_id === change.security_id && Math.abs(daysBetween(ex_date, change.booked_on)) <= daysApart,
    );
    if (!found) return { ...change, ex_date: change.booked_on, expected_after: null, status: 'not_declared' };
    open.splice(open.indexOf(found), 1);
    const expected_after = change.quantity_before.times(found.ratio);
    // Fractions are paid out in cash, which is a sale: less than a share may be missing.
    const off = change.quantity_after.minus(expected_after).abs();
    const whole = heldBefore(change.security_id, change.booked_on).equals(change.quantity_before);
    return {
      ...change,
      ex_date: found.ex_date,
      ratio: new Decimal(found.ratio),
      expected_after,
      status: whole && off.lessThan(1) ? 'matched' : 'different',
    };
  });
  for (const { security_id, symbol, ex_date, ratio } of open) {
    const quantity_before = heldBefore(security_id, ex_date);
    if (!quantity_before.greaterThan(0)) continue;
    events.push({
      ...{ security_id, symbol, ex_date, quantity_before },
      booked_on: null,
      ratio: new Decimal(ratio),
      quantity_after: null,
      expected_after: quantity_before.times(ratio),
      cost_before: null,
      cost_after: null,
      status: ex_date > asof ? 'pending' : 'not_received',
    });
  }
  return events.sort((a, b) => (a.ex_date < b.ex_date ? -1 : a.ex_date > b.ex_date ? 1 : 0));
}

function bookedSplit(rows: readonly LedgerTransaction[], { closures, opened, transactions }: SplitInputs) {
  const { date, security_id, symbol } = rows[0] as LedgerTransaction;
  const ids = new Set(rows.flatMap(({ row_ids }) => row_ids));
  const replaced = closures.filter(({ transaction_id }) => ids.has(transaction_id));
  const quantity_before = sum(replaced.map(({ quantity }) => new Decimal(quantity)));
  const quantity_after = quantity_before.plus(sum(rows.map(({ quantity }) => quantity ?? new Decimal(0))));
  // Lots bought on the same day are none of the split's.
  const bought = transactions.filter(
    (row) => row.type === 'BUY' && row.date === date && row.security_id === security_id,
  );
  const made = opened.filter((lot) => lot.security_id === security_id && lot.opened_on === date);
  const costOf = (lots: readonly { quantity: string; unit_cost_local: string }[]): Decimal =>
    sum(lots.map(({ quantity, unit_cost_local }) => new Decimal(quantity).times(unit_cost_local)));
  return {
    security_id: security_id as string,
    symbol: symbol ?? '',
    booked_on: date,
    ratio: quantity_before.isZero() ? null : quantity_after.div(quantity_before).toDecimalPlaces(ratePlaces),
    quantity_before,
    quantity_after,
    cost_before: roundMoney(costOf(replaced)),
    cost_after: roundMoney(costOf(made).plus(sum(bought.map(({ amount }) => amount)))),
  };
}
