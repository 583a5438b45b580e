/**
 * Wash sales by the rule of the United States (26 U.S.C. § 1091): a loss is disallowed as far as the same security was
 * bought within 30 days before or after the sale, and is added to the cost of what was bought. The earliest loss and the
 * earliest purchase are matched first (26 CFR 1.1091-1), each bought share once. Shares that were sold again by the day
 * of the sale are no replacement.
 *
 * What was added to a cost lowers the gain of whoever sells those shares later: it is released to their sales. Of shares
 * bought on one day those that replace none are taken to leave first. Shares are compared after all splits.
 */
import { addDays } from './dates';
import { Decimal, roundMoney } from './decimal';
import { grouped } from './grouped';
import { type DayPurchases, purchasesByDay } from './wash-purchases';

export interface BoughtShares {
  security_id: string;
  date: string;
  quantity: Decimal;
  /** The same shares after all splits there were. */
  shares: Decimal;
}

/** Part of a sale: of shares that were bought on one day. */
export interface SoldPart {
  security_id: string;
  symbol: string;
  date: string;
  acquired_on: string;
  quantity: Decimal;
  /** The same shares after all splits there were. */
  shares: Decimal;
  /** In base, negative for a loss. */
  gain: Decimal;
}

export interface WashSale {
  security_id: string;
  symbol: string;
  sold_on: string;
  acquired_on: string;
  /** As of the sale. */
  quantity: Decimal;
  /** After what was added to the cost by earlier wash sales. */
  loss: Decimal;
  matched: Decimal;
  disallowed: Decimal;
  allowed: Decimal;
  /** `quantity` as of that purchase. */
  replacements: { bought_on: string; quantity: Decimal; added_to_cost: Decimal }[];
}

/** What earlier wash sales added to the cost of shares that were sold now: it lowers the gain of the sale. */
export interface ReleasedLoss {
  security_id: string;
  symbol: string;
  sold_on: string;
  acquired_on: string;
  quantity: Decimal;
  released: Decimal;
}

export interface WashSales {
  /** Losses with a replacement, in the order of sales. */
  washes: WashSale[];
  released: ReleasedLoss[];
  /** Losses as far as nothing was bought back: a purchase within the window still can be. */
  unmatched: { security_id: string; symbol: string; sold_on: string; shares: Decimal; loss: Decimal }[];
  /** By security, then by day: what was bought, what of it is a replacement, and what its cost still carries. */
  purchases: Map<string, Map<string, DayPurchases>>;
}

/** `parts` are all sales there were, gains too. */
export function washSales(
  parts: readonly SoldPart[],
  bought: readonly BoughtShares[],
  windowDays: number,
): WashSales {
  const boughtOf = grouped(bought, ({ security_id }) => security_id);
  const result: WashSales = { washes: [], released: [], unmatched: [], purchases: new Map() };
  for (const [id, own] of boughtOf) result.purchases.set(id, purchasesByDay(own));
  const inOrder = [...parts].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  for (const [, ofDay] of grouped(inOrder, ({ date }) => date)) {
    // What is sold on a day is no replacement on it: all sales of the day leave before any loss is matched.
    const gains = ofDay.map((part) => part.gain.minus(sellPart(part, result)));
    for (const [index, part] of ofDay.entries()) {
      const gain = gains[index] as Decimal;
      if (gain.isNegative() && !gain.isZero()) matchLoss(part, gain.negated(), result, windowDays);
    }
  }
  return result;
}

/** Takes the shares out of their purchases. @returns what their cost carried from earlier wash sales */
function sellPart(part: SoldPart, { purchases, released }: WashSales): Decimal {
  const day = purchases.get(part.security_id)?.get(part.acquired_on);
  if (!day) return new Decimal(0);
  const free = day.open.minus(day.replaced);
  const leaving = Decimal.min(Decimal.max(part.shares.minus(free), 0), day.replaced);
  const isRest = leaving.equals(day.replaced);
  const amount = isRest ? day.carried : roundMoney(day.carried.times(leaving).div(day.replaced));
  day.carried = day.carried.minus(amount);
  day.replaced = day.replaced.minus(leaving);
  day.open = Decimal.max(day.open.minus(part.shares), 0);
  if (amount.isZero()) return amount;
  const { security_id, symbol, date, acquired_on, quantity } = part;
  released.push({ security_id, symbol, sold_on: date, acquired_on, quantity, released: amount });
  return amount;
}

function matchLoss(part: SoldPart, loss: Decimal, result: WashSales, windowDays: number): void {
  const { security_id, symbol, date, acquired_on, quantity, shares } = part;
  const [first, last] = [addDays(date, -windowDays), addDays(date, windowDays)];
  let left = shares;
  let disallowed = new Decimal(0);
  const replacements: WashSale['replacements'] = [];
  for (const [bought_on, day] of result.purchases.get(security_id) ?? []) {
    if (bought_on < first || bought_on > last) continue;
    const taken = Decimal.min(left, day.open.minus(day.replaced));
    if (taken.lessThanOrEqualTo(0)) continue;
    left = left.minus(taken);
    // Of all that is matched so far, so that the parts of a loss never round to more than it.
    const soFar = left.isZero()
      ? loss
      : Decimal.min(loss, roundMoney(loss.times(shares.minus(left)).div(shares)));
    const added_to_cost = soFar.minus(disallowed);
    disallowed = soFar;
    day.replaced = day.replaced.plus(taken);
    day.carried = day.carried.plus(added_to_cost);
    replacements.push({ bought_on, quantity: taken.times(day.quantity).div(day.shares), added_to_cost });
  }
  const allowed = loss.minus(disallowed);
  if (left.greaterThan(0))
    result.unmatched.push({ security_id, symbol, sold_on: date, shares: left, loss: allowed });
  if (replacements.length === 0) return;
  const matched = quantity.times(shares.minus(left)).div(shares);
  const figures = { loss, matched, disallowed, allowed, replacements };
  result.washes.push({ security_id, symbol, sold_on: date, acquired_on, quantity, ...figures });
}
