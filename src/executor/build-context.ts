/** User, portfolio, pack and ledger commit become the request context: all that a run will know of who, when and on what. */
import { EngineError } from '../contract/errors';
import type { RequestContext } from '../contract/request-context';
import type { Tx } from '../db/pool';
import { findPortfolio } from '../db/portfolios';
import type { User } from './authenticate';
import { requireFreshPack } from './freshness-gate';

export interface ContextRequest {
  user: User;
  trace_id: string;
  request_id: string;
  portfolio_id: string | null;
  /** `null`: the newest fresh pack's. */
  asof_date: string | null;
  /** The calendar day on which "newest" is asked. */
  today: string;
}

export interface BuiltContext {
  ctx: RequestContext;
  /** For people: it names the run in Temporal's Web UI. */
  portfolio_name: string | null;
}

/**
 * Reads as the user, so a portfolio of somebody else looks exactly like one that is not there.
 * @throws EngineError PORTFOLIO_NOT_FOUND, PACK_NOT_FOUND or PACK_WARMING
 */
export async function buildContext(tx: Tx, request: ContextRequest): Promise<BuiltContext> {
  const { user, portfolio_id } = request;
  const portfolio = portfolio_id === null ? null : await findPortfolio(tx, portfolio_id);
  if (portfolio_id !== null && portfolio === null) {
    throw new EngineError('PORTFOLIO_NOT_FOUND', `You have no portfolio ${portfolio_id}.`, { portfolio_id });
  }
  const pack = await requireFreshPack(tx, request.asof_date, request.today);
  const ctx: RequestContext = {
    trace_id: request.trace_id,
    request_id: request.request_id,
    user_id: user.id,
    portfolio_id: portfolio?.id ?? null,
    pricing_pack_id: pack.id,
    ledger_commit_hash: portfolio?.ledger_commit_hash ?? null,
    asof_date: pack.date,
    base_currency: portfolio?.base_currency ?? null,
    benchmark_id: portfolio?.benchmark_id ?? null,
    rights: [...user.rights],
  };
  Object.freeze(ctx.rights);
  return { ctx: Object.freeze(ctx), portfolio_name: portfolio?.name ?? null };
}
