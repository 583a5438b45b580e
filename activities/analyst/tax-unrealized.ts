/** Handlers of metrics.unrealized_pl and tax.wash_sale_check: how things stand on the pack's day, as the ledger booked them. */
import { defaultLongTermDays, defaultWashWindowDays } from '../../src/contract/tax-names';
import { packQuotes } from '../../src/db/pack-quotes';
import { packRates } from '../../src/services/fx';
import { unrealisedGains } from '../../src/services/tax-unrealised';
import { checkWashSales } from '../../src/services/tax-wash-check';
import type { Handler } from '../agent';
import { packSource } from './pack-source';
import type { AnalystServices } from './services';
import { notComparable, readTaxes, washesOf, washRule } from './tax-loaded';

export function unrealizedPl({ database }: AnalystServices): Handler<'metrics.unrealized_pl'> {
  return async ({ long_term_days = defaultLongTermDays, ...args }, call) =>
    readTaxes(database, args, call, async ({ tx, onPack: { pack, base_currency }, under }) => {
      const { open } = under('as_booked');
      const ids = [...new Set(open.map(({ security_id }) => security_id))];
      const { prices, rates } = await packQuotes(tx, pack.id, ids);
      const day = { asof_date: pack.date, prices, rates: packRates(rates, base_currency, pack.date) };
      const gains = unrealisedGains(open, day, long_term_days);
      return {
        result: { asof_date: pack.date, base_currency, ...gains, long_term_days },
        ...packSource(pack),
      };
    });
}

export function washSaleCheck({ database }: AnalystServices): Handler<'tax.wash_sale_check'> {
  return async ({ window_days = defaultWashWindowDays, ...args }, call) =>
    readTaxes(database, args, call, ({ onPack: { pack }, under }) => {
      const sales = under('as_booked');
      const day = { asof: pack.date, windowDays: window_days };
      const securities = checkWashSales([...sales.timelines.values()], washesOf(sales, window_days), day);
      const waits = securities.filter(({ recent_purchases }) => recent_purchases.length > 0);
      const result = {
        ...{ asof_date: pack.date, jurisdiction: 'US' as const, rule: washRule, window_days, securities },
        not_known: notComparable(sales),
        next_clean_sale_on:
          waits
            .map(({ clean_sale_on }) => clean_sale_on)
            .sort()
            .at(-1) ?? null,
      };
      return { result, ...packSource(pack) };
    });
}
