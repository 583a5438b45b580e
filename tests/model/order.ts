/** What a step of a list waits for: steps it names, gates, and as a write everything above it. */
import { pathsOf } from './expressions';
import { handlersOf, isStep, type JsonPattern, type JsonStep, nameOf } from './program';
import { pathsIn } from './references';
import { capabilities } from './world';

/** By name of step, the names of the steps of the same list that must have ended. */
export function orderOf(steps: JsonStep[], others: JsonPattern[]): Map<string, Set<string>> {
  const names = steps.map((step) => nameOf(step) ?? '');
  const order = new Map<string, Set<string>>();
  for (const [i, step] of steps.entries()) {
    const above = names.slice(0, i);
    const before = new Set(namedBy(step).filter((name) => names.includes(name)));
    if (isGate(step) || isWrite(step, others)) for (const name of above) before.add(name);
    for (const [j, name] of above.entries()) if (isGate(steps[j] ?? {})) before.add(name);
    order.set(names[i] ?? '', before);
  }
  return order;
}

function isGate(step: JsonStep): boolean {
  return step.wait !== undefined || step.approval !== undefined || step.assert !== undefined;
}

/** Whether it writes, or may: the steps in it, its handlers and the pattern it runs count. */
export function isWrite(step: JsonStep, others: JsonPattern[]): boolean {
  if (step.capability !== undefined && capabilities[step.capability]?.writes === true) return true;
  const pattern = step.pattern === undefined ? [] : patternOf(step.pattern, others).steps;
  const handlers = handlersOf(step).flatMap(({ use }) => (isStep(use) ? [use] : []));
  return [...insideOf(step), ...pattern, ...handlers].some((one) => isWrite(one, others));
}

export function patternOf(id: string, others: JsonPattern[]): JsonPattern {
  const found = others.find((pattern) => pattern.id === id);
  if (!found) throw new Error(`no pattern ${id}`);
  return found;
}

function insideOf(step: JsonStep): JsonStep[] {
  return [
    ...(step.steps ?? []),
    ...(step.map ? [step.map.do] : []),
    ...(step.repeat ? [step.repeat.do] : []),
  ];
}

/** The names of steps that a step refers to, wherever in it. */
function namedBy(step: JsonStep): string[] {
  const { compute } = step;
  const computed =
    compute === undefined ? [] : typeof compute === 'string' ? [compute] : Object.values(compute);
  const expressions = [step.condition, step.assert, step.repeat?.until, ...computed].filter(
    (one) => one !== undefined,
  );
  const templates = [step.args, step.approval?.title, step.message, step.map?.in];
  const outputs = Array.isArray(step.outputs) ? step.outputs : stepsIn(pathsIn(step.outputs));
  const handlers = handlersOf(step).flatMap(({ use }) =>
    isStep(use) ? namedBy(use) : stepsIn(pathsIn(use)),
  );
  const undo = stepsIn(pathsIn(step.compensate?.args)).filter((name) => name !== nameOf(step));
  return [
    ...stepsIn(expressions.flatMap(pathsOf)),
    ...stepsIn(pathsIn(templates)),
    ...insideOf(step).flatMap(namedBy),
    ...outputs,
    ...handlers,
    ...undo,
    ...[step.after ?? []].flat(),
  ];
}

const otherRoots = ['inputs', 'ctx', 'item', 'index', 'last', 'error'];

function stepsIn(paths: string[][]): string[] {
  return paths.flatMap(([root = '', head = '']) => {
    if (root === 'state' || root === 'steps') return [head];
    return otherRoots.includes(root) ? [] : [root];
  });
}
