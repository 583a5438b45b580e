/** One walk over all portfolios that have a ledger, each as its owner, a few at a time. */
import type { Pool } from 'pg';
import { EngineError } from '../src/contract/errors';
import type { RequestContext } from '../src/contract/request-context';
import { allPortfolios } from '../src/db/portfolio-index';
import { findPortfolio } from '../src/db/portfolios';
import { withUser } from '../src/db/pool';
import { findPack, type PackRow } from '../src/db/pricing-packs';
import { nobody, requireWanted } from './nightly-stage';

/** A request context whose portfolio has a ledger. */
export type PortfolioContext = RequestContext & { portfolio_id: string; ledger_commit_hash: string };

export interface PortfolioWork {
  (ctx: PortfolioContext, runId: string): Promise<void>;
}

/** So many at once: enough to keep the database busy, few enough to leave connections to others. */
const atOnce = 4;

/**
 * Does the work for every portfolio, whatever becomes of the others.
 * @returns how many there were; what it threw, by portfolio
 * @throws EngineError PACK_NOT_FOUND; CancelledFailure
 */
export async function forEachPortfolio(
  database: Pool,
  packId: string,
  runId: string,
  work: (ctx: PortfolioContext) => Promise<void>,
): Promise<{ portfolios: number; failures: { portfolio_id: string; error: unknown }[] }> {
  const [pack, owned] = await withUser(database, nobody, async (tx) => [
    await findPack(tx, packId),
    await allPortfolios(tx),
  ]);
  if (!pack) throw new EngineError('PACK_NOT_FOUND', `There is no pricing pack ${packId}.`);
  const failures: { portfolio_id: string; error: unknown }[] = [];
  let portfolios = 0;
  const queue = [...owned];
  const walk = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      requireWanted();
      const { portfolio_id } = next;
      try {
        const ctx = await contextOf(database, next, pack, runId);
        // One without a ledger holds nothing yet.
        if (ctx === null) continue;
        portfolios += 1;
        await work(ctx);
      } catch (error) {
        // A call that was cancelled says nothing of its portfolio.
        requireWanted();
        // No answer from the database says nothing of a portfolio: the stage is tried again.
        if (error instanceof EngineError && error.code === 'DATABASE_UNAVAILABLE') throw error;
        failures.push({ portfolio_id, error });
      }
    }
  };
  // All of them have ended before the stage has, however it ends.
  const walks = await Promise.allSettled(Array.from({ length: atOnce }, walk));
  for (const one of walks) if (one.status === 'rejected') throw one.reason;
  return { portfolios, failures };
}

async function contextOf(
  database: Pool,
  { user_id, portfolio_id }: { user_id: string; portfolio_id: string },
  pack: PackRow,
  runId: string,
): Promise<PortfolioContext | null> {
  const portfolio = await withUser(database, user_id, (tx) => findPortfolio(tx, portfolio_id));
  if (portfolio === null || portfolio.ledger_commit_hash === null) return null;
  const { ledger_commit_hash, base_currency, benchmark_id } = portfolio;
  return {
    trace_id: runId,
    request_id: runId,
    user_id,
    portfolio_id,
    pricing_pack_id: pack.id,
    ledger_commit_hash,
    asof_date: pack.date,
    base_currency,
    benchmark_id,
    rights: [],
  };
}

/** What is said of a failure where only operators read. */
export function failureText({ portfolio_id, error }: { portfolio_id: string; error: unknown }): object {
  const code = error instanceof EngineError ? error.code : 'INTERNAL';
  return { portfolio_id, code, message: error instanceof Error ? error.message : String(error) };
}
