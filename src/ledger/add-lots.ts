/** What a leg with a cost adds: a lot bought, lots that another account gave, or what a split makes of others. */
import { divisionRest, inferTolerances } from './balance-transaction';
import { Exact } from './decimal';
import type { Cost, Posting, RawPosting, RawTransaction } from './entries';
import { addLot, type Inventory, moveLot } from './inventory';
import { type TakenPart, takeMoved, takeSplit } from './pass-on';

/**
 * @param parts what the transaction's reductions took; what the leg takes over of it is noted there
 * @returns the postings, or what is wrong
 */
export function addLots(
  leg: RawPosting,
  raw: RawTransaction,
  parts: readonly TakenPart[],
  inventory: Inventory,
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
