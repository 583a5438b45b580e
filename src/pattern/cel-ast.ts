/** An expression as a tree that evaluator, type checker and printer walk: references resolved to paths, sugar gone. */
import type { Reference } from './reference';

/** Every number is a double, as in JSON, so there is one kind of it. */
export type Arithmetic = '+' | '-' | '*' | '/' | '%';
export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=';
export type LoopName = 'all' | 'exists' | 'exists_one' | 'map' | 'filter';

interface Place {
  /** Where it stands in the normalised text, without brackets around it. */
  start: number;
  end: number;
}

export type CelNode = Place &
  (
    | { kind: 'literal'; value: string | number | boolean | null }
    /** A path known without evaluating. */
    | { kind: 'reference'; reference: Reference }
    /** What a loop binds. */
    | { kind: 'variable'; name: string }
    | { kind: 'select'; of: CelNode; key: string }
    | { kind: 'index'; of: CelNode; index: CelNode }
    | { kind: 'list'; items: CelNode[] }
    | { kind: 'object'; entries: { key: CelNode; value: CelNode }[] }
    | { kind: 'if'; condition: CelNode; then: CelNode; otherwise: CelNode }
    | { kind: 'logic'; operator: '&&' | '||'; left: CelNode; right: CelNode }
    | { kind: 'not' | 'minus'; of: CelNode }
    | { kind: 'binary'; operator: Arithmetic | Comparison | 'in'; left: CelNode; right: CelNode }
    /** A method's receiver is the first of `args`. */
    | { kind: 'call'; name: string; method: boolean; args: CelNode[] }
    | { kind: 'has'; of: CelNode }
    | { kind: 'loop'; name: LoopName; of: CelNode; variable: string; filter: CelNode | null; body: CelNode }
  );

export type NodeOf<K extends CelNode['kind']> = Extract<CelNode, { kind: K }>;

export function isArithmetic(operator: string): operator is Arithmetic {
  return ['+', '-', '*', '/', '%'].includes(operator);
}

/** The nodes directly below one. */
export function childrenOf(node: CelNode): CelNode[] {
  switch (node.kind) {
    case 'literal':
    case 'reference':
    case 'variable':
      return [];
    case 'select':
    case 'not':
    case 'minus':
    case 'has':
      return [node.of];
    case 'index':
      return [node.of, node.index];
    case 'list':
      return node.items;
    case 'object':
      return node.entries.flatMap(({ key, value }) => [key, value]);
    case 'if':
      return [node.condition, node.then, node.otherwise];
    case 'logic':
    case 'binary':
      return [node.left, node.right];
    case 'call':
      return node.args;
    case 'loop':
      return node.filter ? [node.of, node.filter, node.body] : [node.of, node.body];
  }
}

/** The references of a tree, each once, in the order in which they stand. */
export function referencesOf(root: CelNode): Reference[] {
  const found = new Map<string, Reference>();
  const visit = (node: CelNode): void => {
    if (node.kind === 'reference') found.set(node.reference.text, node.reference);
    childrenOf(node).forEach(visit);
  };
  visit(root);
  return [...found.values()];
}
