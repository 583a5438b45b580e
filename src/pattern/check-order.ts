/** The order that follows from what steps name: no step waits for itself, and hints that cannot hold are told. */
import { referencesAlong } from './check-circles';
import { edgesOf, findCycle, isGate } from './graph';
import type { Checking } from './check-session';
import type { StepNode } from './check-tree';
import type { Edge } from './plan';

/** Of one list, and of the lists inside it. Names must be there and differ, and every step have its shape. */
export function checkOrder(nodes: readonly StepNode[], checking: Checking): void {
  const edges = edgesOf(nodes.map(({ step }) => step), checking.context);
  const named = new Map(nodes.map((node) => [node.name ?? '', node]));
  const graph = new Map([...edges].map(([name, list]) => [name, list.map(({ step }) => step)]));
  for (let cycle = findCycle(graph); cycle !== null; cycle = findCycle(graph)) {
    reportCycle(cycle, named, edges, checking);
    for (const name of cycle) graph.delete(name);
  }
  for (const node of nodes) {
    warnHint(node, edges.get(node.name ?? '') ?? [], checking);
    checkInside(node, checking);
  }
} // prettier-ignore

/** Everything inside: lists have an order of their own, single steps have none. */
function checkInside(node: StepNode, checking: Checking): void {
  if (node.steps.length > 0) checkOrder(node.steps, checking);
  if (node.do) checkInside(node.do, checking);
  for (const { use } of node.handlers) if ('node' in use) checkInside(use.node, checking);
}

function reportCycle(
  cycle: string[],
  named: ReadonlyMap<string, StepNode>,
  edges: ReadonlyMap<string, Edge[]>,
  { report }: Checking,
): void {
  const [first = ''] = cycle;
  const node = named.get(first);
  const pointer = node?.pointer ?? '/steps';
  if (cycle.length === 2) {
    const suggestion = node?.kind === 'repeat' ? 'in a repeat the result of the last round is "last"' : whatToCut(cycle, named);
    report('PATTERN_INVALID', pointer, `the step "${first}" waits for itself`, suggestion);
    return;
  }
  const why = cycle.slice(0, -1).flatMap((name, i) => reasonFor(name, cycle[i + 1] ?? '', named, edges) ?? []);
  const message = `steps wait for each other: ${cycle.join(' → ')}`;
  const cut = whatToCut(cycle, named);
  const suggestion = why.length === 0 ? cut : ['change the order in the file', ...(cut === undefined ? [] : [cut])].join(', or ');
  report('PATTERN_INVALID', pointer, [message, ...why].join('; '), suggestion);
} // prettier-ignore

function whatToCut(cycle: string[], named: ReadonlyMap<string, StepNode>): string | undefined {
  const [first, ...others] = referencesAlong(cycle, named);
  if (first === undefined) return undefined;
  return others.length === 0
    ? `take out ${first}`
    : `take out one of these references: ${[first, ...others].join(', ')}`;
}

/** References can be seen in the file; that gates and writes wait has to be told. */
function reasonFor(
  name: string,
  other: string,
  named: ReadonlyMap<string, StepNode>,
  edges: ReadonlyMap<string, Edge[]>,
): string | null {
  const reason = edges.get(name)?.find(({ step }) => step === other)?.reason;
  if (reason === 'write') return `"${name}" writes, and so waits for all steps above it`;
  if (reason !== 'gate') return null;
  const node = named.get(name);
  return node && isGate(node.step)
    ? `"${name}" is a gate, and so waits for all steps above it`
    : `"${other}" is a gate, and so all steps below wait for it`;
}

function warnHint({ step, pointer }: StepNode, edges: readonly Edge[], { report }: Checking): void {
  const [first] = edges;
  if (step.parallel !== true || !first) return;
  report(
    'HINT_IGNORED',
    `${pointer}/parallel`,
    `it has to wait for "${first.step}" all the same`,
    'leave parallel out',
  );
}
