/** Steps that wait for each other: which they are, and which references make them wait. */
import type { CheckContext } from './check-context';
import type { Report } from './check-session';
import type { StepNode } from './check-tree';
import { edgesOf } from './graph';
import { usesOf } from './graph-uses';
import type { ProblemCode } from './problem-codes';
import { stepOf } from './reference';

/** They follow from the circle, or nobody can say before it is cut. */
const followUps: readonly ProblemCode[] = ['POSSIBLY_MISSING', 'POSSIBLY_NULL', 'UNUSED'];
const maximumNamed = 4;

/** Pointers of all steps that wait for themselves, directly or through others. */
export function pointersInCircles(nodes: readonly StepNode[], context: CheckContext): string[] {
  const edges = edgesOf(
    nodes.map(({ step }) => step),
    context,
  );
  const own = nodes.filter(({ name }) => name !== null && reaches(name, name, edges));
  const inside = nodes.flatMap((node) => listsIn(node).flatMap((list) => pointersInCircles(list, context)));
  return [...own.map(({ pointer }) => pointer), ...inside];
}

/** The lists of steps inside a step, each with an order of its own. */
function listsIn(node: StepNode): StepNode[][] {
  const single = [
    ...(node.do ? [node.do] : []),
    ...node.handlers.flatMap(({ use }) => ('node' in use ? [use.node] : [])),
  ];
  return [...(node.steps.length > 0 ? [node.steps] : []), ...single.flatMap(listsIn)];
}

function reaches(from: string, to: string, edges: ReturnType<typeof edgesOf>): boolean {
  const seen = new Set<string>();
  const open = [from];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    for (const { step } of edges.get(name) ?? []) {
      if (step === to) return true;
      if (!seen.has(step)) open.push(step);
      seen.add(step);
    }
  }
  return false;
}

/** Without what would be told of a step in a circle beside the circle itself. */
export function quietInCircles(report: Report, pointers: readonly string[]): Report {
  if (pointers.length === 0) return report;
  const isInside = (at: string): boolean =>
    pointers.some((pointer) => at === pointer || at.startsWith(`${pointer}/`));
  return (code, pointer, ...told) => {
    if (!followUps.includes(code) || !isInside(pointer)) report(code, pointer, ...told);
  };
}

/** The references along a circle (its names, first and last the same), those to a step further down in the file first. */
export function referencesAlong(circle: readonly string[], named: ReadonlyMap<string, StepNode>): string[] {
  const order = [...named.keys()];
  const found = circle.slice(0, -1).flatMap((name, i) => {
    const other = circle[i + 1] ?? '';
    const step = named.get(name)?.step;
    const use = step && usesOf(step).find(({ reference }) => stepOf(reference) === other);
    if (!use) return [];
    const text = use.reason === 'after' ? `"after": "${other}"` : use.reference.text;
    return [{ text: `${text} in "${name}"`, isDown: order.indexOf(other) >= order.indexOf(name) }];
  });
  const down = found.filter(({ isDown }) => isDown);
  return [...down, ...found.filter(({ isDown }) => !isDown)].slice(0, maximumNamed).map(({ text }) => text);
}
