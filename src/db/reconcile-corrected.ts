/** A corrected pack that is to be fresh at once is reconciled like any other: every portfolio against its ledger, before it is published. */
import { EngineError } from '../contract/errors';
import { actAs, type Tx } from './pool';
import { allPortfolios } from './portfolio-index';
import { findPortfolio } from './portfolios';
import { reconcilePortfolio } from './reconcile-portfolio';

/** As many differences are told. */
const mostTold = 20;

/**
 * In the owner's transaction; afterwards it acts as nobody in particular.
 * @param packId the newest that is to be fresh: quantities and cash are compared on every day up to it
 * @throws EngineError PACK_NOT_RECONCILED when any portfolio differs or cannot be checked
 */
export async function requireReconciled(tx: Tx, packId: string): Promise<void> {
  const differences: object[] = [];
  const different = new Set<string>();
  for (const { user_id, portfolio_id } of await allPortfolios(tx)) {
    await actAs(tx, user_id);
    const ledger_commit_hash = (await findPortfolio(tx, portfolio_id))?.ledger_commit_hash ?? null;
    // One without a ledger holds nothing yet.
    if (ledger_commit_hash === null) continue;
    const found = await reconcilePortfolio(tx, { portfolio_id, ledger_commit_hash, pack_id: packId });
    if (found.passed) continue;
    different.add(portfolio_id);
    differences.push(...found.differences.map((difference) => ({ portfolio_id, ...difference })));
  }
  await actAs(tx, '');
  if (different.size === 0) return;
  throw new EngineError(
    'PACK_NOT_RECONCILED',
    `With ${packId} ${String(different.size)} portfolios would differ from their ledger; nothing is corrected. See \`dawsos ledger reconcile\`.`,
    { pack_id: packId, portfolios: [...different], differences: differences.slice(0, mostTold) },
  );
}
