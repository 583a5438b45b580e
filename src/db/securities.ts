/** The master data of securities: what they are called and where they belong. */
import type { Tx } from './pool';

export interface SecurityRow {
  id: string;
  symbol: string;
  name: string;
  asset_class: 'equity' | 'fund' | 'index';
  currency: string;
  /** `null`: not classified. */
  sector: string | null;
}

/** By symbol; an id without a security has no row. */
export async function findSecurities(tx: Tx, ids: readonly string[]): Promise<SecurityRow[]> {
  const { rows } = await tx.query<SecurityRow>(
    `select id, symbol, name, asset_class, currency, sector from securities
      where id = any($1::uuid[]) order by symbol`,
    [ids],
  );
  return rows;
}
