/** Inputs and results that nothing uses. A step that changes something, or that others wait for as a gate, is its own use. */
import { escapePointer } from '../validate';
import type { Checking } from './check-session';
import type { StepNode } from './check-tree';
import { effectOf, isGate } from './graph';
import { usesOf } from './graph-uses';
import { parseReference, type Reference, referencesIn } from './reference';

export function warnUnused(checking: Checking): void {
  const used = usedNames(checking);
  const { pattern, tree, report } = checking;
  for (const name of Object.keys(pattern.inputs ?? {})) {
    if (!used.has(`inputs.${name}`))
      report('UNUSED', `/inputs/${escapePointer(name)}`, `nothing uses the input "${name}"`);
  }
  for (const node of listed(tree.nodes)) {
    if (node.name === null || used.has(node.name) || isOwnUse(node, checking)) continue;
    report('UNUSED', node.pointer, `nothing uses the result "${node.name}"`);
  }
}

/** The steps of all lists: one that stands alone in a map or loop is used by that. */
function listed(nodes: readonly StepNode[]): StepNode[] {
  const below = (node: StepNode): StepNode[] => [
    ...listed(node.steps),
    ...(node.do ? below(node.do) : []),
    ...node.handlers.flatMap(({ use }) => ('node' in use ? below(use.node) : [])),
  ];
  return nodes.flatMap((node) => [node, ...below(node)]);
}

function isOwnUse(node: StepNode, { context }: Checking): boolean {
  if (isGate(node.step) || effectOf(node.step, context) === 'write') return true;
  return node.steps.some(({ step }) => isGate(step));
}

function usedNames({ pattern, tree }: Checking): Set<string> {
  const references = [
    ...tree.nodes.flatMap(({ step }) => usesOf(step).map(({ reference }) => reference)),
    ...outputReferences(pattern.outputs),
    ...(pattern.display?.panels ?? []).flatMap(({ source }) => sourceReference(source)),
  ];
  return new Set(references.flatMap(nameIn));
}

function nameIn({ root, path: [head] }: Reference): string[] {
  if (head === undefined) return [];
  if (root === 'inputs') return [`inputs.${head}`];
  return root === 'state' || root === 'steps' ? [head] : [];
}

function outputReferences(outputs: Checking['pattern']['outputs']): Reference[] {
  if (Array.isArray(outputs)) return outputs.map((name) => ({ root: 'state', path: [name], text: name }));
  return quietly(() => referencesIn(outputs).map(({ reference }) => reference));
}

function sourceReference(source: string): Reference[] {
  return quietly(() => [parseReference(source)]);
}

function quietly(find: () => Reference[]): Reference[] {
  try {
    return find();
  } catch {
    return [];
  }
}
