/** The holdings of a portfolio on the day of a pack, at its prices, with their sectors. */
import type { Pool } from 'pg';
import { packQuotes } from '../../src/db/pack-quotes';
import { withUser } from '../../src/db/pool';
import { cashBalancesAt, openLotsAt } from '../../src/db/positions';
import type { PackRow } from '../../src/db/pricing-packs';
import { findSecurities } from '../../src/db/securities';
import { packRates } from '../../src/services/fx';
import { aggregateHoldings } from '../../src/services/holdings';
import type { ScenarioHolding } from '../../src/services/scenario-outcome';
import { applyPack } from '../../src/services/valuation';
import type { Call } from '../agent';
import { ledgerCommitOf, requirePack, requirePortfolio } from '../portfolio-history';

export interface HeldAtPack {
  pack: PackRow;
  base_currency: string;
  holdings: ScenarioHolding[];
}

/** @throws EngineError PORTFOLIO_NOT_FOUND, PACK_NOT_FOUND, DATA_MISSING */
export async function heldAtPack(
  database: Pool,
  { portfolio_id, pack_id }: { portfolio_id: string; pack_id: string },
  call: Pick<Call<'user_id' | 'portfolio_id'>, 'ctx'>,
): Promise<HeldAtPack> {
  const ledger_commit_hash = ledgerCommitOf(call, portfolio_id);
  return withUser(database, call.ctx.user_id, async (tx) => {
    const { base_currency } = await requirePortfolio(tx, portfolio_id);
    const pack = await requirePack(tx, pack_id);
    const day = { portfolio_id, ledger_commit_hash, asof_date: pack.date };
    const held = aggregateHoldings(await openLotsAt(tx, day), await cashBalancesAt(tx, day));
    const ids = held.flatMap(({ security_id }) => security_id ?? []);
    const quotes = await packQuotes(tx, pack_id, ids);
    const sectors = new Map((await findSecurities(tx, ids)).map(({ id, sector }) => [id, sector]));
    const { positions } = applyPack(held, {
      asof_date: pack.date,
      prices: quotes.prices,
      rates: packRates(quotes.rates, base_currency, pack.date),
    });
    const holdings = positions.map(
      ({ security_id, symbol, asset_class, currency, value, reasons }): ScenarioHolding => ({
        ...{ security_id, symbol, asset_class, currency, value, value_reason: reasons['value'] },
        sector: sectors.get(security_id ?? '') ?? null,
      }),
    );
    return { pack, base_currency, holdings };
  });
}
