/** Closing prices as pricing packs hold them: in the security's own currency, not adjusted for later splits or dividends. */
import { packHistory } from './pack-history';
import type { Tx } from './pool';

export interface PriceRow {
  security_id: string;
  close: string;
  currency: string;
}

export interface DatedPriceRow extends PriceRow {
  date: string;
}

/** A security without a price in the pack has no row. */
export async function packPrices(
  tx: Tx,
  packId: string,
  securityIds: readonly string[],
): Promise<PriceRow[]> {
  const { rows } = await tx.query<PriceRow>(
    `select security_id, close, currency from prices
      where pack_id = $1 and security_id = any($2::uuid[]) order by security_id`,
    [packId, securityIds],
  );
  return rows;
}

/** Everything the pack's hash covers from `from` on, in the order of dates; a day without a price has no row. */
export async function priceHistory(
  tx: Tx,
  {
    pack_id,
    security_ids,
    from = null,
  }: { pack_id: string; security_ids: readonly string[]; from?: string | null },
): Promise<DatedPriceRow[]> {
  const { rows } = await tx.query<DatedPriceRow>(
    `${packHistory}
     select history.date, price.security_id, price.close, price.currency
       from history join prices price on price.pack_id = history.id and price.security_id = any($3::uuid[])
      order by history.date, price.security_id`,
    [pack_id, from, security_ids],
  );
  return rows;
}

/** The trading days the pack knows, ascending, its own last. */
export async function packDates(
  tx: Tx,
  { pack_id, from = null }: { pack_id: string; from?: string | null },
): Promise<string[]> {
  const { rows } = await tx.query<{ date: string }>(`${packHistory} select date from history order by date`, [
    pack_id,
    from,
  ]);
  return rows.map(({ date }) => date);
}
