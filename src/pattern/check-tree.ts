/** The steps of a pattern as a tree, each with its place in the file and with what it can see. */
import type { Shape } from './check-shape';
import { guardsOf, pathKey, withParents } from './check-guards';
import { type CheckScope, openScope, type Typed } from './check-scope';
import { wholeReference } from './reference';
import type { LocalName } from './scope';
import { isStep, kindOf, nameOf, type Step, type StepKind } from './step-schema';

export interface StepNode {
  step: Step;
  kind: StepKind;
  /** `null` where it needs none: in a map, a loop, in place of a failed step. */
  name: string | null;
  pointer: string;
  parent: StepNode | null;
  /** What its condition sees. */
  around: CheckScope;
  /** What its arguments see: there its condition is true. */
  scope: CheckScope;
  /** What a group's outputs, or `until`, see. */
  inner: CheckScope;
  /** A group's. */
  steps: StepNode[];
  /** A map's or loop's. */
  do: StepNode | null;
  handlers: HandlerNode[];
  /** Its shape is wrong: nothing is known of it, and nothing in it is looked at. */
  isOpaque: boolean;
}

export interface HandlerNode {
  match: string[];
  pointer: string;
  /** What a value sees: `error` as well. */
  scope: CheckScope;
  use: { node: StepNode } | { value: unknown };
}

/** What the locals of a step's inside hold; asked for when needed. */
export type LocalTypes = (node: StepNode, name: LocalName) => Typed;

export interface StepTree {
  nodes: StepNode[];
  root: CheckScope;
  /** Every step, inner ones included, in file order. */
  all: StepNode[];
}

export function treeOf(steps: readonly unknown[], bad: Shape['bad'], locals: LocalTypes): StepTree {
  const all: StepNode[] = [];
  const build: Building = { bad, locals, all };
  const own = new Map<string, StepNode>();
  const root = openScope(null, { steps: own });
  const nodes = listOf(steps, { pointer: '/steps', around: root, parent: null, names: own }, build);
  return { nodes, root, all };
}

interface Building {
  bad: Shape['bad'];
  locals: LocalTypes;
  all: StepNode[];
}
interface Where {
  pointer: string;
  around: CheckScope;
  parent: StepNode | null;
}

function listOf(
  steps: readonly unknown[],
  { pointer, around, parent, names }: Where & { names: Map<string, StepNode> },
  build: Building,
): StepNode[] {
  return steps.map((step, i) => {
    const node = nodeOf(step, { pointer: `${pointer}/${String(i)}`, around, parent }, build);
    // Of two steps with one name the first is meant; the second is a problem of its own.
    if (node.name !== null && !names.has(node.name)) names.set(node.name, node);
    return node;
  });
}

function nodeOf(source: unknown, { pointer, around, parent }: Where, build: Building): StepNode {
  const isOpaque = build.bad.has(pointer);
  const step = (isOpaque ? {} : source) as Step;
  const scope = openScope(around, { guards: guardsOf(step.condition) });
  const name = isOpaque ? nameOfAny(source) : nameOf(step);
  const kind = kindOf(step) ?? 'capability';
  const node: StepNode = {
    ...{ step, kind, name, pointer, parent, around, scope, inner: scope, isOpaque },
    ...{ steps: [], do: null, handlers: [] },
  };
  build.all.push(node);
  if (step.steps) addGroup(node, step.steps, build);
  if (step.map) addMap(node, step.map, build);
  if (step.repeat) addRepeat(node, step.repeat.do, build);
  node.handlers = handlersOf(node, build);
  return node;
}

/** The name that a step with a wrong shape would have: others may rightly refer to it. */
function nameOfAny(source: unknown): string | null {
  const { as, capability } = (source ?? {}) as Record<string, unknown>;
  if (as !== undefined) return typeof as === 'string' ? as : null;
  return typeof capability === 'string' ? nameOf({ capability }) : null;
}

function addGroup(node: StepNode, steps: readonly unknown[], build: Building): void {
  const names = new Map<string, StepNode>();
  node.inner = openScope(node.scope, { steps: names });
  const where = { pointer: `${node.pointer}/steps`, around: node.inner, parent: node, names };
  node.steps = listOf(steps, where, build);
}

function addMap(node: StepNode, map: NonNullable<Step['map']>, build: Building): void {
  const guards = { paths: pathsOf(map.in), parts: [] };
  const around = openScope(node.scope, { locals: localsOf(node, ['item', 'index'], build), guards });
  node.do = nodeOf(map.do, { pointer: `${node.pointer}/map/do`, around, parent: node }, build);
}

function addRepeat(node: StepNode, inner: Step, build: Building): void {
  const around = openScope(node.scope, { locals: localsOf(node, ['last', 'index'], build) });
  node.do = nodeOf(inner, { pointer: `${node.pointer}/repeat/do`, around, parent: node }, build);
  // After a round `last` is what it gave.
  const last = (): Typed => {
    const { schema, missing } = build.locals(node, 'last');
    return { schema, missing: missing.filter(({ why }) => why !== firstRound) };
  };
  node.inner = openScope(around, { locals: { last } });
}

export const firstRound = 'is null in the first round';

function handlersOf(node: StepNode, build: Building): HandlerNode[] {
  const { on_error = [], fallback } = node.step;
  const scope = openScope(node.scope, { locals: localsOf(node, ['error'], build) });
  const handler = (match: string[], use: unknown, pointer: string): HandlerNode => ({
    match,
    pointer,
    scope,
    use: isStep(use) ? { node: nodeOf(use, { pointer, around: scope, parent: node }, build) } : { value: use },
  });
  const entries = on_error.map(({ match, use }, i) => handler(match, use, `${node.pointer}/on_error/${String(i)}/use`));
  return fallback === undefined ? entries : [...entries, handler(['*'], fallback, `${node.pointer}/fallback`)];
} // prettier-ignore

function localsOf(node: StepNode, names: LocalName[], { locals }: Building): CheckScope['locals'] {
  return Object.fromEntries(names.map((name) => [name, () => locals(node, name)]));
}

/** Where there is an item, the list is not missing. */
function pathsOf(template: unknown): string[] {
  if (typeof template !== 'string') return [];
  try {
    const reference = wholeReference(template);
    return reference ? withParents(pathKey(reference)) : [];
  } catch {
    return [];
  }
}
