/** Handlers of src/capabilities/analyst/tax.ts, on the same sales that portfolio.realised_gains adds up. */
import type { taxCatalogue } from '../../src/capabilities/analyst/tax';
import { addDays } from '../../src/services/dates';
import { Decimal, decimalText } from '../../src/services/decimal';
import { totalGains } from '../../src/services/realised-totals';
import { type SoldPart, washSales } from '../../src/services/wash-sales';
import type { Handler, HandlersOf } from '../agent';
import { type ActivityOnPack, readOnPack } from './activity-ledger';
import { textsOf } from './activity-texts';
import { packSource } from './pack-source';
import type { AnalystServices } from './services';

export function taxHandlers(services: AnalystServices): HandlersOf<keyof typeof taxCatalogue> {
  return {
    'tax.realized_gains': realizedGains(services),
    'tax.wash_sales': findWashSales(services),
  };
}

function realizedGains({ database }: AnalystServices): Handler<'tax.realized_gains'> {
  return async ({ tax_year, long_term_days = 365, ...args }, call) =>
    readOnPack(database, args, call, (_tx, onPack) => {
      const sales = salesOf(onPack).filter(({ sale }) => isOfYear(sale.date, tax_year));
      const { sales: count, reasons, ...totals } = totalGains(sales, long_term_days).total;
      const { proceeds_base, cost_base, gain_base, fee_base } = totals;
      const { short_term_gain_base, long_term_gain_base } = totals;
      const money = { proceeds_base, cost_base, gain_base, short_term_gain_base, long_term_gain_base };
      const lots = sales.flatMap(({ sale, realised }) =>
        realised.lots.map((lot) => {
          const amounts = textsOf({
            proceeds_base: lot.proceeds_base,
            cost_base: lot.cost_base,
            gain_base: lot.gain_base,
          });
          const lacking = Object.entries(amounts).filter(([, figure]) => figure === null);
          return {
            ...{ security_id: sale.security_id ?? '', symbol: sale.symbol ?? '', lot_id: lot.lot_id },
            ...{ acquired_on: lot.acquired_on, sold_on: sale.date, holding_days: lot.holding_days },
            term: lot.holding_days > long_term_days ? ('long' as const) : ('short' as const),
            quantity: decimalText(lot.quantity),
            ...amounts,
            reasons: Object.fromEntries(
              lacking.map(([field]) => [field, realised.reasons[field] ?? 'NO_QUOTE']),
            ),
          };
        }),
      );
      const result = {
        ...headOf(onPack, tax_year),
        lots,
        totals: { sales: count, ...textsOf({ ...money, fee_base }), reasons: onlyOf(reasons, money) },
        ...{ method: 'as the ledger booked the sale', long_term_days },
      };
      return Promise.resolve({ result, ...packSource(onPack.pack) });
    });
}

function findWashSales({ database }: AnalystServices): Handler<'tax.wash_sales'> {
  return async ({ tax_year, window_days = 30, ...args }, call) =>
    readOnPack(database, args, call, (_tx, onPack) => {
      const sales = salesOf(onPack);
      const parts = sales.flatMap(({ sale, realised }) =>
        realised.lots.flatMap(({ acquired_on, quantity, gain_base }): SoldPart[] => [
          {
            ...{ security_id: sale.security_id ?? '', symbol: sale.symbol ?? '', date: sale.date },
            // A part without a known gain still uses up its shares.
            ...{ acquired_on, quantity, gain: gain_base ?? new Decimal(0) },
          },
        ]),
      );
      const bought = onPack.activity.transactions
        .filter(({ type }) => type === 'BUY')
        .map(({ security_id, date, quantity }) => ({
          ...{ security_id: security_id ?? '', date },
          quantity: quantity ?? new Decimal(0),
        }));
      const found = washSales(parts, bought, window_days).filter(({ sold_on }) =>
        isOfYear(sold_on, tax_year),
      );
      const unknown = sales.filter(
        ({ sale, realised }) => isOfYear(sale.date, tax_year) && realised.gain_base === null,
      );
      const disallowed = found.reduce((sum, row) => sum.plus(row.disallowed), new Decimal(0));
      const result = {
        ...headOf(onPack, tax_year),
        jurisdiction: 'US' as const,
        rule: '26 U.S.C. § 1091: same security, earliest loss and earliest purchase first; related accounts, options, and splits within the window are not looked at',
        window_days,
        wash_sales: found.map(({ replacements, quantity, loss, matched, allowed, ...row }) => ({
          ...{ security_id: row.security_id, symbol: row.symbol },
          ...{ sold_on: row.sold_on, acquired_on: row.acquired_on },
          quantity: decimalText(quantity),
          loss_base: decimalText(loss),
          matched_quantity: decimalText(matched),
          disallowed_base: decimalText(row.disallowed),
          allowed_base: decimalText(allowed),
          replacements: replacements.map((one) => ({
            bought_on: one.bought_on,
            quantity: decimalText(one.quantity),
            added_to_cost_base: decimalText(one.added_to_cost),
          })),
        })),
        total_disallowed_base: decimalText(disallowed),
        window_open: parts.some(
          ({ date, gain }) =>
            isOfYear(date, tax_year) && gain.isNegative() && addDays(date, window_days) > onPack.pack.date,
        ),
        not_known: [...new Set(unknown.map(({ sale }) => sale.symbol ?? ''))],
      };
      return Promise.resolve({ result, ...packSource(onPack.pack) });
    });
}

function salesOf({ activity }: ActivityOnPack) {
  return activity.transactions
    .filter(({ type }) => type === 'SELL')
    .map((sale) => ({ sale, realised: activity.realise(sale) }));
}

const isOfYear = (date: string, year: number): boolean => Number(date.slice(0, 4)) === year;

function headOf({ base_currency, pack }: ActivityOnPack, tax_year: number) {
  const last = `${String(tax_year)}-12-31`;
  return { tax_year, to: last < pack.date ? last : pack.date, base_currency };
}

function onlyOf(reasons: Readonly<Record<string, string>>, shown: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(reasons).filter(([field]) => field in shown || field === 'fee_base'),
  );
}
