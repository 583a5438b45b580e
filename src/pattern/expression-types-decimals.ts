/** Amounts in calculations and comparisons: each of them wrapped in `decimal()`, or one problem with the whole fix. */
import { type CelNode, isArithmetic, type NodeOf } from './cel-ast';
import { printCel } from './cel-print';
import { toDecimal } from './decimal-exact';
import { isAmount, isOnly, kinds } from './expression-types-schemas';
import type { Infer, Typing } from './expression-types-typing';

/** Whether amounts are used as they are, or decimals beside what is none. */
export function mixesDecimals(node: NodeOf<'binary'>, typing: Typing, infer: Infer): boolean {
  const leaves = leavesOf(node, typing, infer);
  // A joined text is one value, and asking for null is always right.
  if (leaves.includes(node) || leaves.some((leaf) => isOnly(infer(leaf, typing), 'null'))) return false;
  if (leaves.some((leaf) => isAmount(infer(leaf, typing)))) return true;
  const isDecimal = leaves.some((leaf) => isOnly(infer(leaf, typing), 'decimal'));
  return isDecimal && leaves.some((leaf) => !kinds(infer(leaf, typing)).has('decimal'));
}

export function reportDecimals(node: NodeOf<'binary'>, typing: Typing, infer: Infer): void {
  const leaves = leavesOf(node, typing, infer);
  const isAsText = leaves.some((leaf) => isAmount(infer(leaf, typing)));
  const message = isAsText
    ? `amounts are texts, and ${isArithmetic(node.operator) ? 'have no' : 'compare as texts with'} "${node.operator}"`
    : 'a decimal goes with decimals alone';
  const instead = (part: CelNode): string | null => {
    if (!leaves.includes(part) || kinds(infer(part, typing)).has('decimal')) return null;
    return `decimal(${typing.source(part)})`;
  };
  const isFixable = node.operator !== '%' && leaves.every((leaf) => mayBeDecimal(leaf, typing, infer));
  typing.report(node, message, isFixable ? printCel(node, { instead }) : undefined);
}

function mayBeDecimal(leaf: CelNode, typing: Typing, infer: Infer): boolean {
  if (leaf.kind === 'literal' && typeof leaf.value === 'string') return toDecimal(leaf.value) !== null;
  const found = kinds(infer(leaf, typing));
  return found.has('number') || found.has('string') || found.has('decimal');
}

function leavesOf(node: NodeOf<'binary'>, typing: Typing, infer: Infer): CelNode[] {
  if (isArithmetic(node.operator)) return calculated(node, typing, infer);
  return [...calculated(node.left, typing, infer), ...calculated(node.right, typing, infer)];
}

/** What is calculated with, through all arithmetic below; a text that is joined to others is one value. */
function calculated(node: CelNode, typing: Typing, infer: Infer): CelNode[] {
  if (node.kind === 'minus') return calculated(node.of, typing, infer);
  if (node.kind !== 'binary' || !isArithmetic(node.operator)) return [node];
  const parts = [...calculated(node.left, typing, infer), ...calculated(node.right, typing, infer)];
  const isJoined = node.operator === '+' && parts.some((part) => isPlainText(part, typing, infer));
  return isJoined ? [node] : parts;
}

function isPlainText(node: CelNode, typing: Typing, infer: Infer): boolean {
  // Of calculations only a joined text is a part.
  if (node.kind === 'binary' && isArithmetic(node.operator)) return true;
  if (node.kind === 'literal') return typeof node.value === 'string' && toDecimal(node.value) === null;
  const schema = infer(node, typing);
  return isOnly(schema, 'string') && !isAmount(schema);
}
