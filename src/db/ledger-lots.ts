/** All lots that a ledger ever opened, whatever became of them: purchases, and what splits made of earlier lots. */
import type { LedgerLotRow } from '../contract/ledger-rows';
import type { LedgerSpan } from './history';
import type { Tx } from './pool';

/** Up to a day, in the order of days. */
export async function ledgerLots(
  tx: Tx,
  { portfolio_id, ledger_commit_hash, to }: LedgerSpan,
): Promise<LedgerLotRow[]> {
  const { rows } = await tx.query<LedgerLotRow>(
    `select lot_id, security_id, symbol, acquired_on, opened_on, quantity, unit_cost_local, lots.currency,
            fx_base_per_local
       from lots join securities on securities.id = security_id
      where portfolio_id = $1 and ledger_commit_hash = $2 and opened_on <= $3
      order by opened_on, symbol, nullif(substring(lot_id from '[0-9]+$'), '')::int, lot_id`,
    [portfolio_id, ledger_commit_hash, to],
  );
  return rows;
}
