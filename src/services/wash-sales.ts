/**
 * Wash sales by the rule of the United States (26 U.S.C. § 1091): a loss is disallowed as far as the same security was
 * bought within 30 days before or after the sale, and is added to the cost of what was bought. The earliest loss and the
 * earliest purchase are matched first (26 CFR 1.1091-1), each bought share once. Shares that were sold again by the day
 * of the sale are no replacement.
 */
import { addDays } from './dates';
import { Decimal, roundMoney } from './decimal';

export interface BoughtShares {
  security_id: string;
  date: string;
  quantity: Decimal;
}

/** Part of a sale: of shares that were bought on one day. */
export interface SoldPart {
  security_id: string;
  symbol: string;
  date: string;
  acquired_on: string;
  quantity: Decimal;
  /** In base, negative for a loss. */
  gain: Decimal;
}

export interface WashSale {
  security_id: string;
  symbol: string;
  sold_on: string;
  acquired_on: string;
  quantity: Decimal;
  loss: Decimal;
  matched: Decimal;
  disallowed: Decimal;
  allowed: Decimal;
  replacements: { bought_on: string; quantity: Decimal; added_to_cost: Decimal }[];
}

/** Losses with a replacement, in the order of sales. `parts` are all sales there were, gains too. */
export function washSales(
  parts: readonly SoldPart[],
  bought: readonly BoughtShares[],
  windowDays: number,
): WashSale[] {
  const used = new Map<string, Decimal>();
  const losses = parts.filter(({ gain }) => gain.isNegative()).sort((a, b) => (a.date < b.date ? -1 : 1));
  return losses.flatMap((part) => {
    const { security_id, symbol, date, acquired_on, quantity } = part;
    const loss = part.gain.negated();
    let left = quantity;
    const replacements: WashSale['replacements'] = [];
    for (const day of daysOf(bought, part, windowDays)) {
      const key = `${security_id} ${day}`;
      const free = openOn(day, part, parts, bought).minus(used.get(key) ?? 0);
      const taken = Decimal.min(left, free);
      if (taken.lte(0)) continue;
      used.set(key, (used.get(key) ?? new Decimal(0)).plus(taken));
      left = left.minus(taken);
      replacements.push({
        bought_on: day,
        quantity: taken,
        added_to_cost: roundMoney(loss.times(taken).div(quantity)),
      });
    }
    if (replacements.length === 0) return [];
    const disallowed = replacements.reduce((sum, row) => sum.plus(row.added_to_cost), new Decimal(0));
    const matched = quantity.minus(left);
    const figures = { loss, matched, disallowed, allowed: loss.minus(disallowed) };
    return [{ security_id, symbol, sold_on: date, acquired_on, quantity, ...figures, replacements }];
  });
}

function daysOf(bought: readonly BoughtShares[], { security_id, date }: SoldPart, days: number): string[] {
  const [first, last] = [addDays(date, -days), addDays(date, days)];
  const found = bought.filter(
    (row) => row.security_id === security_id && row.date >= first && row.date <= last,
  );
  return [...new Set(found.map((row) => row.date))].sort();
}

/** Of what was bought on a day, what is left on the evening of the sale. */
function openOn(
  day: string,
  { security_id, date }: SoldPart,
  parts: readonly SoldPart[],
  bought: readonly BoughtShares[],
): Decimal {
  const came = bought.filter((row) => row.security_id === security_id && row.date === day);
  const went = parts.filter(
    (row) => row.security_id === security_id && row.acquired_on === day && row.date <= date,
  );
  const total = (rows: readonly { quantity: Decimal }[]): Decimal =>
    rows.reduce((sum, { quantity }) => sum.plus(quantity), new Decimal(0));
  return total(came).minus(total(went));
}
