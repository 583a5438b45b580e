/** Handler of `portfolio.get_valued_positions`: the holdings that `ledger.positions` lists, valued as `pricing.apply_pack` does. */
import { withUser } from '../../src/db/pool';
import { freshDays } from '../../src/services/valuation';
import type { Handler } from '../agent';
import { ledgerCommitOf, requirePack, requirePortfolio } from '../portfolio-history';
import { packSource } from './pack-source';
import { holdingsAtPack } from './positions-held';
import type { AnalystServices } from './services';

export function valuedPositions({ database }: AnalystServices): Handler<'portfolio.get_valued_positions'> {
  return async ({ portfolio_id, pack_id, stale_after_days = freshDays }, call) => {
    const ledger_commit_hash = ledgerCommitOf(call, portfolio_id);
    return withUser(database, call.ctx.user_id, async (tx) => {
      const { base_currency } = await requirePortfolio(tx, portfolio_id);
      const pack = await requirePack(tx, pack_id);
      const day = { portfolio_id, ledger_commit_hash, asof_date: pack.date };
      const { valuation } = await holdingsAtPack(tx, day, pack, base_currency, { stale_after_days });
      return {
        result: {
          ...day,
          ...{ pricing_pack_id: pack_id, base_currency, ...valuation, stale_after_days },
          total_positions: valuation.positions.length,
        },
        ...packSource(pack),
      };
    });
  };
}
