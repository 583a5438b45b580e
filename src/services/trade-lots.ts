/** Which lots a sale would use up, and what it would gain on each. */
import type { PositionLot } from '../contract/ledger-rows';
import { Decimal, decimalText, roundMoney, sum } from './decimal';
import type { ReasonCodes } from './holdings';
import { shareOut } from './share-out';

export type SaleMethod = 'fifo' | 'lifo' | 'hifo' | 'average';

export interface LotToSell {
  lot_id: string;
  acquired_on: string;
  quantity: string;
  cost_base: string | null;
  gain_base: string | null;
  reasons: ReasonCodes;
}

export interface LotSale {
  lots: LotToSell[];
  gain_base: string | null;
  /** Why there is no gain. */
  reason: string | null;
}

/**
 * `average`: every lot pro rata. A lot bought without an exchange rate has no gain (`NO_QUOTE`), nor has a sale of more
 * than the lots hold (`NOT_ENOUGH_LOTS`).
 */
export function lotsToSell(
  lots: readonly PositionLot[],
  quantity: Decimal,
  unitValue: Decimal,
  method: SaleMethod,
): LotSale {
  const ordered = inOrder(lots, method);
  const open = ordered.map(({ quantity_open }) => new Decimal(quantity_open));
  const held = sum(open);
  const sold = Decimal.min(quantity, held);
  const taken = method === 'average' ? shareOut(sold, open) : oneAfterAnother(sold, open);
  const parts = ordered.flatMap((lot, i) => {
    const part = taken[i] as Decimal;
    return part.lte(0) ? [] : [partOf(lot, part, unitValue)];
  });
  const gains = parts.map(({ gain }) => gain);
  const unknown = gains.some((gain) => gain === null) ? 'NO_QUOTE' : null;
  const reason = sold.lt(quantity) ? 'NOT_ENOUGH_LOTS' : unknown;
  return {
    lots: parts.map(({ text }) => text),
    gain_base: reason === null ? decimalText(sum(gains as Decimal[])) : null,
    reason,
  };
}

function oneAfterAnother(quantity: Decimal, open: readonly Decimal[]): Decimal[] {
  let left = quantity;
  return open.map((size) => {
    const part = Decimal.min(size, left);
    left = left.minus(part);
    return part;
  });
}

function partOf(lot: PositionLot, taken: Decimal, unitValue: Decimal) {
  const { lot_id, acquired_on, unit_cost_local, fx_base_per_local } = lot;
  const cost =
    fx_base_per_local === null ? null : roundMoney(taken.times(unit_cost_local).times(fx_base_per_local));
  const gain = cost && roundMoney(taken.times(unitValue)).minus(cost);
  const reasons: ReasonCodes = cost === null ? { cost_base: 'NO_QUOTE', gain_base: 'NO_QUOTE' } : {};
  const text: LotToSell = {
    ...{ lot_id, acquired_on, quantity: decimalText(roundMoney(taken)) },
    cost_base: cost && decimalText(cost),
    gain_base: gain && decimalText(gain),
    reasons,
  };
  return { gain, text };
}

/** Lots come the oldest first. */
function inOrder(lots: readonly PositionLot[], method: SaleMethod): PositionLot[] {
  if (method === 'lifo') return [...lots].reverse();
  if (method !== 'hifo') return [...lots];
  const cost = ({ unit_cost_local, fx_base_per_local }: PositionLot): number =>
    Number(unit_cost_local) * Number(fx_base_per_local ?? 1);
  return [...lots].sort((a, b) => cost(b) - cost(a));
}
