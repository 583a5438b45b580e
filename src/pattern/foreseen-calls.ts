/** Which calls of a plan are known before it runs: those whose arguments depend on inputs, context and literals alone. */
import type { CachePrediction } from '../contract/plan-explanation';
import type { RequestContext } from '../contract/request-context';
import { evaluateCondition, parseCondition } from './condition';
import { innerSteps } from './lines';
import type { Callable, Plan, PlannedStep } from './plan';
import { type PlannedUse, usesOfCondition, usesOfWork } from './planned-uses';
import { fillArguments } from './run/arguments';
import { openFrame, type Scope } from './scope';

/** A call that would be made just so. */
export interface ForeseenCall {
  callable: Callable;
  args: Record<string, unknown>;
}

/** By path, for each capability step: the call, or why none is foreseen. Items and rounds stand under `*`. */
export function foreseenCalls(
  plan: Plan,
  ctx: RequestContext,
  inputs: Record<string, unknown>,
): Map<string, ForeseenCall | CachePrediction> {
  const found = new Map<string, ForeseenCall | CachePrediction>();
  const scope: Scope = { ctx: { ...ctx }, inputs, frame: openFrame(null) };
  for (const step of plan.steps) foresee(step, step.as, scope, found);
  return found;
}

const unknown = (reason: string): CachePrediction => ({ state: 'unknown', reason });

/** @param scope `null` below something that depends on results: nothing there is foreseen */
function foresee(
  step: PlannedStep,
  path: string,
  scope: Scope | null,
  found: Map<string, ForeseenCall | CachePrediction>,
): void {
  if (step.kind === 'capability') found.set(path, foreseeCall(step, scope));
  const many = step.kind === 'map' || step.kind === 'repeat';
  const inside = scopeInside(step, scope);
  for (const inner of innerSteps(step)) foresee(inner, `${path}.${many ? '*' : inner.as}`, inside, found);
  for (const { use, label } of step.handlers) {
    if ('step' in use) foresee(use.step, `${path}:${label}`, null, found);
  }
}

function foreseeCall(
  step: Extract<PlannedStep, { kind: 'capability' }>,
  scope: Scope | null,
): ForeseenCall | CachePrediction {
  const { call } = step;
  if (!call.cache) return { state: 'off', reason: reasonAgainstMemory(call) };
  if (scope === null || dependsOnResults([...usesOfCondition(step), ...usesOfWork(step)])) {
    return unknown('depends on results');
  }
  try {
    if (step.condition !== null && !evaluateCondition(parseCondition(step.condition), scope).value) {
      return { state: 'off', reason: 'its condition is false' };
    }
    const { args, missing } = fillArguments(call.args, call.slots, scope);
    return missing === null
      ? { callable: call, args }
      : { state: 'off', reason: `is skipped, missing: ${missing}` };
  } catch {
    // A reference or condition that fails here fails the run, which is for the run to say.
    return unknown('its arguments cannot be filled');
  }
}

function reasonAgainstMemory({ effect, pure }: Callable): string {
  if (effect === 'write') return 'it has an effect';
  return pure ? 'the step says `cache: false`' : 'it depends on more than arguments and snapshot';
}

/** What the steps inside see: a sub-pattern its own inputs, items and rounds what no plan knows. */
function scopeInside(step: PlannedStep, scope: Scope | null): Scope | null {
  if (scope === null || step.kind === 'map' || step.kind === 'repeat') return null;
  if (step.kind !== 'pattern') return scope;
  if (dependsOnResults(usesOfWork(step))) return null;
  try {
    const { args, missing } = fillArguments(step.args, step.slots, scope);
    const inputs = { ...step.defaults, ...args };
    return missing === null ? { ...scope, inputs, frame: openFrame(null) } : null;
  } catch {
    return null;
  }
}

function dependsOnResults(uses: readonly PlannedUse[]): boolean {
  return uses.some(({ reference }) => reference.root !== 'ctx' && reference.root !== 'inputs');
}
