/** Names, members and indexes: as much of a path as is known without evaluating becomes a reference. */
import type { ASTNode } from '@marcbachmann/cel-js';
import type { CelNode } from './cel-ast';
import { invalidExpression, unknownName } from './cel-invalid';
import { deeper } from './cel-normalise';
import { parseReference, type Reference } from './reference';

/** Where in the expression the reader is. */
export interface Reading {
  text: string;
  depth: number;
  loops: number;
  /** Names that loops bind. */
  bound: ReadonlySet<string>;
}
export type Read = (node: ASTNode, at: Reading) => CelNode;
type PathNode = Extract<ASTNode, { op: 'id' | '.' | '[]' }>;

/** @throws EngineError LIMIT_EXCEEDED */
export function within(at: Reading): Reading {
  return { ...at, depth: deeper(at.text, at.depth) };
}

/** @throws EngineError CONDITION_INVALID for a name that is nothing, REFERENCE_UNRESOLVED for a refused segment */
export function readPath(node: PathNode, at: Reading, read: Read): CelNode {
  const place = { start: node.range.start, end: node.range.end };
  if (node.op === 'id' && at.bound.has(node.args)) return { ...place, kind: 'variable', name: node.args };
  if (node.op === '.' && node.args[1] === 'length')
    return { ...place, kind: 'call', name: 'size', method: false, args: [read(node.args[0], at)] };
  const path = staticPath(node);
  if (path !== null && !at.bound.has(path[0] ?? ''))
    return { ...place, kind: 'reference', reference: referenceTo(path, at) };
  if (node.op === 'id') throw invalidExpression(at.text, `"${node.args}" is unknown`);
  const of = read(node.args[0], at);
  if (node.op === '[]') return { ...place, kind: 'index', of, index: read(node.args[1], within(at)) };
  return { ...place, kind: 'select', of, key: allowed(node.args[1]) };
}

function referenceTo(path: string[], at: Reading): Reference {
  const reference = parseReference(path.join('.'));
  const { root } = reference;
  if (reference.path.length === path.length) throw unknownName(at.text, reference.text);
  if ((root === 'state' || root === 'steps') && reference.path.length === 0)
    throw invalidExpression(at.text, `after "${root}" comes the name of a step, as in ${root}.positions`);
  return reference;
}

/** @throws EngineError REFERENCE_UNRESOLVED for a segment that no reference may have */
function allowed(segment: string): string {
  parseReference(`state.${segment}`);
  return segment;
}

/** `a.b[0].c` as segments when every part is known without evaluating. */
function staticPath(node: ASTNode): string[] | null {
  if (node.op === 'id') return [node.args];
  if (node.op === '.') return extended(node.args[0], node.args[1]);
  if (node.op !== '[]' || node.args[1].op !== 'value') return null;
  const index = node.args[1].args;
  if (typeof index === 'bigint') return extended(node.args[0], String(index));
  return typeof index === 'string' && /^[^.{}\s]+$/.test(index) ? extended(node.args[0], index) : null;
}

function extended(node: ASTNode, segment: string): string[] | null {
  const head = staticPath(node);
  return head && [...head, segment];
}
