/** The request context for a plan: a pack that is not ready is something to report, not to refuse. */
import { EngineError } from '../contract/errors';
import type { PackReadiness } from '../contract/plan-explanation';
import type { RequestContext } from '../contract/request-context';
import type { Tx } from '../db/pool';
import { buildContext, type ContextRequest } from './build-context';

export interface Readiness {
  /** `null` when the pack is not ready: then nobody knows on what the run would be. */
  ctx: RequestContext | null;
  pack: PackReadiness;
}

/** @throws EngineError PORTFOLIO_NOT_FOUND */
export async function readinessOf(tx: Tx, request: ContextRequest): Promise<Readiness> {
  try {
    const { ctx } = await buildContext(tx, request);
    const { pricing_pack_id: id, asof_date } = ctx;
    return { ctx, pack: { id, status: 'fresh', asof_date, ready: true } };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const { code, message, details } = error;
    const pack = { asof_date: request.asof_date, ready: false, message };
    if (code === 'PACK_NOT_FOUND') return { ctx: null, pack: { id: null, status: 'missing', ...pack } };
    if (code !== 'PACK_WARMING') throw error;
    const { pack_id, pack_status } = details as { pack_id: string; pack_status: 'warming' | 'error' };
    return { ctx: null, pack: { id: pack_id, status: pack_status, ...pack } };
  }
}
