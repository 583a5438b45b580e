/** The rows of a lot: what it cost, at which exchange rate, and how it was closed. */
import { majorUnit } from '../services/fx';
import { Exact } from './decimal';
import type { Posting, Transaction } from './entries';
import type { ImportOptions, LedgerClosure, LedgerLot } from './import-model';

/** @param lots those before it, which a split replaces */
export function lotOf(
  transaction: Transaction,
  posting: Posting,
  lots: ReadonlyMap<string, LedgerLot>,
  options: ImportOptions,
): LedgerLot {
  const { units, cost, replaces } = posting;
  if (cost === null || posting.lot_id === null) throw new TypeError('a lot has a cost');
  const rate = replaces
    ? replacedRate(replaces, lots)
    : (recordedRate(transaction, cost.currency, options.base_currency) ??
      rateOn(cost.currency, cost.date, options));
  return {
    lot_id: posting.lot_id,
    symbol: units.currency,
    // A cost may carry an earlier date: shares transferred in, or split, were bought before.
    acquired_on: cost.date,
    opened_on: transaction.date,
    quantity: units.number.toString(),
    unit_cost_local: cost.number.toString(),
    currency: cost.currency,
    fx_base_per_local: rate?.toString() ?? null,
    cost_base: rate === null ? null : units.number.times(cost.number).times(rate).toString(),
  };
}

/** A split changes no cost, in no currency: the rate of the lots it replaces, of several their average by cost. */
function replacedRate(
  replaces: NonNullable<Posting['replaces']>,
  lots: ReadonlyMap<string, LedgerLot>,
): Exact | null {
  let [local, base] = [new Exact(0), new Exact(0)];
  const rates = new Set<string>();
  for (const { lot_id, quantity } of replaces) {
    const lot = lots.get(lot_id);
    if (!lot || lot.fx_base_per_local === null) return null;
    rates.add(lot.fx_base_per_local);
    const cost = quantity.times(lot.unit_cost_local);
    local = local.plus(cost);
    base = base.plus(cost.times(lot.fx_base_per_local));
  }
  const [first] = rates;
  if (rates.size === 1 && first !== undefined) return new Exact(first);
  return local.isZero() ? null : base.div(local);
}

/** Pence have the rate of pounds. */
function rateOn(currency: string, date: string, { base_currency, rateAt }: ImportOptions): Exact | null {
  const { major, perMajor } = majorUnit(currency);
  const rate = major === base_currency ? new Exact(1) : rateAt(major, date);
  // A quote of six figures deserves no sixty; twenty are far more than any amount shows.
  return rate === null ? null : new Exact(rate).div(perMajor).toSignificantDigits(20);
}

/** A purchase paid in the base currency states its own rate: `-983 CAD @@ 838 USD`. */
function recordedRate({ postings }: Transaction, local: string, base: string): Exact | null {
  if (local === base) return null;
  const paid = postings.find(
    ({ units, cost, price }) => units.currency === base && cost === null && price?.currency === local,
  );
  if (!paid?.price) return null;
  const { price, units } = paid;
  const perBase = price.total ? price.number.div(units.number.abs()) : price.number;
  return perBase.isZero() ? null : new Exact(1).div(perBase).toSignificantDigits(20);
}

export function closureOf(
  { date }: Transaction,
  { units, lot_id, price }: Posting,
  transactionId: string,
): LedgerClosure {
  const quantity = units.number.abs();
  const proceeds = price === null ? null : price.total ? price.number : price.number.times(quantity);
  return {
    lot_id: lot_id ?? '',
    transaction_id: transactionId,
    date,
    quantity: quantity.toString(),
    proceeds_local: proceeds?.toString() ?? null,
    currency: price?.currency ?? null,
  };
}
