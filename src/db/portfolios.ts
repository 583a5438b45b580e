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

export async function listPortfolios(tx: Tx): Promise<PortfolioRow[]> {
  const { rows } = await tx.query<PortfolioRow>(`${portfolio} order by p.name, p.id`);
  return rows;
}
