/** Handler of tax.wash_sales. */
import { defaultLongTermDays, defaultWashWindowDays } from '../../src/contract/tax-names';
import { addDays } from '../../src/services/dates';
import { type Decimal, decimalText, sum } from '../../src/services/decimal';
import { amountPlaces } from '../../src/services/fixed';
import type { WashSale } from '../../src/services/wash-sales';
import type { Handler } from '../agent';
import { packSource } from './pack-source';
import type { AnalystServices } from './services';
import { isOfYear, lastDayOf, notComparable, readTaxes, termOf, washesOf, washRule } from './tax-loaded';

export function findWashSales({ database }: AnalystServices): Handler<'tax.wash_sales'> {
  return async ({ tax_year, lot_selection_method = 'as_booked', ...args }, call) =>
    readTaxes(database, args, call, ({ onPack: { pack, base_currency }, under }) => {
      const { long_term_days = defaultLongTermDays, window_days = defaultWashWindowDays } = args;
      const sales = under(lot_selection_method);
      const found = washesOf(sales, window_days);
      const ofYear = ({ sold_on }: { sold_on: string }): boolean => isOfYear(sold_on, tax_year);
      const washes = found.washes.filter(ofYear);
      const released = found.released.filter(ofYear);
      const result = {
        ...{ tax_year, to: lastDayOf(tax_year, pack.date), base_currency, lot_selection_method },
        ...{ jurisdiction: 'US' as const, rule: washRule, window_days, long_term_days },
        wash_sales: washes.map((wash) => washText(wash, long_term_days)),
        total_disallowed_base: decimalText(sum(washes.map(({ disallowed }) => disallowed))),
        released: released.map(({ quantity, released: amount, ...row }) => ({
          ...row,
          term: termOf(row.acquired_on, row.sold_on, long_term_days),
          quantity: sharesText(quantity),
          released_base: decimalText(amount),
        })),
        total_released_base: decimalText(sum(released.map((row) => row.released))),
        window_open: found.unmatched.some(
          (sale) => ofYear(sale) && addDays(sale.sold_on, window_days) > pack.date,
        ),
        not_known: notComparable(sales, (date) => isOfYear(date, tax_year)),
      };
      return { result, ...packSource(pack) };
    });
}

function washText({ replacements, quantity, loss, matched, ...row }: WashSale, longTermDays: number) {
  const { security_id, symbol, sold_on, acquired_on, disallowed, allowed } = row;
  return {
    ...{ security_id, symbol, sold_on, acquired_on },
    term: termOf(acquired_on, sold_on, longTermDays),
    quantity: sharesText(quantity),
    loss_base: decimalText(loss),
    matched_quantity: sharesText(matched),
    disallowed_base: decimalText(disallowed),
    allowed_base: decimalText(allowed),
    replacements: replacements.map((one) => ({
      bought_on: one.bought_on,
      quantity: sharesText(one.quantity),
      added_to_cost_base: decimalText(one.added_to_cost),
    })),
  };
}

function sharesText(shares: Decimal): string {
  return decimalText(shares.toDecimalPlaces(amountPlaces));
}
