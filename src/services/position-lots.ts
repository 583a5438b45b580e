/** What each open lot of a position gained until now, and how much of it the exchange rate did. */
import type { PositionLot } from '../contract/ledger-rows';
import { daysBetween } from './dates';
import { Decimal, decimalText, roundMoney, sum } from './decimal';
import type { ReasonCodes } from './holdings';

/** In `currency`, which the lots should have too. */
export interface LotQuote {
  asof_date: string;
  currency: string;
  /** `null`: no price, or no rate. */
  price: string | null;
  rate_base_per_local: string | null;
  /** What one share is worth in base, where the price is in quite another currency; left out: price × rate. */
  unit_value?: Decimal | null;
  /** Why price and rate are not there. */
  reasons: ReasonCodes;
}

export interface LotGain {
  lot_id: string;
  acquired_on: string;
  age_days: number;
  quantity: string;
  unit_cost_local: string;
  currency: string;
  cost_local: string;
  cost_base: string | null;
  value_local: string | null;
  value: string | null;
  unrealised_gain: string | null;
  unrealised_local_gain: string | null;
  unrealised_fx_gain: string | null;
  reasons: ReasonCodes;
}

export interface UnrealisedGain {
  unrealised_gain: string | null;
  unrealised_local_gain: string | null;
  unrealised_fx_gain: string | null;
  reasons: ReasonCodes;
}

interface Gain {
  total: Decimal;
  fx: Decimal;
}

/**
 * In base: gain = value − cost at the purchase's own rate; its fx part = cost_local × (fx now − fx(purchase)), its local part
 * the rest: (value_local − cost_local) × fx now. Sums are rounded once, and the local part is what is left, so that both parts
 * add up to the gain. `NO_QUOTE` and the like: the pack has no price or rate, or the purchase has none; `MIXED_CURRENCIES`: a
 * lot was bought in another currency than the position is in, so its gain cannot be split.
 */
export function gainsOfLots(
  lots: readonly PositionLot[],
  quote: LotQuote,
): { lots: LotGain[]; gain: UnrealisedGain } {
  const gains = lots.map((lot) => gainOf(lot, quote));
  return {
    lots: lots.map((lot, index) => lotText(lot, gains[index] as Gain | Unknown, quote)),
    gain: gainText(sumOf(gains)),
  };
}

interface Unknown {
  total: Decimal | null;
  /** Of the total, or where that is known of its parts. */
  reason: string;
}

function gainOf(lot: PositionLot, quote: LotQuote): Gain | Unknown {
  const { currency, price, rate_base_per_local, reasons } = quote;
  const unitValue = unitValueOf(quote);
  if (unitValue === null) return { total: null, reason: whyNot(reasons) };
  if (lot.fx_base_per_local === null) return { total: null, reason: 'NO_QUOTE' };
  const quantity = new Decimal(lot.quantity_open);
  const costLocal = quantity.times(lot.unit_cost_local);
  const total = quantity.times(unitValue).minus(costLocal.times(lot.fx_base_per_local));
  if (price === null || rate_base_per_local === null) return { total, reason: whyNot(reasons) };
  if (lot.currency !== currency) return { total, reason: 'MIXED_CURRENCIES' };
  return { total, fx: costLocal.times(new Decimal(rate_base_per_local).minus(lot.fx_base_per_local)) };
}

function unitValueOf({ price, rate_base_per_local, unit_value = null }: LotQuote): Decimal | null {
  if (price === null || rate_base_per_local === null) return unit_value;
  return new Decimal(price).times(rate_base_per_local);
}

function whyNot(reasons: ReasonCodes): string {
  return reasons['price'] ?? reasons['rate_base_per_local'] ?? 'MISSING_INPUT';
}

function sumOf(gains: readonly (Gain | Unknown)[]): Gain | Unknown {
  const totals = gains.map(({ total }) => total);
  const unknown = gains.find((gain): gain is Unknown => 'reason' in gain && gain.total === null);
  if (unknown) return unknown;
  const total = sum(totals as Decimal[]);
  const unsplit = gains.find((gain): gain is Unknown => 'reason' in gain);
  return unsplit
    ? { total, reason: unsplit.reason }
    : { total, fx: sum((gains as Gain[]).map(({ fx }) => fx)) };
}

function gainText(gain: Gain | Unknown): UnrealisedGain {
  const total = gain.total && roundMoney(gain.total);
  if ('reason' in gain || !total) {
    const code = 'reason' in gain ? gain.reason : 'MISSING_INPUT';
    return {
      unrealised_gain: total && decimalText(total),
      ...{ unrealised_local_gain: null, unrealised_fx_gain: null },
      reasons: {
        ...(total === null && { unrealised_gain: code }),
        ...{ unrealised_local_gain: code, unrealised_fx_gain: code },
      },
    };
  }
  const fx = roundMoney(gain.fx);
  return {
    unrealised_gain: decimalText(total),
    unrealised_local_gain: decimalText(total.minus(fx)),
    unrealised_fx_gain: decimalText(fx),
    reasons: {},
  };
}

function lotText(lot: PositionLot, gain: Gain | Unknown, quote: LotQuote): LotGain {
  const { lot_id, acquired_on, currency, quantity_open, unit_cost_local, fx_base_per_local } = lot;
  const quantity = new Decimal(quantity_open);
  const costLocal = quantity.times(unit_cost_local);
  const local = quote.price === null ? null : quantity.times(quote.price);
  const unitValue = unitValueOf(quote);
  const value = unitValue && quantity.times(unitValue);
  const { reasons, ...gains } = gainText(gain);
  return {
    ...{ lot_id, acquired_on, age_days: daysBetween(acquired_on, quote.asof_date) },
    ...{
      quantity: decimalText(quantity),
      unit_cost_local: decimalText(new Decimal(unit_cost_local)),
      currency,
    },
    cost_local: decimalText(roundMoney(costLocal)),
    cost_base:
      fx_base_per_local === null ? null : decimalText(roundMoney(costLocal.times(fx_base_per_local))),
    value_local: local && decimalText(roundMoney(local)),
    value: value && decimalText(roundMoney(value)),
    ...gains,
    reasons: {
      ...(fx_base_per_local === null && { cost_base: 'NO_QUOTE' }),
      ...(local === null && { value_local: whyNot(quote.reasons) }),
      ...(value === null && { value: whyNot(quote.reasons) }),
      ...reasons,
    },
  };
}
