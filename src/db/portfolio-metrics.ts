/** What was computed on a pack when it was built: measures of each portfolio, and whether its ledger agrees. */
import type { Tx } from './pool';

/** A state of one user's portfolio: the ledger commit as of a pack. */
export interface PortfolioState {
  user_id: string;
  portfolio_id: string;
  pack_id: string;
  ledger_commit_hash: string;
}

export interface PortfolioMetric extends PortfolioState {
  capability: string;
  /** The capability's. */
  version: string;
  result: unknown;
}

/** Which measures are there, as `capability version`. */
export async function knownMetrics(tx: Tx, state: PortfolioState): Promise<Set<string>> {
  const { rows } = await tx.query<{ known: string }>(
    `select capability || ' ' || version as known from portfolio_metrics
      where user_id = $1 and portfolio_id = $2 and pack_id = $3 and ledger_commit_hash = $4`,
    keyOf(state),
  );
  return new Set(rows.map(({ known }) => known));
}

/** The first that was stored stays: the same state has the same measures. */
export async function storeMetric(
  tx: Tx,
  { capability, version, result, ...state }: PortfolioMetric,
): Promise<void> {
  await tx.query(
    `insert into portfolio_metrics (user_id, portfolio_id, pack_id, ledger_commit_hash, capability, version, result)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
    [...keyOf(state), capability, version, JSON.stringify(result)],
  );
}

export interface ReconciliationRow extends PortfolioState {
  /** Of the stage `reconcile`. */
  attempt: number;
  passed: boolean;
  result: unknown;
}

export async function storeReconciliation(
  tx: Tx,
  { attempt, passed, result, ...state }: ReconciliationRow,
): Promise<void> {
  await tx.query(
    `insert into portfolio_reconciliations
       (user_id, portfolio_id, pack_id, ledger_commit_hash, attempt, passed, result)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
    [...keyOf(state), attempt, passed, JSON.stringify(result)],
  );
}

/** The user's own at a pack, each portfolio's latest. */
export async function reconciliationsAt(
  tx: Tx,
  packId: string,
): Promise<(Omit<ReconciliationRow, 'user_id' | 'pack_id'> & { checked_at: Date })[]> {
  const { rows } = await tx.query<Omit<ReconciliationRow, 'user_id' | 'pack_id'> & { checked_at: Date }>(
    `select distinct on (portfolio_id) portfolio_id, ledger_commit_hash, attempt, passed, result, checked_at
       from portfolio_reconciliations where pack_id = $1 order by portfolio_id, checked_at desc`,
    [packId],
  );
  return rows;
}

function keyOf({ user_id, portfolio_id, pack_id, ledger_commit_hash }: PortfolioState): string[] {
  return [user_id, portfolio_id, pack_id, ledger_commit_hash];
}
