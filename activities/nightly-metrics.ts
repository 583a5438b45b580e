/** Stage `metrics`: the daily measures of each portfolio at the new pack, by the path of every call, and stored. */
import { types } from 'node:util';
import { Context } from '@temporalio/activity';
import type { Pool } from 'pg';
import { type Capability, catalogue } from '../src/capabilities';
import { EngineError } from '../src/contract/errors';
import { isBadData } from '../src/db/bad-data';
import { withUser } from '../src/db/pool';
import { knownMetrics, storeMetric } from '../src/db/portfolio-metrics';
import type { CapabilityCall } from './capability-call';
import { failureText, forEachPortfolio, type PortfolioContext } from './nightly-portfolios';

/** All take a portfolio and a pack, and nothing else that is required. */
export const dailyMeasures: readonly string[] = [
  'metrics.compute_twr',
  'metrics.compute_mwr',
  'metrics.compute_risk',
  'metrics.currency_attribution',
];

/** Of one call. */
const limitMs = 60_000;
const mostTold = 20;

/**
 * What an interrupted attempt has stored is not computed again.
 * @throws EngineError PACK_METRICS_FAILED when any portfolio lacks a measure; the others have theirs
 */
export async function computeMetrics(
  { database, calls }: { database: Pool; calls: ReadonlyMap<string, CapabilityCall> },
  packId: string,
  runId: string,
): Promise<{ detail: Record<string, unknown> }> {
  let computed = 0;
  const { portfolios, failures } = await forEachPortfolio(database, packId, runId, async (ctx) => {
    const { user_id, portfolio_id, ledger_commit_hash } = ctx;
    const state = { user_id, portfolio_id, ledger_commit_hash, pack_id: packId };
    const known = await withUser(database, user_id, (tx) => knownMetrics(tx, state));
    for (const name of dailyMeasures) {
      const { version } = (catalogue as Readonly<Record<string, Capability>>)[name] ?? { version: '' };
      if (known.has(`${name} ${version}`)) continue;
      const result = await measure(name, calls.get(name), ctx, runId);
      await withUser(database, user_id, (tx) =>
        storeMetric(tx, { ...state, capability: name, version, result }),
      );
      computed += 1;
    }
  });
  const counts = { portfolios, failed: failures.length, measures: dailyMeasures, computed };
  if (failures.length === 0) return { detail: counts };
  const message = `Of ${String(portfolios)} portfolios ${String(failures.length)} lack measures at ${packId}; the pack is not published.`;
  const details = { pack_id: packId, counts, failures: failures.slice(0, mostTold).map(failureText) };
  // Where no value is one that another attempt could take, there is none: the cause says so.
  const hopeless = failures.every(({ error }) => isBadData(error)) ? failures[0]?.error : undefined;
  throw new EngineError('PACK_METRICS_FAILED', message, details, hopeless);
}

async function measure(
  name: string,
  call: CapabilityCall | undefined,
  ctx: PortfolioContext,
  runId: string,
): Promise<unknown> {
  if (!call) throw new EngineError('CAPABILITY_UNKNOWN', `No agent here answers ${name}.`);
  const args = { portfolio_id: ctx.portfolio_id, pack_id: ctx.pricing_pack_id };
  const options = { execution_id: runId, effect_key: null, cache: true };
  const attempt = { attempt: 1, limitMs, signal: Context.current().cancellationSignal };
  try {
    return (await call(args, ctx, options, attempt)).result;
  } catch (error) {
    const text = types.isNativeError(error) ? error.message : String(error);
    if (!(error instanceof EngineError)) throw new EngineError('INTERNAL', `${name}: ${text}`, {}, error);
    throw new EngineError(error.code, `${name}: ${text}`, error.details, error);
  }
}
