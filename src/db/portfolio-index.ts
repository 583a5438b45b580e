/** All portfolios of all users, as ids and nothing else: what is read of one is read as its owner. */
import type { Tx } from './pool';

export interface OwnedPortfolio {
  user_id: string;
  portfolio_id: string;
}

/** In the order of ids, so that a second walk goes the same way. */
export async function allPortfolios(tx: Tx): Promise<OwnedPortfolio[]> {
  const { rows } = await tx.query<OwnedPortfolio>(
    'select owner_id as user_id, portfolio_id from portfolio_index order by owner_id, portfolio_id',
  );
  return rows;
}
