/** What a step names, the steps inside it included, and why: from this the order of steps is inferred. */
import { parseExpression } from './expression';
import type { Edge } from './plan';
import { type Reference, referencesIn } from './reference';
import { isStep, nameOf, type Step } from './step-schema';

export interface Use {
  reference: Reference;
  reason: Edge['reason'];
}

/** In the order in which reasons are given when there are several. What cannot be parsed names nothing. */
export function usesOf(step: Step): Use[] {
  return [
    ...expression(step.condition, 'condition'),
    ...template(step.args, 'args'),
    ...template([step.approval?.title, step.message], 'args'),
    ...expression(step.assert, 'condition'),
    ...template(step.map?.in, 'in'),
    ...expressionsOf(step).flatMap((source) => expression(source, 'compute')),
    ...innerSteps(step).flatMap(usesOf),
    ...expression(step.repeat?.until, 'until'),
    ...template(step.wait?.until, 'until'),
    ...outputsOf(step),
    ...usesOfHandlers(step),
    ...usesOfUndo(step),
    ...[step.after ?? []].flat().map((name) => use('steps', name, 'after')),
  ];
}

/** The steps directly inside a step, its handlers excepted. */
export function innerSteps(step: Step): Step[] {
  return [
    ...(step.steps ?? []),
    ...(step.map ? [step.map.do] : []),
    ...(step.repeat ? [step.repeat.do] : []),
  ];
}

/** The values and steps that take over a failure. */
export function handlersOf(step: Step): unknown[] {
  const entries = (step.on_error ?? []).map((entry) => entry.use);
  return step.fallback === undefined ? entries : [...entries, step.fallback];
}

/** The expressions of a `compute`. */
export function expressionsOf(step: Step): string[] {
  if (step.compute === undefined) return [];
  return typeof step.compute === 'string' ? [step.compute] : Object.values(step.compute);
}

function outputsOf(step: Step): Use[] {
  if (Array.isArray(step.outputs)) return step.outputs.map((name) => use('state', name, 'outputs'));
  return template(step.outputs, 'outputs');
}

function usesOfHandlers(step: Step): Use[] {
  return handlersOf(step).flatMap((handler) =>
    isStep(handler)
      ? usesOf(handler).map(({ reference }): Use => ({ reference, reason: 'handler' }))
      : template(handler, 'handler'),
  );
}

/** The undo may name the step's own result: it runs when that is there. */
function usesOfUndo(step: Step): Use[] {
  return template(step.compensate?.args, 'compensate').filter(
    ({ reference }) => reference.path[0] !== nameOf(step),
  );
}

function use(root: 'state' | 'steps', name: string, reason: Edge['reason']): Use {
  return { reference: { root, path: [name], text: `${root}.${name}` }, reason };
}

function expression(source: string | undefined, reason: Edge['reason']): Use[] {
  if (source === undefined) return [];
  return quietly(() => parseExpression(source).references).map((reference) => ({ reference, reason }));
}

function template(value: unknown, reason: Edge['reason']): Use[] {
  return quietly(() => referencesIn(value)).map(({ reference }) => ({ reference, reason }));
}

/** A pattern that is not checked yet may hold anything; the check says what is wrong with it. */
function quietly<T>(find: () => T[]): T[] {
  try {
    return find();
  } catch {
    return [];
  }
}
