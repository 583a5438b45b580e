/** What went into each position and came out of it, day by day, in one state of a ledger. */
import type { LedgerSpan } from './history';
import type { Tx } from './pool';

export interface PositionFlowRow {
  date: string;
  /** `security`: trades and income of `security_id`; `fees`, `taxes`: those that belong to no security. */
  kind: 'security' | 'fees' | 'taxes';
  security_id: string | null;
  /** The currency it was paid in, which need not be that of the price. */
  currency: string;
  /** What purchases cost and what sales brought, before fees; both are positive. */
  bought: string;
  sold: string;
  /** Dividends less the tax that was withheld from them; of fees and taxes: what they did to the cash (negative). */
  income: string;
}

/**
 * In the order of dates, which are the ledger's own. A sale without a price brought what its entry's cash says: what no row
 * of the entry explains, where it sold one security and is in one currency.
 */
export async function positionFlows(tx: Tx, span: LedgerSpan): Promise<PositionFlowRow[]> {
  const { rows } = await tx.query<PositionFlowRow>(
    `with leg as (
       select split_part(transaction_id, '_', 2) as entry, date, type, security_id, currency, amount from transactions
        where portfolio_id = $1 and ledger_commit_hash = $2 and date <= $3 and type <> 'FX_CONVERSION'
     ), unpriced as (
       select split_part(closure.transaction_id, '_', 2) as entry, closure.date, min(lot.security_id::text)::uuid as security_id
         from lot_closures closure join lots lot using (user_id, portfolio_id, ledger_commit_hash, lot_id)
        where portfolio_id = $1 and ledger_commit_hash = $2 and closure.date <= $3
        group by 1, 2 having bool_and(closure.proceeds_local is null) and count(distinct lot.security_id) = 1
     ), rest as (
       select entry, date, currency, sum(amount) as amount, count(*) over (partition by date, entry) as currencies
         from (select split_part(movement_id, '_', 2) as entry, date, currency, amount from cash_movements
                where portfolio_id = $1 and ledger_commit_hash = $2 and date <= $3
               union all select entry, date, currency, -amount from leg) side
        where (date, entry) in (select date, entry from unpriced)
        group by entry, date, currency having sum(amount) <> 0
     ), flow as (
       select date, type, security_id, currency, amount from leg
        where type in ('BUY', 'SELL', 'FEE', 'TAX', 'DIVIDEND') and (type <> 'DIVIDEND' or security_id is not null)
       union all
       select date, 'SELL', security_id, currency, amount from rest join unpriced using (date, entry) where currencies = 1
     )
     select date, security_id, currency,
            case when security_id is not null then 'security' when type = 'TAX' then 'taxes' else 'fees' end as kind,
            coalesce(sum(-amount) filter (where type = 'BUY'), 0) as bought,
            coalesce(sum(amount) filter (where type = 'SELL'), 0) as sold,
            coalesce(sum(amount) filter (where type in ('DIVIDEND', 'TAX', 'FEE')), 0) as income
       from flow group by 1, 2, 3, 4 order by date, security_id, currency, kind`,
    [span.portfolio_id, span.ledger_commit_hash, span.to],
  );
  return rows;
}
