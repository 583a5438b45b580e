/** What a portfolio holds on a pack's day, valued by the pack. */
import { EngineError } from '../../src/contract/errors';
import { packQuotes } from '../../src/db/pack-quotes';
import type { Tx } from '../../src/db/pool';
import { cashBalancesAt, type LedgerDay, openLotsAt } from '../../src/db/positions';
import type { PackRow } from '../../src/db/pricing-packs';
import { findSecurities, type SecurityRow } from '../../src/db/securities';
import { packRates } from '../../src/services/fx';
import { aggregateHoldings, type Holding } from '../../src/services/holdings';
import { applyPack, type PackOfDay, type Valuation } from '../../src/services/valuation';

export interface HeldAtPack {
  valuation: Valuation;
  /** For what is not held as well. */
  quotes: PackOfDay;
}

/** @param others securities whose prices are wanted whether or not they are held */
export async function holdingsAtPack(
  tx: Tx,
  day: LedgerDay,
  pack: PackRow,
  base: string,
  others: readonly string[] = [],
): Promise<HeldAtPack> {
  const holdings = aggregateHoldings(await openLotsAt(tx, day), await cashBalancesAt(tx, day));
  const ids = holdings.flatMap(({ security_id }) => security_id ?? []);
  const { prices, rates } = await packQuotes(tx, pack.id, [...new Set([...ids, ...others])]);
  const quotes = { asof_date: pack.date, prices, rates: packRates(rates, base, pack.date) };
  return { valuation: applyPack(holdings, quotes), quotes };
}

/** @throws EngineError DATA_MISSING */
export async function requireSecurity(tx: Tx, id: string): Promise<SecurityRow> {
  const [security] = await findSecurities(tx, [id]);
  if (security) return security;
  throw new EngineError(
    'DATA_MISSING',
    `There is no security ${id}: ask ledger.positions for the ids of what the portfolio holds.`,
    { security_id: id },
  );
}

/** A holding of nothing. */
export function nothingOf({ id, symbol, name, currency }: SecurityRow): Holding {
  return {
    ...{ symbol, name, asset_class: 'equity', security_id: id, currency },
    ...{ quantity: '0', cost_local: '0', cost_base: '0', reasons: {} },
  };
}
