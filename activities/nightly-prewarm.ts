/** Stage `prewarm`: what each portfolio's user will ask first, asked once, so that the answer is remembered. */
import type { Pool } from 'pg';
import { EngineError } from '../src/contract/errors';
import { failureText, forEachPortfolio, type PortfolioWork } from './nightly-portfolios';

const mostTold = 20;

/** @throws EngineError INTERNAL when it did not work for some; the order goes on all the same */
export async function prewarmAll(
  { database, prewarm }: { database: Pool; prewarm: PortfolioWork },
  packId: string,
  runId: string,
): Promise<{ detail: Record<string, unknown> }> {
  const { portfolios, failures } = await forEachPortfolio(database, packId, runId, (ctx) =>
    prewarm(ctx, runId),
  );
  const counts = { portfolios, failed: failures.length };
  if (failures.length === 0) return { detail: counts };
  throw new EngineError(
    'INTERNAL',
    `Of ${String(portfolios)} portfolios ${String(failures.length)} could not be prewarmed.`,
    {
      counts,
      failures: failures.slice(0, mostTold).map(failureText),
    },
  );
}
