/** The open lots of one security at the end of a day, in one state of a ledger. */
import type { PositionLot } from '../contract/ledger-rows';
import type { Tx } from './pool';
import type { LedgerDay } from './positions';

/** The oldest first. */
export async function openLotsOf(
  tx: Tx,
  { portfolio_id, ledger_commit_hash, asof_date }: LedgerDay,
  securityId: string,
): Promise<PositionLot[]> {
  const { rows } = await tx.query<PositionLot>(
    `select * from (
       select lot_id, acquired_on, lot.currency, unit_cost_local, fx_base_per_local,
              lot.quantity - coalesce(sum(closure.quantity) filter (where closure.date <= $3), 0) as quantity_open
         from lots lot
         left join lot_closures closure using (user_id, portfolio_id, ledger_commit_hash, lot_id)
        where lot.portfolio_id = $1 and lot.ledger_commit_hash = $2 and lot.opened_on <= $3 and lot.security_id = $4
        group by lot_id, acquired_on, lot.currency, unit_cost_local, fx_base_per_local, lot.quantity
     ) lot where quantity_open > 0 order by acquired_on, lot_id`,
    [portfolio_id, ledger_commit_hash, asof_date, securityId],
  );
  return rows;
}
