/** What happened in a portfolio, row by row as its ledger was read in, and which lots its sales used up. */
import type { EntryDifference, LedgerRow, LotClosure, OpenedLot } from '../contract/ledger-rows';
import type { LedgerSpan } from './history';
import type { Tx } from './pool';

export interface TransactionSpan extends LedgerSpan {
  /** First day, inclusive; `null`: from the beginning. */
  from?: string | null;
}

const leg = `split_part(transaction_id, '_', 2)::int, split_part(transaction_id, '_', 3)::int`;

/** In the order of the ledger. */
export async function transactionRows(tx: Tx, span: TransactionSpan): Promise<LedgerRow[]> {
  const { rows } = await tx.query<LedgerRow>(
    `select transaction_id, date, split_part(transaction_id, '_', 2)::int as entry, type, security_id, symbol, quantity,
            amount, transactions.currency, counter_amount, counter_currency, narration, line, file
       from transactions left join securities on securities.id = security_id
      where portfolio_id = $1 and ledger_commit_hash = $2 and date <= $3 and ($4::date is null or date >= $4)
      order by date, ${leg}`,
    valuesOf(span),
  );
  return rows;
}

/** In the order of the sales. */
export async function saleClosures(tx: Tx, span: TransactionSpan): Promise<LotClosure[]> {
  const { rows } = await tx.query<LotClosure>(
    `select * from (
       select transaction_id, date, lot_id, lot.acquired_on, closure.quantity,
              sum(closure.quantity) over (partition by lot_id order by date, ${leg}) - closure.quantity as closed_before,
              lot.unit_cost_local, lot.currency, lot.fx_base_per_local, closure.proceeds_local,
              closure.currency as proceeds_currency
         from lot_closures closure join lots lot using (user_id, portfolio_id, ledger_commit_hash, lot_id)
        where portfolio_id = $1 and ledger_commit_hash = $2 and date <= $3
     ) closed
     where $4::date is null or date >= $4 order by date, ${leg}, lot_id`,
    valuesOf(span),
  );
  return rows.map(({ date: _date, ...row }: LotClosure & { date?: string }) => row);
}

/**
 * What moved cash without a row: the two sides of an exchange, a purchase paid in another currency, the proceeds of a sale
 * whose price the ledger does not tell. In the order of the ledger.
 */
export async function entryDifferences(tx: Tx, span: TransactionSpan): Promise<EntryDifference[]> {
  const { rows } = await tx.query<EntryDifference>(
    `select date, entry, currency, sum(amount) as amount from (
       select date, split_part(movement_id, '_', 2)::int as entry, currency, amount from cash_movements
        where portfolio_id = $1 and ledger_commit_hash = $2 and date <= $3 and ($4::date is null or date >= $4)
       union all
       select date, split_part(transaction_id, '_', 2)::int, currency, -amount from transactions
        where portfolio_id = $1 and ledger_commit_hash = $2 and date <= $3 and ($4::date is null or date >= $4)
          and type <> 'FX_CONVERSION'
     ) leg
     group by date, entry, currency having sum(amount) <> 0 order by date, entry, currency`,
    valuesOf(span),
  );
  return rows;
}

/** What came into being on the days of splits: the lots that replaced others, and those bought that day. */
export async function lotsOfSplitDays(tx: Tx, span: TransactionSpan): Promise<OpenedLot[]> {
  const { rows } = await tx.query<OpenedLot>(
    `select lot.security_id, lot.opened_on, lot.quantity, lot.unit_cost_local from lots lot
      where lot.portfolio_id = $1 and lot.ledger_commit_hash = $2 and lot.opened_on <= $3
        and ($4::date is null or lot.opened_on >= $4)
        and exists (select from transactions split where split.type = 'SPLIT' and split.date = lot.opened_on
              and split.security_id = lot.security_id and (split.user_id, split.portfolio_id, split.ledger_commit_hash)
                = (lot.user_id, lot.portfolio_id, lot.ledger_commit_hash))
      order by lot.opened_on, lot.lot_id`,
    valuesOf(span),
  );
  return rows;
}

function valuesOf({ portfolio_id, ledger_commit_hash, to, from = null }: TransactionSpan): unknown[] {
  return [portfolio_id, ledger_commit_hash, to, from];
}
