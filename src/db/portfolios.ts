/** The user's portfolios, each with the state of the ledger that is current. */
import type { Tx } from './pool';

export interface PortfolioRow {
  id: string;
  name: string;
  base_currency: string;
  benchmark_id: string | null;
  /** `null`: no ledger was read in yet. */
  ledger_commit_hash: string | null;
}

const portfolio = `
  select p.id, p.name, p.base_currency, p.benchmark_id,
    (select c.ledger_commit_hash from ledger_commits c
      where c.user_id = p.user_id and c.portfolio_id = p.id order by c.imported_at desc limit 1) as ledger_commit_hash
  from portfolios p`;

/** `null` when the user has none of this id, whoever else may have. */
export async function findPortfolio(tx: Tx, id: string): Promise<PortfolioRow | null> {
  const { rows } = await tx.query<PortfolioRow>(`${portfolio} where p.id = $1`, [id]);
  return rows[0] ?? null;
}

/** By name. `after` is name and id of the last row of the page before; without a limit it is all of them. */
export async function listPortfolios(
  tx: Tx,
  { after, limit }: { after?: readonly [name: string, id: string] | null; limit?: number } = {},
): Promise<PortfolioRow[]> {
  const { rows } = await tx.query<PortfolioRow>(
    `${portfolio} where $1::text is null or (p.name, p.id) > ($1, $2::uuid) order by p.name, p.id limit $3`,
    [after?.[0] ?? null, after?.[1] ?? null, limit ?? null],
  );
  return rows;
}
