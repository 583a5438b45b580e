/** Handler of `pricing.apply_pack`. */
import { EngineError } from '../../src/contract/errors';
import { packQuotes } from '../../src/db/pack-quotes';
import { withUser } from '../../src/db/pool';
import { packRates } from '../../src/services/fx';
import { applyPack, freshDays } from '../../src/services/valuation';
import type { Handler } from '../agent';
import { requirePack } from '../portfolio-history';
import { packSource } from './pack-source';
import type { AnalystServices } from './services';

export function applyPackHandler({ database }: AnalystServices): Handler<'pricing.apply_pack'> {
  return async (
    { positions, pack_id, stale_after_days = freshDays },
    { ctx: { user_id, base_currency } },
  ) => {
    if (base_currency === null) {
      throw new EngineError(
        'DATA_MISSING',
        'The request names no portfolio, so there is no base currency to value in.',
      );
    }
    const securityIds = positions.flatMap(({ security_id }) => security_id ?? []);
    return withUser(database, user_id, async (tx) => {
      const pack = await requirePack(tx, pack_id);
      const quotes = await packQuotes(tx, pack_id, securityIds);
      const valuation = applyPack(positions, {
        asof_date: pack.date,
        prices: quotes.prices,
        rates: packRates(quotes.rates, base_currency, pack.date),
        stale_after_days,
      });
      return {
        result: {
          pricing_pack_id: pack_id,
          asof_date: pack.date,
          base_currency,
          ...valuation,
          stale_after_days,
        },
        ...packSource(pack),
      };
    });
  };
}
