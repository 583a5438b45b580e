/** Which lots a sale would use up, and what it would gain on each. */
import type { PositionLot } from '../contract/ledger-rows';
import { Decimal, decimalText, roundMoney, sum } from './decimal';
import type { ReasonCodes } from './holdings';

export type SaleMethod = 'fifo' | 'lifo' | 'hifo' | 'average';

export interface LotToSell {
  lot_id: string;
  acquired_on: string;
  quantity: string;
  cost_base: string | null;
  gain_base: string | null;
  reasons: ReasonCodes;
}

/** `average`: every lot pro rata. A lot bought without an exchange rate has no gain (`NO_QUOTE`). */
export function lotsToSell(
  lots: readonly PositionLot[],
  quantity: Decimal,
  unitValue: Decimal,
  method: SaleMethod,
): { lots: LotToSell[]; gain_base: string | null } {
  const held = sum(lots.map(({ quantity_open }) => new Decimal(quantity_open)));
  let left = quantity;
  const parts = inOrder(lots, method).flatMap((lot) => {
    const open = new Decimal(lot.quantity_open);
    const taken = method === 'average' ? quantity.times(open).div(held) : Decimal.min(open, left);
    left = left.minus(taken);
    return taken.lte(0) ? [] : [partOf(lot, taken, unitValue)];
  });
  const gains = parts.map(({ gain }) => gain);
  return {
    lots: parts.map(({ text }) => text),
    gain_base: gains.some((gain) => gain === null) ? null : decimalText(sum(gains as Decimal[])),
  };
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
