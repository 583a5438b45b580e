/** `compute`: expressions over what is there already; no call, no wait. */
import { evaluateExpression, parseExpression } from '../expression';
import type { ComputeStep } from '../plan';
import type { BodyEnd } from './ends';
import { type Place, type Run, scopeAt } from './run';

export async function runCompute(run: Run, step: ComputeStep, place: Place): Promise<BodyEnd> {
  const scope = scopeAt(run, place.frame);
  const valueOf = (source: string): unknown => evaluateExpression(parseExpression(source), scope);
  const { expressions } = step;
  if (typeof expressions === 'string') return { kind: 'value', value: valueOf(expressions) };
  const value: Record<string, unknown> = {};
  for (const [name, source] of Object.entries(expressions)) {
    const given = run.effort.inTime(() => valueOf(source));
    value[name] = given instanceof Promise ? await given : given;
  }
  return { kind: 'value', value };
}
