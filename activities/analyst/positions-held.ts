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

/** Securities from their open lots, and cash. */
export async function holdingsAt(tx: Tx, day: LedgerDay): Promise<Holding[]> {
  return aggregateHoldings(await openLotsAt(tx, day), await cashBalancesAt(tx, day));
}

interface ValuationOptions {
  /** Securities whose prices are wanted whether or not they are held. */
  others?: readonly string[];
  /** Left out: as `applyPack` has it. */
  stale_after_days?: number | undefined;
}

/** Values holdings in a base currency with the quotes of a pack. */
export async function valueAtPack(
  tx: Tx,
  holdings: readonly Holding[],
  pack: PackRow,
  base: string,
  { others = [], stale_after_days }: ValuationOptions = {},
): Promise<HeldAtPack> {
  const ids = holdings.flatMap(({ security_id }) => security_id ?? []);
  const { prices, rates } = await packQuotes(tx, pack.id, [...new Set([...ids, ...others])]);
  const quotes = {
    asof_date: pack.date,
    prices,
    rates: packRates(rates, base, pack.date),
    stale_after_days,
  };
  return { valuation: applyPack(holdings, quotes), quotes };
}

/** The holdings of the day, valued. */
export async function holdingsAtPack(
  tx: Tx,
  day: LedgerDay,
  pack: PackRow,
  base: string,
  options: ValuationOptions = {},
): Promise<HeldAtPack> {
  return valueAtPack(tx, await holdingsAt(tx, day), pack, base, options);
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
