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
  const value = Object.fromEntries(
    Object.entries(expressions).map(([name, source]) => [name, valueOf(source)]),
  );
  return { kind: 'value', value };
}
