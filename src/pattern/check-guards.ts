/** What an expression says about `null`: which paths are not null where it is true, and which it uses without asking. */
import { type CelNode, childrenOf, isArithmetic } from './cel-ast';
import { printCel } from './cel-print';
import { treeOf } from './expression';
import type { Reference } from './reference';

export interface Guards {
  /** Paths that are not null where the expression is true, as `pathKey` writes them, with all paths above them. */
  paths: string[];
  /** Its parts joined by `&&`, each of them true where it is. */
  parts: string[];
}

const none: Guards = { paths: [], parts: [] };

/** Of an expression that cannot be read nothing is known. */
export function guardsOf(source: string | undefined): Guards {
  const tree = source === undefined ? null : quietTree(source);
  if (!tree) return none;
  return { paths: [...notNull(tree, true)].flatMap(withParents), parts: conjuncts(tree).map((part) => printCel(part)) };
} // prettier-ignore

/** References that make the expression fail when they are null, and that it asks about nowhere. */
export function unguardedReferences(source: string): Reference[] {
  const tree = quietTree(source);
  if (!tree) return [];
  const used = new Map<string, Reference>();
  const asked = new Set<string>();
  collect(tree, used, asked);
  return [...used].filter(([key]) => !withParents(key).some((path) => asked.has(path))).map(([, use]) => use);
}

/** `state.x.y`: one text for one path, however it is written. */
export function pathKey({ root, path }: Pick<Reference, 'root' | 'path'>): string {
  return [root, ...path].join('.');
}

/** A path and the paths above it, down to the step or input that it begins with. */
export function withParents(key: string): string[] {
  const segments = key.split('.');
  const first = ['state', 'inputs', 'steps', 'ctx'].includes(segments[0] ?? '') ? 2 : 1;
  return segments.map((_, i) => segments.slice(0, i + 1).join('.')).slice(first - 1);
}

function quietTree(source: string): CelNode | null {
  try {
    return treeOf(source);
  } catch {
    return null;
  }
}

function conjuncts(node: CelNode): CelNode[] {
  if (node.kind !== 'logic' || node.operator !== '&&') return [node];
  return [...conjuncts(node.left), ...conjuncts(node.right)];
}

/** The paths that cannot be null when the node is `truth`. */
function notNull(node: CelNode, truth: boolean): Set<string> {
  switch (node.kind) {
    case 'not':
      return notNull(node.of, !truth);
    case 'logic': {
      const [left, right] = [notNull(node.left, truth), notNull(node.right, truth)];
      const isBoth = (node.operator === '&&') === truth;
      return isBoth ? new Set([...left, ...right]) : new Set([...left].filter((key) => right.has(key)));
    }
    case 'binary':
      return notNullIn(node, truth);
    case 'has':
      return truth ? keysOf([node.of]) : new Set();
    case 'reference':
      return keysOf([node]);
    case 'call':
      return keysOf(node.args);
    case 'loop':
      return keysOf([node.of]);
    default:
      return new Set();
  }
}

function notNullIn(node: Extract<CelNode, { kind: 'binary' }>, truth: boolean): Set<string> {
  const { operator, left, right } = node;
  if (operator !== '==' && operator !== '!=') return keysOf([left, right]);
  if ((operator === '==') !== truth) {
    const other = isNull(left) ? right : isNull(right) ? left : null;
    return other ? keysOf([other]) : new Set();
  }
  return isNull(left) || isNull(right) ? new Set() : ofStatus(node) ?? keysOf(isConstant(left) || isConstant(right) ? [left, right] : []);
} // prettier-ignore

/** `steps.x.status == "success"` says that `state.x` is there. */
function ofStatus({ left, right }: Extract<CelNode, { kind: 'binary' }>): Set<string> | null {
  const of = [left, right].find((side) => side.kind === 'reference' && side.reference.root === 'steps');
  const isSuccess = [left, right].some((side) => side.kind === 'literal' && side.value === 'success');
  if (!isSuccess || of?.kind !== 'reference' || of.reference.path[1] !== 'status') return null;
  return new Set([`state.${of.reference.path[0] ?? ''}`]);
}

function keysOf(nodes: readonly CelNode[]): Set<string> {
  return new Set(nodes.flatMap((node) => (node.kind === 'reference' ? [pathKey(node.reference)] : [])));
}

function isNull(node: CelNode): boolean {
  return node.kind === 'literal' && node.value === null;
}

function isConstant(node: CelNode): boolean {
  return node.kind === 'literal' && node.value !== null;
}

function collect(node: CelNode, used: Map<string, Reference>, asked: Set<string>): void {
  for (const child of strictOperands(node)) {
    if (child.kind === 'reference') used.set(pathKey(child.reference), child.reference);
  }
  for (const key of askedIn(node)) asked.add(key);
  for (const child of childrenOf(node)) collect(child, used, asked);
}

/** The operands that may not be null. */
function strictOperands(node: CelNode): CelNode[] {
  switch (node.kind) {
    case 'binary':
      if (node.operator === 'in') return [node.right];
      return isArithmetic(node.operator) || !['==', '!='].includes(node.operator)
        ? [node.left, node.right]
        : [];
    case 'logic':
      return [node.left, node.right];
    case 'not':
    case 'minus':
    case 'loop':
      return [node.of];
    case 'call':
      return node.name === 'dyn' ? [] : node.args;
    case 'if':
      return [node.condition];
    default:
      return [];
  }
}

function askedIn(node: CelNode): string[] {
  if (node.kind === 'has') return [...keysOf([node.of])].flatMap(withParents);
  if (node.kind === 'reference' && node.reference.root === 'steps')
    return [`state.${node.reference.path[0] ?? ''}`];
  if (node.kind !== 'binary' || (node.operator !== '==' && node.operator !== '!=')) return [];
  if (!isNull(node.left) && !isNull(node.right)) return [];
  return [...keysOf([node.left, node.right])].flatMap(withParents);
}
