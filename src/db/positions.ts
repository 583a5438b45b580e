/** What a portfolio holds at the end of a day, in one state of its ledger. */
import type { Tx } from './pool';

export interface LedgerDay {
  portfolio_id: string;
  ledger_commit_hash: string;
  asof_date: string;
}

export interface OpenLotRow {
  security_id: string;
  symbol: string;
  name: string;
  asset_class: 'equity';
  /** Of the price and of `unit_cost_local`. */
  currency: string;
  /** What is left of the lot. */
  quantity_open: string;
  /** What one share cost, before fees. */
  unit_cost_local: string;
  /** The same at the purchase's own exchange rate; `null` when there was none. */
  unit_cost_base: string | null;
  /** Day of the cost: of the purchase, whatever splits came after. */
  acquired_on: string;
}

export interface CashBalanceRow {
  currency: string;
  /** Negative when overdrawn; a currency without cash has no row. */
  amount: string;
}

/** SQL of the lots that are not used up, by symbol and age: `lot`, its `security`, and how much of it is `closed`. */
export const fromOpenLots = `
       from lots lot
       join securities security on security.id = lot.security_id
       cross join lateral (
         select coalesce(sum(quantity), 0) as quantity from lot_closures closure
          where closure.user_id = lot.user_id and closure.portfolio_id = lot.portfolio_id
            and closure.ledger_commit_hash = lot.ledger_commit_hash and closure.lot_id = lot.lot_id
            and closure.date <= $3
       ) closed
      where lot.portfolio_id = $1 and lot.ledger_commit_hash = $2 and lot.opened_on <= $3
        and lot.quantity > closed.quantity
      order by security.symbol, lot.acquired_on, lot.lot_id`;

/** One row per lot that is not used up, by symbol and age. */
export async function openLotsAt(tx: Tx, day: LedgerDay): Promise<OpenLotRow[]> {
  const { rows } = await tx.query<OpenLotRow>(
    `select lot.security_id, security.symbol, security.name, security.asset_class, lot.currency,
            lot.quantity - closed.quantity as quantity_open, lot.unit_cost_local,
            trim_scale(lot.unit_cost_local * lot.fx_base_per_local) as unit_cost_base, lot.acquired_on
       ${fromOpenLots}`,
    [day.portfolio_id, day.ledger_commit_hash, day.asof_date],
  );
  return rows;
}

export async function cashBalancesAt(tx: Tx, day: LedgerDay): Promise<CashBalanceRow[]> {
  const { rows } = await tx.query<CashBalanceRow>(
    `select currency, sum(amount) as amount from cash_movements
      where portfolio_id = $1 and ledger_commit_hash = $2 and date <= $3
      group by currency having sum(amount) <> 0 order by currency`,
    [day.portfolio_id, day.ledger_commit_hash, day.asof_date],
  );
  return rows;
}
