/** The master data of securities: what they are called and where they belong. */
import { createHash } from 'node:crypto';
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

export async function findSecurityBySymbol(tx: Tx, symbol: string): Promise<SecurityRow | null> {
  const { rows } = await tx.query<SecurityRow>(
    'select id, symbol, name, asset_class, currency, sector from securities where symbol = $1',
    [symbol],
  );
  return rows[0] ?? null;
}

/** All that the master says of a security. */
export interface MasterSecurity extends SecurityRow {
  /** Of an index: whether its level has the dividends in it; `null`: it is none. */
  is_total_return: boolean | null;
}

/** Left out: not classified; no index. */
export type NewSecurity = Omit<SecurityRow, 'sector'> &
  Partial<Pick<MasterSecurity, 'sector' | 'is_total_return'>>;

export async function listSecurities(tx: Tx): Promise<MasterSecurity[]> {
  const { rows } = await tx.query<MasterSecurity>(
    'select id, symbol, name, asset_class, currency, sector, is_total_return from securities order by symbol',
  );
  return rows;
}

/**
 * As the owner. A symbol that is known stays as it is.
 * @returns what was added
 */
export async function insertSecurities(
  tx: Tx,
  securities: readonly NewSecurity[],
): Promise<MasterSecurity[]> {
  const { rows } = await tx.query<MasterSecurity>(
    `insert into securities (id, symbol, name, asset_class, currency, sector, is_total_return)
     select id, symbol, name, asset_class, currency, sector, is_total_return from json_to_recordset($1)
       as s(id uuid, symbol text, name text, asset_class text, currency text, sector text, is_total_return boolean)
     on conflict (symbol) do nothing
     returning id, symbol, name, asset_class, currency, sector, is_total_return`,
    [JSON.stringify(securities)],
  );
  return rows;
}

/**
 * Adds what is not known yet, all or nothing, as the owner.
 * @returns what was added
 * @throws RangeError when one is known with other content: results rest on what the master says
 */
export async function addSecurities(
  tx: Tx,
  securities: readonly Omit<MasterSecurity, 'id'>[],
): Promise<MasterSecurity[]> {
  const known = new Map((await listSecurities(tx)).map(({ id: _, ...row }) => [row.symbol, row]));
  const changed = securities.filter((one) => {
    const before = known.get(one.symbol);
    return before && (Object.keys(before) as (keyof typeof before)[]).some((key) => before[key] !== one[key]);
  });
  if (changed.length > 0) {
    const symbols = changed.map(({ symbol }) => symbol).join(', ');
    throw new RangeError(`known with other content, which results rest on: ${symbols}. Nothing was added.`);
  }
  return insertSecurities(
    tx,
    securities.map((one) => ({ ...one, id: securityId(one.symbol) })),
  );
}

/** The same on every machine, so that packs of the same prices have the same hash. */
export function securityId(symbol: string): string {
  const hex = createHash('sha256').update(`security:${symbol}`).digest('hex');
  const variant = ((parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
