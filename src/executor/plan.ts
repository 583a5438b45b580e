/** `POST /v1/plan`: everything that can be said of a run before it starts. It starts nothing, and keeps nothing. */
import type { RequestHandler } from 'express';
import type { CheckContext } from '../pattern/check-context';
import type { RequestContext } from '../contract/request-context';
import { findRemembered } from '../db/executions';
import { withUser, type Tx } from '../db/pool';
import { recentStepDurations } from '../db/step-durations';
import { explainPlan } from '../pattern/explain-plan';
import type { Plan } from '../pattern/plan';
import type { ExecuteDeps } from './execute-deps';
import { readinessOf } from './pack-readiness';
import { planAsked, requirePlanRequest } from './plan-request';
import { type PredictCache, predictionsOf } from './predict-cache';
import { requireInputs, requireRights } from './request-checks';
import { scopeOf, userOf } from './request-scope';
import { runKeyOf } from './run-key';

export interface PlanDeps extends Pick<ExecuteDeps, 'pool' | 'findPattern' | 'now'> {
  checkContext: CheckContext;
  predictCache: PredictCache;
}

/** Refuses what `execute` would refuse, and in the same order, but for a pack that is not ready. */
export function plan(deps: PlanDeps): RequestHandler {
  return async (req, res) => {
    const request = requirePlanRequest(req.body);
    const user = userOf(res);
    const { pattern, plan: made } = await planAsked(deps, request);
    requireRights(pattern, user);
    const { inputs, portfolio_id } = requireInputs(pattern, { ...request, pattern_id: pattern.id });
    const { trace_id, request_id } = scopeOf(res);
    const read = await withUser(deps.pool, user.id, async (tx) => {
      const readiness = await readinessOf(tx, {
        user,
        trace_id,
        request_id,
        portfolio_id,
        asof_date: request.asof_date ?? null,
        today: new Date(deps.now()).toISOString().slice(0, 10),
      });
      const remembered = await rememberedRun(tx, made, readiness.ctx, inputs);
      const durations = await recentStepDurations(tx, made.pattern.sha256);
      return { ...readiness, remembered, durations };
    });
    const predictions = await predictionsOf(deps.predictCache, made, read.ctx, inputs);
    const { pack, remembered, durations } = read;
    const rights = pattern.rights_required ?? [];
    res.json(explainPlan(made, { rights, pack, remembered, durations, predictions }));
  };
}

async function rememberedRun(
  tx: Tx,
  made: Plan,
  ctx: RequestContext | null,
  inputs: Record<string, unknown>,
): Promise<string | null> {
  const key = ctx && runKeyOf(made, ctx, inputs);
  return key === null ? null : ((await findRemembered(tx, key))?.id ?? null);
}
