/** Stage `reconcile`: what the database holds of each portfolio against its ledger, as of the pack. */
import type { Pool } from 'pg';
import { EngineError } from '../src/contract/errors';
import type { Tx } from '../src/db/pool';
import { withUser } from '../src/db/pool';
import { storeReconciliation } from '../src/db/portfolio-metrics';
import { failureText, forEachPortfolio } from './nightly-portfolios';
import { nobody } from './nightly-stage';
import { requirePack } from './portfolio-history';

/** As src/db/reconcile-portfolio.ts does it. */
export type Reconcile = (
  tx: Tx,
  request: { portfolio_id: string; ledger_commit_hash: string; pack_id: string },
) => Promise<{ passed: boolean; differences: readonly unknown[] }>;

/** As many differences travel with the failure; all of them are stored for the portfolio's owner. */
const mostTold = 20;

/**
 * Checks all portfolios, and stores for each owner what was found.
 * @throws EngineError PACK_CORRUPT; PACK_NOT_RECONCILED when any differs, or cannot be checked
 */
export async function reconcileAll(
  { database, reconcile }: { database: Pool; reconcile: Reconcile },
  packId: string,
  attempt: number,
): Promise<{ detail: Record<string, unknown> }> {
  // A pack that was changed would blame the ledgers.
  await withUser(database, nobody, (tx) => requirePack(tx, packId));
  const different: { portfolio_id: string; differences: readonly unknown[] }[] = [];
  const { portfolios, failures } = await forEachPortfolio(database, packId, '', async (ctx) => {
    const { user_id, portfolio_id, ledger_commit_hash } = ctx;
    const state = { portfolio_id, ledger_commit_hash, pack_id: packId };
    const result = await withUser(database, user_id, async (tx) => {
      const found = await reconcile(tx, state);
      await storeReconciliation(tx, { ...state, user_id, attempt, passed: found.passed, result: found });
      return found;
    });
    if (!result.passed) different.push({ portfolio_id, differences: result.differences.slice(0, mostTold) });
  });
  const counts = { portfolios, different: different.length, failed: failures.length };
  if (different.length + failures.length === 0) return { detail: counts };
  throw new EngineError('PACK_NOT_RECONCILED', messageOf(counts, packId), {
    pack_id: packId,
    counts,
    differences: different
      .flatMap(({ portfolio_id, differences }) =>
        differences.map((difference) => ({ portfolio_id, ...(difference as object) })),
      )
      .slice(0, mostTold),
    failures: failures.slice(0, mostTold).map(failureText),
  });
}

function messageOf(
  { portfolios, different, failed }: { portfolios: number; different: number; failed: number },
  packId: string,
): string {
  const parts = [
    different > 0 && `${String(different)} differ from their ledger`,
    failed > 0 && `${String(failed)} could not be checked`,
  ].filter((part) => part !== false);
  return `Of ${String(portfolios)} portfolios ${parts.join(' and ')} as of ${packId}; the pack is not published.`;
}
