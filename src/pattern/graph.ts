/** The order of steps, inferred: a step waits for the steps it names, and for nothing else. */
import { parseCondition } from './condition';
import type { Edge } from './plan';
import { type Reference, referencesIn, stepOf } from './reference';
import type { Step } from './schema';
import type { Signatures } from './signatures';

/** For each step, in file order, the steps it waits for and why; one edge for each pair, the first reason found. */
export function edgesOf(
  steps: readonly Step[],
  signatures: Signatures,
  nameOf: (step: Step) => string,
): { name: string; edges: Edge[] }[] {
  return steps.map((step, index) => {
    const edges = new Map<string, Edge>();
    const add = (name: string | null, reason: Edge['reason']): void => {
      if (name !== null && !edges.has(name)) edges.set(name, { step: name, reason });
    };
    const addAll = (references: Reference[], reason: Edge['reason']): void => {
      references.forEach((reference) => {
        add(stepOf(reference), reason);
      });
    };
    if (step.condition !== undefined) addAll(parseCondition(step.condition).references, 'condition');
    addAll(
      referencesIn(step.args ?? {}).map(({ reference }) => reference),
      'args',
    );
    [step.after ?? []].flat().forEach((name) => {
      add(name, 'after');
    });
    // A write must not overtake what stands above it: the file's order is the author's only say on effects.
    if (signatures.get(step.capability)?.effect === 'write')
      steps.slice(0, index).forEach((above) => {
        add(nameOf(above), 'write');
      });
    return { name: nameOf(step), edges: [...edges.values()] };
  });
}

/** Names of steps that wait for each other, first and last the same; `null` when there is no cycle. */
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
