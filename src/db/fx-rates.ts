/** Exchange rates as pricing packs hold them: the published quotes, each with the day it was published. */
import { packHistory } from './pack-history';
import type { Tx } from './pool';

export interface FxRow {
  base_ccy: string;
  quote_ccy: string;
  /** Units of `quote_ccy` for one `base_ccy`. */
  rate: string;
  /** Earlier than the pack's date where that day has no quote. */
  quote_date: string;
}

export interface DatedFxRow {
  date: string;
  quote_ccy: string;
  /** Units of `quote_ccy` for one EUR. */
  rate: string;
  quote_date: string;
}

export async function packFx(tx: Tx, packId: string): Promise<FxRow[]> {
  const { rows } = await tx.query<FxRow>(
    'select base_ccy, quote_ccy, rate, quote_date from fx_rates where pack_id = $1 order by base_ccy, quote_ccy',
    [packId],
  );
  return rows;
}

/** Everything the pack's hash covers from `from` on, in the order of dates. The euro itself has no rows. */
export async function fxHistory(
  tx: Tx,
  {
    pack_id,
    currencies,
    from = null,
  }: { pack_id: string; currencies: readonly string[]; from?: string | null },
): Promise<DatedFxRow[]> {
  const { rows } = await tx.query<DatedFxRow>(
    `${packHistory}
     select history.date, fx.quote_ccy, fx.rate, fx.quote_date
       from history join fx_rates fx
         on fx.pack_id = history.id and fx.base_ccy = 'EUR' and fx.quote_ccy = any($3::text[])
      order by history.date, fx.quote_ccy`,
    [pack_id, from, currencies],
  );
  return rows;
}
