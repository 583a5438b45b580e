/** Makes the trace of a run: steps, agents, sources, staleness, and the fingerprint that two equal runs share. */
import { digest } from '../canonical';
import type { PanelStaleness, StepTrace, Trace } from '../contract/trace';
import type { RunIdentity } from './interpret';
import { stalenessOf } from './panels';
import type { PlannedStep, RunPatternInput } from './plan';
import type { StepRun } from './step';

/** Arguments longer than this, as JSON, are left out of the trace; their digest stays. */
const shownArgumentBytes = 4096;

export function buildTrace(
  input: RunPatternInput,
  identity: RunIdentity,
  runs: ReadonlyMap<string, StepRun>,
): Trace {
  const { plan, ctx } = input;
  const steps = plan.steps.map((step) => toStepTrace(step, runs.get(step.path)));
  const called = steps.filter((step) => step.status !== 'skipped' && step.status !== 'not_run');
  const panels: PanelStaleness[] = stalenessOf(plan, ctx.asof_date, runs);
  return {
    trace_id: ctx.trace_id,
    execution_id: input.execution_id,
    ...identity,
    pattern: { id: plan.pattern.id, version: plan.pattern.version, sha256: plan.pattern.sha256 },
    pattern_id: plan.pattern.id,
    pricing_pack_id: ctx.pricing_pack_id,
    ledger_commit_hash: ctx.ledger_commit_hash,
    asof_date: ctx.asof_date,
    agents_used: distinct(called.map((step) => step.agent)),
    capabilities_used: distinct(called.map((step) => step.capability)),
    sources: distinct(steps.flatMap((step) => step.source ?? [])),
    per_panel_staleness: panels,
    steps,
    degraded: steps.filter((step) => step.status === 'degraded').map((step) => step.path),
    fingerprint: fingerprintOf(input, steps),
  };
}

/** Covers what the result depends on and what came out; no times, no ids of the run. */
function fingerprintOf(input: RunPatternInput, steps: StepTrace[]): string {
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
    versions: input.plan.steps.map(({ capability, capability_version }) => [capability, capability_version]),
  });
}

function toStepTrace(step: PlannedStep, run: StepRun | undefined): StepTrace {
  const { path, as, capability, agent } = step;
  const meta = run?.envelope?.meta;
  return {
    path,
    as,
    capability,
    agent,
    status: run?.status ?? 'not_run',
    args: run?.args ? shownArguments(run.args) : null,
    args_digest: run?.args_digest ?? null,
    result_digest: meta?.result_digest ?? null,
    started_at: run?.started_at == null ? null : new Date(run.started_at).toISOString(),
    duration_ms: run?.started_at == null || run.ended_at === null ? null : run.ended_at - run.started_at,
    attempts: run?.attempts ?? 0,
    cache: meta?.cache ?? 'off',
    source: meta?.source ?? null,
    ...(run?.reason !== undefined && { reason: run.reason }),
    ...(run?.condition && { condition: run.condition }),
    ...(run?.error && { error: run.error }),
  };
}

function shownArguments(args: Record<string, unknown>): unknown {
  const size = JSON.stringify(args).length;
  return size <= shownArgumentBytes ? args : `(${String(size)} bytes; see args_digest)`;
}

function distinct(values: string[]): string[] {
  return [...new Set(values)].sort();
}
