/** Makes the trace of a run: steps, agents, sources, staleness, and the fingerprint that two equal runs share. */
import { digest } from '../canonical';
import type { StepTrace, Trace } from '../contract/trace';
import type { RunIdentity } from './interpret';
import { callablesOf, linesOf, toStepTrace } from './lines';
import { stalenessOf } from './panels';
import type { RunPatternInput } from './plan';
import type { StepRun } from './run/step-run';

export function buildTrace(
  input: RunPatternInput,
  identity: RunIdentity,
  runs: ReadonlyMap<string, StepRun>,
): Trace {
  const { plan, ctx } = input;
  const steps = linesOf(plan.steps, runs).map(toStepTrace);
  const called = steps.filter((step) => step.status !== 'skipped' && step.status !== 'not_run');
  const undone = steps.flatMap((step) => step.compensation ?? []);
  return {
    trace_id: ctx.trace_id,
    execution_id: input.execution_id,
    ...identity,
    pattern: { id: plan.pattern.id, version: plan.pattern.version, sha256: plan.pattern.sha256 },
    pattern_id: plan.pattern.id,
    pricing_pack_id: ctx.pricing_pack_id,
    ledger_commit_hash: ctx.ledger_commit_hash,
    asof_date: ctx.asof_date,
    agents_used: distinct([...called, ...undone].map((step) => step.agent)),
    capabilities_used: distinct([...called, ...undone].map((step) => step.capability)),
    sources: distinct(steps.map((step) => step.source)),
    per_panel_staleness: stalenessOf(plan, ctx.asof_date, runs),
    steps,
    degraded: steps.filter((step) => step.status === 'degraded').map((step) => step.path),
    fingerprint: fingerprintOf(input, steps),
  };
}

/** Covers what the result depends on and what came out; no times, no ids of the run. */
function fingerprintOf(input: RunPatternInput, steps: StepTrace[]): string {
  const versions = callablesOf(input.plan.steps).map(
    ({ capability, capability_version }) => `${capability}@${capability_version}`,
  );
  return digest({
    pattern: input.plan.pattern.sha256,
    inputs: input.inputs,
    pricing_pack_id: input.ctx.pricing_pack_id,
    ledger_commit_hash: input.ctx.ledger_commit_hash,
    steps: steps.map(({ path, status, result_digest, error }) => ({
      path,
      status,
      result_digest,
      code: error?.code ?? null,
    })),
    versions: distinct(versions),
  });
}

function distinct(values: (string | null)[]): string[] {
  return [...new Set(values)].filter((value) => value !== null).sort();
}
