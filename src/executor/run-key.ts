/** What makes two runs the same: everything a repeatable plan's result can depend on, in one digest. */
import { digest } from '../canonical';
import type { RequestContext } from '../contract/request-context';
import { allSteps, callablesOf } from '../pattern/lines';
import type { Plan } from '../pattern/plan';

/** @returns `null` when the same request may give another result: effects, people, timers, sources outside the snapshot, `cache: false` */
export function runKeyOf(plan: Plan, ctx: RequestContext, inputs: Record<string, unknown>): string | null {
  if (!isRepeatable(plan)) return null;
  const { trace_id: _trace, request_id: _request, user_id: _user, ...dependsOn } = ctx;
  return digest({ plan: planDigest(plan), inputs, ctx: { ...dependsOn, rights: ctx.rights.toSorted() } });
}

const digests = new WeakMap<Plan, string>();

/** Pattern and sub-patterns by content, capabilities by version. */
function planDigest(plan: Plan): string {
  const known = digests.get(plan);
  if (known !== undefined) return known;
  const made = digest({
    patterns: shasOf(plan),
    versions: callablesOf(plan.steps).map(({ capability, capability_version: version }) => [
      capability,
      version,
    ]),
  });
  digests.set(plan, made);
  return made;
}

function shasOf(plan: Plan): string[] {
  const parts = allSteps(plan.steps).flatMap((step) => (step.kind === 'pattern' ? [step.plan] : []));
  return [plan, ...parts].map(({ pattern }) => pattern.sha256);
}

const repeatable = new WeakMap<Plan, boolean>();

function isRepeatable(plan: Plan): boolean {
  const known = repeatable.get(plan);
  if (known !== undefined) return known;
  const waits = allSteps(plan.steps).some(({ kind }) => kind === 'approval' || kind === 'wait');
  const made = !waits && callablesOf(plan.steps).every(({ cache }) => cache);
  repeatable.set(plan, made);
  return made;
}
