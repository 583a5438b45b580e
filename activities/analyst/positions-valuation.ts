/** Handler of `pricing.apply_pack`. */
import { EngineError } from '../../src/contract/errors';
import { withUser } from '../../src/db/pool';
import { freshDays } from '../../src/services/valuation';
import type { Handler } from '../agent';
import { requirePack } from '../portfolio-history';
import { packSource } from './pack-source';
import { valueAtPack } from './positions-held';
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
    return withUser(database, user_id, async (tx) => {
      const pack = await requirePack(tx, pack_id);
      const { valuation } = await valueAtPack(tx, positions, pack, base_currency, { stale_after_days });
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
