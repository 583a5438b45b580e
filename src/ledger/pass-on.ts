/**
 * Which lots a leg takes over from the reductions of the same transaction, instead of buying new ones: shares that move
 * between own accounts keep their lots, and a split replaces lots by others of the same total cost.
 */
import { Exact } from './decimal';
import type { Cost, RawPosting } from './entries';
import type { Lot } from './inventory';

/** Shares that a leg of the transaction took from one lot. */
export interface TakenPart {
  leg: RawPosting;
  lot: Lot;
  /** Positive. */
  quantity: Exact;
  /** What no other leg has taken over yet. */
  left: Exact;
  moved: Exact;
  split: boolean;
}

/** @returns shares by lot, all of the leg's; `null`: the reductions have no such lots. What it returns is taken over. */
export function takeMoved(leg: RawPosting, cost: Cost, parts: readonly TakenPart[]): TakenPart[] | null {
  if (leg.units === null) return null;
  const wanted = leg.units.number;
  const matching = parts.filter(
    (part) => isUnsold(part, leg) && !part.left.isZero() && isOf(part.lot.cost, leg, cost),
  );
  const held = matching.reduce((sum, { left }) => sum.plus(left), new Exact(0));
  if (held.lessThan(wanted)) return null;
  let missing = wanted;
  return matching.flatMap((part) => {
    const quantity = Exact.min(part.left, missing);
    if (quantity.isZero()) return [];
    missing = missing.minus(quantity);
    part.left = part.left.minus(quantity);
    part.moved = part.moved.plus(quantity);
    return [{ ...part, quantity }];
  });
}

/**
 * The lots that a leg of a split replaces: of its account, its date where it names one, and its total cost; one lot
 * before several together. What it returns is taken over.
 */
export function takeSplit(
  leg: RawPosting,
  cost: Cost,
  parts: readonly TakenPart[],
  tolerance: Exact,
): TakenPart[] | null {
  if (leg.units === null) return null;
  const total = leg.units.number.times(cost.number);
  const candidates = parts.filter(
    (part) =>
      isUnsold(part, leg) &&
      part.leg.account === leg.account &&
      part.left.equals(part.quantity) &&
      part.lot.cost.currency === cost.currency &&
      (leg.cost?.date == null || leg.cost.date === part.lot.cost.date),
  );
  const fits = (some: readonly TakenPart[]): boolean =>
    some.length > 0 &&
    some
      .reduce((sum, { lot, quantity }) => sum.plus(quantity.times(lot.cost.number)), new Exact(0))
      .minus(total)
      .abs()
      .lessThanOrEqualTo(tolerance);
  const found = candidates.find((part) => fits([part]));
  const taken = found ? [found] : fits(candidates) ? candidates : null;
  taken?.forEach((part) => {
    part.left = new Exact(0);
    part.split = true;
  });
  return taken;
}

/** A leg with a price is a sale, whatever else the transaction does. */
function isUnsold({ leg }: TakenPart, { units }: RawPosting): boolean {
  return leg.price === null && leg.units?.currency === units?.currency;
}

/** The same cost of one unit; a date or a label only where the leg writes one. */
function isOf(lot: Cost, { cost: written }: RawPosting, { number, currency }: Cost): boolean {
  return (
    lot.number.equals(number) &&
    lot.currency === currency &&
    (written?.date == null || written.date === lot.date) &&
    (written?.label == null || written.label === lot.label)
  );
}
