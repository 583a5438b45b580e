/**
 * What a sale gained: proceeds × fx(sale) − cost × fx(purchase), lot by lot as the ledger booked it. The exchange rate's
 * part is cost_local × (fx(sale) − fx(purchase)). Fees stand apart.
 *
 * What a part of a lot cost is what of its cost was used up so far, rounded to 10 places, less the same before: so all
 * parts together cost what the lot did, and closing the last share leaves exactly 0.
 */
import type { LotClosure } from '../contract/ledger-rows';
import { daysBetween } from './dates';
import { Decimal, roundMoney, sum } from './decimal';
import type { ReasonCodes } from './holdings';
import type { LedgerRate } from './ledger-rates';
import type { LedgerTransaction } from './ledger-transactions';
import { shareOut } from './share-out';

export interface RealisedLot {
  lot_id: string;
  acquired_on: string;
  /** Calendar days from the purchase to the sale. */
  holding_days: number;
  quantity: Decimal;
  unit_cost_local: Decimal;
  cost_currency: string;
  cost_local: Decimal;
  cost_base: Decimal | null;
  proceeds_local: Decimal | null;
  proceeds_base: Decimal | null;
  gain_base: Decimal | null;
}

export interface Realised {
  proceeds_local: Decimal | null;
  cost_local: Decimal | null;
  gain_local: Decimal | null;
  gain_after_fees_local: Decimal | null;
  proceeds_base: Decimal | null;
  cost_base: Decimal | null;
  gain_base: Decimal | null;
  fx_gain_base: Decimal | null;
  fee_base: Decimal | null;
  gain_after_fees_base: Decimal | null;
  lots: RealisedLot[];
  reasons: ReasonCodes;
}

/** `rate`: of the sale's currency on its day. Fees after which a gain is told are those of the sale, not of the purchase. */
export function realiseSale(
  sale: LedgerTransaction,
  closures: readonly LotClosure[],
  rate: LedgerRate | { reason: string },
): Realised {
  const told = sale.reasons['amount'] === undefined;
  const saleRate = 'rate' in rate ? rate.rate : null;
  const proceeds = told ? proceedsOf(sale, closures) : null;
  const lots = closures.map((closure, index) =>
    realiseLot(sale, closure, proceeds?.[index] ?? null, saleRate),
  );
  const total = (amounts: (Decimal | null)[]): Decimal | null =>
    amounts.some((amount) => amount === null) ? null : sum(amounts as Decimal[]);
  const sameCurrency = closures.every(({ currency }) => currency === sale.currency);
  const proceeds_local = told ? sale.amount : null;
  const cost_local = sameCurrency ? total(lots.map((lot) => lot.cost_local)) : null;
  const proceeds_base = total(lots.map((lot) => lot.proceeds_base));
  const cost_base = total(lots.map((lot) => lot.cost_base));
  const fee_base = sale.fee && saleRate && roundMoney(sale.fee.times(saleRate));
  const gain_local = proceeds_local && cost_local && proceeds_local.minus(cost_local);
  const gain_base = proceeds_base && cost_base && proceeds_base.minus(cost_base);
  const amounts = {
    proceeds_local,
    cost_local,
    gain_local,
    gain_after_fees_local: gain_local && sale.fee && gain_local.minus(sale.fee),
    proceeds_base,
    cost_base,
    gain_base,
    fx_gain_base:
      cost_local && cost_base && saleRate && roundMoney(cost_local.times(saleRate)).minus(cost_base),
    fee_base,
    gain_after_fees_base: gain_base && fee_base && gain_base.minus(fee_base),
  };
  const why = {
    proceeds: sale.reasons['amount'],
    cost: sameCurrency ? undefined : 'MIXED_CURRENCIES',
    rate: 'reason' in rate ? rate.reason : undefined,
    lot: cost_base === null ? 'NO_QUOTE' : undefined,
    fee: sale.reasons['fee'],
  };
  return { ...amounts, lots, reasons: reasonsOf(amounts, why) };
}

/** In the currency of the sale; where rows have no price, the sale's amount by shares. */
function proceedsOf(sale: LedgerTransaction, closures: readonly LotClosure[]): Decimal[] {
  const own = closures.map(({ proceeds_local, proceeds_currency }) =>
    proceeds_local !== null && proceeds_currency === sale.currency ? new Decimal(proceeds_local) : null,
  );
  if (own.every((amount) => amount !== null) && sum(own).equals(sale.amount)) return own;
  return shareOut(
    sale.amount,
    closures.map(({ quantity }) => new Decimal(quantity)),
  );
}

function realiseLot(
  { date }: LedgerTransaction,
  closure: LotClosure,
  proceeds_local: Decimal | null,
  saleRate: Decimal | null,
): RealisedLot {
  const { lot_id, acquired_on, currency, fx_base_per_local } = closure;
  const unit_cost_local = new Decimal(closure.unit_cost_local);
  const cost_base =
    fx_base_per_local === null ? null : usedCost(closure, unit_cost_local.times(fx_base_per_local));
  const proceeds_base = proceeds_local && saleRate && roundMoney(proceeds_local.times(saleRate));
  return {
    lot_id,
    acquired_on,
    holding_days: daysBetween(acquired_on, date),
    quantity: new Decimal(closure.quantity),
    unit_cost_local,
    cost_currency: currency,
    cost_local: usedCost(closure, unit_cost_local),
    cost_base,
    proceeds_local,
    proceeds_base,
    gain_base: proceeds_base && cost_base && proceeds_base.minus(cost_base),
  };
}

function usedCost({ quantity, closed_before }: LotClosure, unitCost: Decimal): Decimal {
  const before = new Decimal(closed_before);
  return roundMoney(unitCost.times(before.plus(quantity))).minus(roundMoney(unitCost.times(before)));
}

type Why = Record<'proceeds' | 'cost' | 'rate' | 'lot' | 'fee', string | undefined>;

/** The first thing that is missing for each figure. */
function reasonsOf(amounts: Readonly<Record<string, Decimal | null>>, why: Why): ReasonCodes {
  const { proceeds, cost, rate, lot, fee } = why;
  const causes: Record<string, (string | undefined)[]> = {
    proceeds_local: [proceeds],
    cost_local: [cost],
    gain_local: [proceeds, cost],
    gain_after_fees_local: [proceeds, cost, fee],
    proceeds_base: [proceeds, rate],
    cost_base: [lot],
    gain_base: [proceeds, rate, lot],
    fx_gain_base: [cost, rate, lot],
    fee_base: [fee, rate],
    gain_after_fees_base: [proceeds, rate, lot, fee],
  };
  const missing = Object.entries(causes).filter(([field]) => amounts[field] === null);
  return Object.fromEntries(
    missing.map(([field, codes]) => [field, codes.find((code) => code) ?? 'NO_QUOTE']),
  );
}
