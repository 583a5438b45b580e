/** One step: condition, arguments, call. Always ends in a run that says what happened, never in a throw. */
import { digest } from '../canonical';
import { EngineError } from '../contract/errors';
import type { Envelope, StepError, StepTrace } from '../contract/trace';
import { evaluateCondition, parseCondition } from './condition';
import type { Port } from './interpret';
import type { PlannedStep } from './plan';
import { resolveTemplate, type Scope } from './reference';

/** What is known of a step after it ran, or while it does. */
export interface StepRun {
  status: Extract<StepTrace['status'], 'success' | 'skipped' | 'degraded' | 'error'>;
  started_at: number | null;
  ended_at: number | null;
  attempts: number;
  args: Record<string, unknown> | null;
  args_digest: string | null;
  envelope: Envelope | null;
  condition?: StepTrace['condition'];
  reason?: string;
  error?: StepError;
  /** The whole run was cancelled, or another step's failure ended this one. */
  cancelled: boolean;
}

const blank = {
  started_at: null,
  ended_at: null,
  attempts: 0,
  args: null,
  args_digest: null,
  envelope: null,
  cancelled: false,
};

export async function runStep(step: PlannedStep, scope: Scope, port: Port): Promise<StepRun> {
  const started_at = port.now();
  let condition: StepTrace['condition'];
  try {
    if (step.condition !== null) {
      const parsed = parseCondition(step.condition);
      const { value, operands } = evaluateCondition(parsed, scope);
      condition = { expression: step.condition, value, operands };
      if (!value) return { ...blank, status: 'skipped', condition, reason: 'condition' };
    }
    const { args, missing } = resolveArguments(step, scope);
    if (missing !== null) {
      return { ...blank, status: 'skipped', reason: `missing: ${missing}`, ...(condition && { condition }) };
    }
    return { ...(await callStep(step, args, port)), ...(condition && { condition }) };
  } catch (caught) {
    const error = patternError(step, caught);
    return {
      ...blank,
      status: 'error',
      started_at,
      ended_at: port.now(),
      error,
      ...(condition && { condition }),
    };
  }
}

async function callStep(step: PlannedStep, args: Record<string, unknown>, port: Port): Promise<StepRun> {
  const started_at = port.now();
  try {
    const envelope = await port.call(step, args);
    const { attempt, args_digest } = envelope.meta;
    return {
      ...blank,
      status: 'success',
      started_at,
      ended_at: port.now(),
      attempts: attempt,
      args,
      args_digest,
      envelope,
    };
  } catch (caught) {
    const cancelled = port.isCancellation(caught);
    const { code, message, attempts, details } = cancelled
      ? { code: 'EXECUTION_CANCELLED', message: 'The step was cancelled.', attempts: 0, details: null }
      : port.failureOf(caught, step);
    return {
      ...blank,
      status: step.optional && !cancelled ? 'degraded' : 'error',
      started_at,
      ended_at: port.now(),
      attempts,
      args,
      args_digest: digest(args),
      error: { code, message, step: step.path, attempts, details },
      cancelled,
    };
  }
}

/** The filled arguments, or whose missing value keeps the step from running. */
function resolveArguments(
  step: PlannedStep,
  scope: Scope,
): { args: Record<string, unknown>; missing: string | null } {
  const args: Record<string, unknown> = {};
  for (const [name, template] of Object.entries(step.args)) {
    const resolved = resolveTemplate(template, scope);
    const slot = step.slots[name] ?? { nullable: false, required: true };
    if (resolved.missing === undefined) args[name] = resolved.value;
    else if (slot.nullable) args[name] = null;
    else if (slot.required) return { args, missing: resolved.missing };
  }
  return { args, missing: null };
}

/** A mistake in the pattern, found while running it; anything else is a bug of the engine and says so. */
function patternError(step: PlannedStep, caught: unknown): StepError {
  const known = caught instanceof EngineError;
  const message = caught instanceof Error ? caught.message : String(caught);
  return {
    code: known ? caught.code : 'INTERNAL',
    message: known ? `step "${step.path}": ${message}` : message,
    step: step.path,
    attempts: 0,
    details: known ? caught.details : null,
  };
}
