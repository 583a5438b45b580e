/** Handler of tax.realized_gains, on the same sales that portfolio.realised_gains adds up. */
import { defaultLongTermDays, type TaxLotMethod } from '../../src/contract/tax-names';
import { decimalText } from '../../src/services/decimal';
import { type RealisedSale, totalGains } from '../../src/services/realised-totals';
import { gainsOfYear } from '../../src/services/tax-summary';
import type { Handler } from '../agent';
import { textsOf } from './activity-texts';
import { packSource } from './pack-source';
import type { AnalystServices } from './services';
import { isOfYear, lastDayOf, readTaxes, termOf } from './tax-loaded';

const methodWords: Record<TaxLotMethod, string> = {
  as_booked: 'as the ledger booked the sale',
  specific: 'as the ledger booked the sale, which names its lots',
  fifo: 'the oldest lot first',
  lifo: 'the youngest lot first',
  hifo: 'the dearest per share in base currency first',
};

export function realizedGains({ database }: AnalystServices): Handler<'tax.realized_gains'> {
  return async ({ tax_year, lot_selection_method = 'as_booked', ...args }, call) =>
    readTaxes(database, args, call, ({ onPack: { pack, base_currency }, under }) => {
      const { long_term_days = defaultLongTermDays } = args;
      const { sales, withheld } = under(lot_selection_method);
      const ofYear = sales.filter(({ sale }) => isOfYear(sale.date, tax_year));
      const sold = new Set(ofYear.map(({ sale }) => sale.security_id));
      const result = {
        ...{ tax_year, to: lastDayOf(tax_year, pack.date), base_currency, lot_selection_method },
        lots: ofYear.flatMap((sale) => lotsOf(sale, long_term_days)),
        totals: totalsOf(ofYear, long_term_days),
        withheld: withheld.filter(({ security_id }) => sold.has(security_id)),
        ...{ method: methodWords[lot_selection_method], long_term_days },
      };
      return { result, ...packSource(pack) };
    });
}

function lotsOf({ sale, realised }: RealisedSale, longTermDays: number) {
  return realised.lots.map((lot) => {
    const { proceeds_base, cost_base, gain_base } = lot;
    const amounts = textsOf({ proceeds_base, cost_base, gain_base });
    const lacking = Object.entries(amounts).filter(([, figure]) => figure === null);
    return {
      ...{ security_id: sale.security_id ?? '', symbol: sale.symbol ?? '', lot_id: lot.lot_id },
      ...{ acquired_on: lot.acquired_on, sold_on: sale.date, holding_days: lot.holding_days },
      term: termOf(lot.acquired_on, sale.date, longTermDays),
      quantity: decimalText(lot.quantity),
      ...amounts,
      reasons: Object.fromEntries(lacking.map(([field]) => [field, realised.reasons[field] ?? 'NO_QUOTE'])),
    };
  });
}

function totalsOf(sales: readonly RealisedSale[], longTermDays: number) {
  const { total } = totalGains(sales, longTermDays);
  const { proceeds_base, cost_base, fee_base } = total;
  const { reasons: ofGains, ...gains } = gainsOfYear(sales, longTermDays);
  const amounts = textsOf({ proceeds_base, cost_base, fee_base });
  const others = Object.entries(total.reasons).filter(([field]) => field in amounts);
  return { sales: total.sales, ...amounts, ...gains, reasons: { ...Object.fromEntries(others), ...ofGains } };
}
