/** A sale in words: what each lot brought, had cost and gained, and how the figures follow from that. */
import type { LotClosure } from '../../../contract/ledger-rows';
import type { LotEvidence } from '../../../contract/explanation';
import { Decimal, decimalText, roundMoney } from '../../../services/decimal';
import type { LedgerTransaction } from '../../../services/ledger-transactions';
import type { Realised, RealisedLot } from '../../../services/realised-gains';
import { amountText, countText, exactText, priceText, rateText } from '../words';

export function rateSource({
  source,
  quote_date,
}: {
  source: 'recorded' | 'quoted';
  quote_date: string;
}): string {
  return source === 'recorded' ? 'recorded in the entry itself' : `quoted on ${quote_date}`;
}

/** What one lot brought, had cost and gained. */
export function lotWords(
  lot: RealisedLot,
  closure: LotClosure | undefined,
  sale: LedgerTransaction,
  rate: { rate: Decimal; source: 'recorded' | 'quoted'; quote_date: string } | null,
  base: string,
): string[] {
  const { proceeds_local, proceeds_base, cost_base, gain_base, quantity, unit_cost_local, cost_currency } =
    lot;
  const brought =
    proceeds_local && proceeds_base && rate
      ? [
          `${exactText(quantity)} of the lot of ${lot.acquired_on} brought ${amountText(proceeds_local)} ${sale.currency} × ${rateText(rate.rate)} (${rateSource(rate)}) = ${amountText(proceeds_base)} ${base}`,
        ]
      : [];
  const paid =
    cost_base && closure?.fx_base_per_local
      ? [
          `they had cost ${exactText(quantity)} × ${priceText(unit_cost_local)} ${cost_currency} × ${rateText(closure.fx_base_per_local)} (${base} per ${cost_currency} of the purchase) = ${amountText(cost_base)} ${base}`,
        ]
      : [];
  const gained =
    gain_base && proceeds_base && cost_base
      ? [
          `${amountText(proceeds_base)} − ${amountText(cost_base)} = ${amountText(gain_base)} ${base} ${gain_base.isNegative() ? 'lost' : 'gained'} in ${countText(lot.holding_days, 'day')}`,
        ]
      : [];
  return [...brought, ...paid, ...gained];
}

/** The last step, from the lots to the figure. */
export function sumWords(member: string, realised: Realised, currency: string, base: string): string[] {
  const text = (value: Decimal | null): string => (value ? amountText(value) : 'not available');
  const minus = (a: Decimal | null, b: Decimal | null, result: Decimal | null, unit: string): string =>
    `${text(a)} − ${text(b)} = ${text(result)} ${unit}`.replace('− −', '+ ');
  const {
    proceeds_base,
    cost_base,
    gain_base,
    fee_base,
    proceeds_local,
    cost_local,
    gain_local,
    fx_gain_base,
  } = realised;
  switch (member) {
    case 'gain_base':
      return [minus(proceeds_base, cost_base, gain_base, base)];
    case 'gain_after_fees_base':
      return [
        `${minus(gain_base, fee_base, realised.gain_after_fees_base, base)} after the fees of the sale`,
      ];
    case 'gain_local':
      return [minus(proceeds_local, cost_local, gain_local, currency)];
    case 'fx_gain_base':
      return [
        `of the gain ${text(fx_gain_base)} ${base} is the exchange rate’s part: the cost of ${text(cost_local)} ${currency} at the rate of the sale, less ${text(cost_base)} ${base}`,
      ];
    default:
      return [];
  }
}

export function soldLot(closure: LotClosure, symbol: string): LotEvidence {
  const { lot_id, acquired_on, quantity, unit_cost_local, currency, fx_base_per_local } = closure;
  const cost =
    fx_base_per_local === null ? null : new Decimal(quantity).times(unit_cost_local).times(fx_base_per_local);
  return {
    lot_id,
    symbol,
    acquired_on,
    quantity_open: quantity,
    unit_cost_local,
    currency,
    fx_base_per_local,
    cost_base: cost && decimalText(roundMoney(cost)),
  };
}
