/** What a reconciliation of a portfolio with its ledger tells. */

export interface ReconciledDifference {
  /** `null`: all accounts together, as the database keeps none apart. */
  account: string | null;
  /** A security's symbol or a currency; `null`: the whole portfolio. */
  commodity: string | null;
  kind: 'quantity' | 'cash' | 'market_value';
  /** By the ledger (or the statement), on the last day on which the sides differ: units, or base currency for a value. */
  expected: string;
  /** By the database; `difference` is actual − expected. */
  actual: string;
  difference: string;
  /** Of a market value: the difference in basis points of what is expected. `null`: that is 0, or it is no value. */
  difference_bps: number | null;
  /** The first day on which they differ. */
  first_date: string;
  /** A side that does not know the commodity at all counts as 0. */
  status: 'different' | 'missing_in_ledger' | 'missing_in_statement' | 'missing_in_database';
}

export interface ValuedDays {
  compared: number;
  of: number;
}

export interface UnvaluedCommodity {
  commodity: string;
  /** So many trading days, from the first to the last. */
  days: number;
  first_date: string;
  last_date: string;
}

export interface Reconciliation {
  portfolio_id: string;
  ledger_commit_hash: string;
  pack_id: string;
  asof_date: string;
  base_currency: string;
  /** No difference was found. */
  passed: boolean;
  /** Quantities and cash balances compared, one for each commodity and each day on which either side changed. */
  balances_checked: number;
  /** Market values compared: of the portfolio on each trading day, of each position on the pack's day. */
  values_checked: number;
  /** Trading days up to the pack's, and those on which the whole portfolio was valued and compared. */
  days: ValuedDays;
  /** What was held and had no price or exchange rate of the day, in the order of first days. */
  unvalued: UnvaluedCommodity[];
  differences: ReconciledDifference[];
  /** `market_value`: why a value of the pack's own day could not be compared. */
  reasons: Record<string, string>;
}

/** A market value may differ by one basis point of itself; quantities and cash by nothing. */
export const toleranceBps = 1;
