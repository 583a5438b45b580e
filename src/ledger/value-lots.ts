/** Open lots and cash, valued as the engine's capabilities value them. */
import { packRates, type Quote } from '../services/fx';
import { aggregateHoldings, type CashBalance, type OpenLot } from '../services/holdings';
import { applyPack, type Price, type Valuation } from '../services/valuation';

export function valueLots(inputs: {
  lots: readonly OpenLot[];
  cash: readonly CashBalance[];
  prices: readonly Price[];
  fx: readonly Quote[];
  base_currency: string;
  asof_date: string;
}): Pick<Valuation, 'positions' | 'total_value'> {
  const { lots, cash, prices, fx, base_currency, asof_date } = inputs;
  const rates = packRates(fx, base_currency, asof_date);
  return applyPack(aggregateHoldings(lots, cash), { asof_date, prices, rates });
}
