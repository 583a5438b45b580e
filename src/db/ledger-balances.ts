/** The ledger's own balances, as the import stored them: what its legs add up to, apart from lots and cash movements. */
import type { BookChange } from '../ledger/reconcile-books';
import type { LedgerSpan } from './history';
import type { Tx } from './pool';

/** What the portfolio's own accounts (Assets and Liabilities) gained and lost, by day and commodity. */
export async function ledgerChanges(tx: Tx, span: LedgerSpan): Promise<BookChange[]> {
  const { rows } = await tx.query<BookChange>(
    `with own as (
       select account, commodity, date, balance - lag(balance, 1, 0::numeric)
                over (partition by account, commodity order by date) as change
         from ledger_balances
        where portfolio_id = $1 and ledger_commit_hash = $2 and date <= $3
          and (account like 'Assets:%' or account like 'Liabilities:%')
     )
     select commodity, date, sum(change) as change from own group by date, commodity order by date, commodity`,
    [span.portfolio_id, span.ledger_commit_hash, span.to],
  );
  return rows;
}

/**
 * Whether balances of this state of the ledger are kept: those imported by an older version have none. One of which nothing
 * was made, for it only opens accounts, needs none.
 */
export async function hasLedgerBalances(tx: Tx, span: Omit<LedgerSpan, 'to'>): Promise<boolean> {
  const { rowCount } = await tx.query(
    `with own as (
       select user_id, portfolio_id, ledger_commit_hash from ledger_commits
        where portfolio_id = $1 and ledger_commit_hash = $2
     )
     select from own where exists (select from ledger_balances natural join own)
        or not exists (select user_id from lots natural join own
                       union all select user_id from transactions natural join own
                       union all select user_id from cash_movements natural join own)`,
    [span.portfolio_id, span.ledger_commit_hash],
  );
  return rowCount === 1;
}
