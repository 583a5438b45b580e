/** How a portfolio came to be what it is: what changed on which day, in one state of its ledger. */
import type { Tx } from './pool';

export interface LedgerSpan {
  portfolio_id: string;
  ledger_commit_hash: string;
  /** Last day, inclusive. */
  to: string;
}

export interface HoldingChangeRow {
  date: string;
  security_id: string;
  /** Bought less sold that day, with what a split brought. */
  quantity_change: string;
}

export interface CashChangeRow {
  date: string;
  currency: string;
  /** All that moved the balance that day. */
  amount: string;
  /** How much of `amount` came from outside the portfolio (positive) or left it (negative). */
  external_amount: string;
}

export interface ConversionRow {
  date: string;
  currency: string;
  /** Positive: came from another currency; negative: went into one. */
  amount: string;
}

/** Dates are the ledger's own: a day need not be a trading day. */
export async function holdingChanges(tx: Tx, span: LedgerSpan): Promise<HoldingChangeRow[]> {
  const { rows } = await tx.query<HoldingChangeRow>(
    `select date, security_id, sum(quantity) as quantity_change from (
       select opened_on as date, security_id, quantity from lots
        where portfolio_id = $1 and ledger_commit_hash = $2 and opened_on <= $3
       union all
       select closure.date, lot.security_id, -closure.quantity from lot_closures closure
         join lots lot using (user_id, portfolio_id, ledger_commit_hash, lot_id)
        where portfolio_id = $1 and ledger_commit_hash = $2 and closure.date <= $3
     ) change
     group by date, security_id having sum(quantity) <> 0 order by date, security_id`,
    [span.portfolio_id, span.ledger_commit_hash, span.to],
  );
  return rows;
}

/** Dates are the ledger's own: a dividend may be paid on a Saturday. */
export async function cashChanges(tx: Tx, span: LedgerSpan): Promise<CashChangeRow[]> {
  const { rows } = await tx.query<CashChangeRow>(
    `select date, currency, sum(amount) as amount, coalesce(sum(amount) filter (where external), 0) as external_amount
       from cash_movements
      where portfolio_id = $1 and ledger_commit_hash = $2 and date <= $3
      group by date, currency order by date, currency`,
    [span.portfolio_id, span.ledger_commit_hash, span.to],
  );
  return rows;
}

/**
 * What went from one currency into another, per day: where the cash of a ledger entry differs, in two currencies or more,
 * from what the entry bought, sold, earned and paid. So a purchase paid in another currency counts as well as an exchange.
 */
export async function currencyConversions(tx: Tx, span: LedgerSpan): Promise<ConversionRow[]> {
  const { rows } = await tx.query<ConversionRow>(
    `with leg as (
       select split_part(movement_id, '_', 2) as entry, date, currency, amount from cash_movements
        where portfolio_id = $1 and ledger_commit_hash = $2 and date <= $3
       union all
       select split_part(transaction_id, '_', 2), date, currency, -amount from transactions
        where portfolio_id = $1 and ledger_commit_hash = $2 and date <= $3 and type <> 'FX_CONVERSION'
     ), difference as (
       select entry, date, currency, sum(amount) as amount, count(*) over (partition by date, entry) as currencies
         from leg group by entry, date, currency having sum(amount) <> 0
     )
     select date, currency, sum(amount) as amount from difference where currencies > 1
      group by date, currency order by date, currency`,
    [span.portfolio_id, span.ledger_commit_hash, span.to],
  );
  return rows;
}
