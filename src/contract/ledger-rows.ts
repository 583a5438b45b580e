/** Rows of a ledger as the database has them and services take them; decimals as text. */
import type { TransactionType } from './transaction-types';

export interface LedgerRow {
  transaction_id: string;
  date: string;
  /** Running number of the ledger's entry on its day: rows of one entry share it. */
  entry: number;
  type: TransactionType;
  security_id: string | null;
  symbol: string | null;
  /** Shares that came (positive) or went. */
  quantity: string | null;
  /** What it did to the cash of `currency`. */
  amount: string;
  currency: string;
  counter_amount: string | null;
  counter_currency: string | null;
  narration: string;
  line: number;
  /** An included file that `line` is in; `null`: the ledger's first. */
  file: string | null;
}

/** What an entry did to the cash of a currency beyond what its rows say: exchanges, and sales without a price. */
export interface EntryDifference {
  date: string;
  entry: number;
  currency: string;
  amount: string;
}

/** Part of a lot that a row of the ledger used up. */
export interface LotClosure {
  transaction_id: string;
  lot_id: string;
  acquired_on: string;
  quantity: string;
  /** Of the same lot, closed before this. */
  closed_before: string;
  unit_cost_local: string;
  /** Of the cost. */
  currency: string;
  /** Base for one `currency` on the purchase; `null`: there was no rate then. */
  fx_base_per_local: string | null;
  /** Before fees, in `proceeds_currency`; `null`: the ledger gives no price. */
  proceeds_local: string | null;
  proceeds_currency: string | null;
}

/** A lot that came into being on a day. */
export interface OpenedLot {
  security_id: string;
  opened_on: string;
  quantity: string;
  unit_cost_local: string;
}

/** What is left of a lot of one security. */
export interface PositionLot {
  lot_id: string;
  /** Day of the cost, whatever splits came after. */
  acquired_on: string;
  currency: string;
  quantity_open: string;
  /** Before fees. */
  unit_cost_local: string;
  /** Base for one `currency` on the purchase; `null`: there was no rate. */
  fx_base_per_local: string | null;
}

/** A lot as it was opened: by a purchase, or by a split in place of others. */
export interface LedgerLotRow {
  lot_id: string;
  security_id: string;
  symbol: string;
  /** Day of the cost, whatever splits came after. */
  acquired_on: string;
  /** Day of the entry. */
  opened_on: string;
  quantity: string;
  /** Before fees. */
  unit_cost_local: string;
  /** Of the cost. */
  currency: string;
  /** Base for one `currency` on the purchase; `null`: there was no rate. */
  fx_base_per_local: string | null;
}
