/** Handler of tax.lot_details. */
import { defaultLongTermDays } from '../../src/contract/tax-names';
import { daysBetween } from '../../src/services/dates';
import { Decimal, decimalText, roundMoney, sum } from '../../src/services/decimal';
import { grouped } from '../../src/services/grouped';
import { shareOut } from '../../src/services/share-out';
import { costOfOpen, type OpenTaxLot } from '../../src/services/tax-replay';
import type { WashSales } from '../../src/services/wash-sales';
import type { Handler } from '../agent';
import { packSource } from './pack-source';
import type { AnalystServices } from './services';
import { readTaxes, termOf, washesOf } from './tax-loaded';

/** What is left on the evening of the year's last day: what came later adds nothing to a cost by then. */
export function lotDetails({ database }: AnalystServices): Handler<'tax.lot_details'> {
  return async ({ tax_year, lot_selection_method = 'as_booked', window_days, ...args }, call) =>
    readTaxes(
      database,
      { ...args, to: `${String(tax_year)}-12-31` },
      call,
      ({ onPack: { pack, span, base_currency }, under }) => {
        const { long_term_days = defaultLongTermDays } = args;
        const sales = under(lot_selection_method);
        const carried = carriedBy(sales.open, washesOf(sales, window_days));
        const costs = sales.open.map(costOfOpen);
        const hasGap = costs.includes(null);
        const lots = sales.open.map((lot, index) => {
          const cost = costs[index] ?? null;
          const { security_id, symbol, lot_id, acquired_on, currency, quantity, unit_cost_local } = lot;
          return {
            ...{ security_id, symbol, lot_id, acquired_on },
            holding_days: daysBetween(acquired_on, span.to),
            term: termOf(acquired_on, span.to, long_term_days),
            ...{ quantity: decimalText(quantity), currency },
            cost_local: decimalText(roundMoney(quantity.times(unit_cost_local))),
            cost_base: cost && decimalText(cost),
            wash_added_base: decimalText(carried.get(lot) ?? new Decimal(0)),
            reasons: cost ? {} : { cost_base: 'NO_QUOTE' },
          };
        });
        const gap = sales.withheld[0]?.reason ?? (hasGap ? 'NO_QUOTE' : null);
        const result = {
          ...{ tax_year, to: span.to, base_currency, lot_selection_method, lots },
          totals: {
            lots: lots.length,
            cost_base: gap === null ? decimalText(sum(costs as Decimal[])) : null,
            wash_added_base: decimalText(sum([...carried.values()])),
            reasons: gap === null ? {} : { cost_base: gap },
          },
          ...{ withheld: sales.withheld, long_term_days },
        };
        return { result, ...packSource(pack) };
      },
    );
}

/** What the cost of a day's purchase carries, shared among its lots by shares. */
function carriedBy(open: readonly OpenTaxLot[], { purchases }: WashSales): Map<OpenTaxLot, Decimal> {
  const shares = new Map<OpenTaxLot, Decimal>();
  const ofDay = grouped(open, ({ security_id, acquired_on }) => `${security_id} ${acquired_on}`);
  for (const lots of ofDay.values()) {
    const [{ security_id, acquired_on }] = lots as [OpenTaxLot];
    const amount = purchases.get(security_id)?.get(acquired_on)?.carried ?? new Decimal(0);
    const parts = shareOut(
      amount,
      lots.map(({ quantity }) => quantity),
    );
    for (const [index, lot] of lots.entries()) shares.set(lot, parts[index] as Decimal);
  }
  return shares;
}
