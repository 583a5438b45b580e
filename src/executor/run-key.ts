/** What makes two runs the same: everything a repeatable plan's result can depend on, in one digest. */
import { digest } from '../canonical';
import type { RequestContext } from '../contract/request-context';
import { callablesOf, innerSteps } from '../pattern/lines';
import type { Plan, PlannedStep } from '../pattern/plan';

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
  return [plan.pattern.sha256, ...plan.steps.flatMap(shasBelow)];
}

function shasBelow(step: PlannedStep): string[] {
  const own = step.kind === 'pattern' ? [step.plan.pattern.sha256] : [];
  const caught = step.handlers.flatMap(({ use }) => ('step' in use ? shasBelow(use.step) : []));
  return [...own, ...innerSteps(step).flatMap(shasBelow), ...caught];
}

const repeatable = new WeakMap<Plan, boolean>();

function isRepeatable(plan: Plan): boolean {
  const known = repeatable.get(plan);
  if (known !== undefined) return known;
  const made = callablesOf(plan.steps).every(({ cache }) => cache) && !plan.steps.some(waits);
  repeatable.set(plan, made);
  return made;
}

function waits(step: PlannedStep): boolean {
  if (step.kind === 'approval' || step.kind === 'wait') return true;
  const caught = step.handlers.some(({ use }) => 'step' in use && waits(use.step));
  return caught || innerSteps(step).some(waits);
}
