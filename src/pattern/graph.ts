/** The order of the steps of one list, inferred: a step waits for the steps it names, for gates, and as a write for all above it. */
import { type CheckContext, findPattern } from './check-context';
import { handlersOf, innerSteps, usesOf } from './graph-uses';
import type { Edge } from './plan';
import { stepOf } from './reference';
import { isStep, kindOf, nameOf, type Step } from './step-schema';

/**
 * For each step, by name and in file order, the steps of the same list it waits for; one edge for each pair, with the
 * first reason found. What a step's inner steps name outside counts as named by the step itself.
 */
export function edgesOf(steps: readonly Step[], context: CheckContext): Map<string, Edge[]> {
  const names = steps.map((step) => nameOf(step) ?? '');
  const known = new Set(names);
  const entries = steps.map((step, index): [string, Edge[]] => {
    const edges = new Map<string, Edge>();
    const add = (name: string | null, reason: Edge['reason']): void => {
      if (name !== null && known.has(name) && !edges.has(name)) edges.set(name, { step: name, reason });
    };
    for (const { reference, reason } of usesOf(step)) add(stepOf(reference), reason);
    if (isGate(step)) for (const name of names.slice(0, index)) add(name, 'gate');
    const gate = steps.slice(0, index).findLastIndex(isGate);
    if (gate >= 0) add(names[gate] ?? null, 'gate');
    // A write must not overtake what stands above it: the file's order is the author's only say on effects.
    if (effectOf(step, context) === 'write') for (const name of names.slice(0, index)) add(name, 'write');
    return [names[index] ?? '', [...edges.values()]];
  });
  return new Map(entries);
}

/** Whether everything above must end before it, and nothing below starts before it has ended. */
export function isGate(step: Step): boolean {
  const kind = kindOf(step);
  return kind === 'wait' || kind === 'approval' || kind === 'assert';
}

/** `write` when the step changes something, or contains or may run (as a handler, a sub-pattern) one that does. */
export function effectOf(step: Step, context: CheckContext): 'none' | 'write' {
  return writes(step, context, new Set()) ? 'write' : 'none';
}

function writes(step: Step, context: CheckContext, seen: Set<string>): boolean {
  if (step.capability !== undefined && context.signatures.get(step.capability)?.effect === 'write')
    return true;
  if (step.pattern !== undefined && !seen.has(step.pattern)) {
    seen.add(step.pattern);
    const steps = findPattern(step.pattern, context)?.steps ?? [];
    if (steps.some((inner) => writes(inner, context, seen))) return true;
  }
  const inside = [...innerSteps(step), ...handlersOf(step).filter(isStep)];
  return inside.some((inner) => writes(inner, context, seen));
}

/** Names that wait for each other, first and last the same; `null` when there is no cycle. */
export function findCycle(graph: ReadonlyMap<string, readonly string[]>): string[] | null {
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (name: string): string[] | null => {
    if (done.has(name)) return null;
    if (path.includes(name)) return [...path.slice(path.indexOf(name)), name];
    path.push(name);
    for (const next of graph.get(name) ?? []) {
      const cycle = visit(next);
      if (cycle) return cycle;
    }
    path.pop();
    done.add(name);
    return null;
  };
  for (const name of graph.keys()) {
    const cycle = visit(name);
    if (cycle) return cycle;
  }
  return null;
}
