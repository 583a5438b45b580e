/** Closing prices of some days only, as a pack's hash covers them. */
import { packHistory } from './pack-history';
import type { DatedPriceRow } from './prices';
import type { Tx } from './pool';

/** In the order of dates. A day without a pack, and a security without a price on it, have no row. */
export async function pricesOnDays(
  tx: Tx,
  {
    pack_id,
    security_ids,
    days,
  }: { pack_id: string; security_ids: readonly string[]; days: readonly string[] },
): Promise<DatedPriceRow[]> {
  const { rows } = await tx.query<DatedPriceRow>(
    `${packHistory}
     select history.date, price.security_id, price.close, price.currency
       from history join prices price on price.pack_id = history.id and price.security_id = any($3::uuid[])
      where history.date = any($4::date[])
      order by history.date, price.security_id`,
    [pack_id, null, security_ids, days],
  );
  return rows;
}
