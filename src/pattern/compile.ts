/** Pattern and signatures in, plan out: everything `runPattern` needs, so that it never looks anything up. */
import { digest } from '../canonical';
import type { Problem } from '../contract/errors';
import { checkPattern, nameOf } from './check';
import { toMilliseconds } from './duration';
import { edgesOf } from './graph';
import type { ArgumentSlot, Plan, PlannedStep, StepPolicy } from './plan';
import type { Pattern, Step } from './schema';
import type { JsonSchema, Signature, Signatures } from './signatures';
import { isNullable } from './types';

export interface Compiled {
  pattern: Pattern | null;
  /** `null` when there are problems. */
  plan: Plan | null;
  problems: Problem[];
  warnings: Problem[];
}

/** Two minutes in all: patience `interactive`. */
const executionTimeoutMs = 120_000;

/** Checks and compiles. Never throws for what the pattern says: that is what `problems` are for. */
export function compilePattern(source: unknown, signatures: Signatures): Compiled {
  const { pattern, problems, warnings } = checkPattern(source, signatures);
  if (pattern === null || problems.length > 0) return { pattern, plan: null, problems, warnings };
  return { pattern, plan: toPlan(pattern, signatures), problems, warnings };
}

function toPlan(pattern: Pattern, signatures: Signatures): Plan {
  const edges = new Map(edgesOf(pattern.steps, signatures, nameOf).map((entry) => [entry.name, entry.edges]));
  const outputs = Array.isArray(pattern.outputs)
    ? Object.fromEntries(pattern.outputs.map((name) => [name, `{{state.${name}}}`]))
    : pattern.outputs;
  const panels = (pattern.display?.panels ?? []).map(({ id, title, type, source, refresh_ttl }) => {
    return { id, title, type, source, refresh_ttl: refresh_ttl ?? null };
  });
  const steps = pattern.steps.map((step): PlannedStep => {
    const signature = signatures.get(step.capability);
    if (!signature) throw new Error(`${step.capability} passed the check but has no signature`);
    return toPlannedStep(step, signature, edges.get(nameOf(step)) ?? []);
  });
  const version = pattern.version ?? '1.0.0';
  return {
    pattern: { id: pattern.id, version, name: pattern.name, sha256: digest(pattern) },
    steps,
    outputs,
    panels,
    executionTimeoutMs,
    span_name: pattern.observability?.otel_span_name ?? `pattern.${pattern.id}`,
  };
}

function toPlannedStep(step: Step, signature: Signature, edges: PlannedStep['edges']): PlannedStep {
  return {
    path: nameOf(step),
    as: nameOf(step),
    capability: signature.capability,
    capability_version: signature.version,
    agent: signature.agent,
    task_queue: signature.task_queue,
    args: step.args ?? {},
    slots: slotsOf(signature.args, Object.keys(step.args ?? {})),
    condition: step.condition ?? null,
    optional: step.optional ?? false,
    effect: signature.effect,
    edges,
    policy: policyOf(step, signature),
  };
}

function slotsOf(args: JsonSchema, names: string[]): Record<string, ArgumentSlot> {
  const slot = (name: string): ArgumentSlot => ({
    nullable: isNullable(args.properties?.[name] ?? {}),
    required: args.required?.includes(name) ?? false,
  });
  return Object.fromEntries(names.map((name) => [name, slot(name)]));
}

function policyOf(step: Step, signature: Signature): StepPolicy {
  const { policy } = signature;
  const retry = step.retry ?? {};
  return {
    startToCloseMs: step.timeout === undefined ? policy.startToCloseMs : toMilliseconds(step.timeout),
    maximumAttempts: retry.maximum_attempts ?? policy.maximumAttempts,
    initialIntervalMs:
      retry.initial_interval === undefined
        ? policy.initialIntervalMs
        : toMilliseconds(retry.initial_interval),
    backoffCoefficient: retry.backoff_coefficient ?? policy.backoffCoefficient,
    maximumIntervalMs:
      retry.maximum_interval === undefined
        ? policy.maximumIntervalMs
        : toMilliseconds(retry.maximum_interval),
    // Activities say themselves what is not worth a retry; beyond that an interactive run does not wait a minute
    // for a breaker, and a payload that is too large stays too large.
    nonRetryable: ['CIRCUIT_OPEN', 'PayloadsTooLarge', ...(retry.non_retryable ?? [])],
  };
}
