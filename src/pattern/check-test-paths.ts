/** Paths of steps as tests and traces write them: `group.step`, `rows.0.step`, `sub.step`, `rates:fallback`. */
import { findPattern } from './check-context';
import type { Checking } from './check-session';
import type { StepNode } from './check-tree';

/** The step at a path, or `null` when there can be none. */
export function nodeAtPath(path: string, checking: Checking): StepNode | null {
  return path.length > 1000 ? null : inList(checking.tree.nodes, path, checking);
}

function inList(nodes: readonly StepNode[], path: string, checking: Checking): StepNode | null {
  const [name = ''] = /^[a-z][a-z0-9_]*/.exec(path) ?? [];
  const node = nodes.find((other) => other.name === name);
  return node ? below(node, path.slice(name.length), checking) : null;
}

/** @param rest what comes behind the step's own part of the path */
function below(node: StepNode, rest: string, checking: Checking): StepNode | null {
  if (rest === '' || node.isOpaque) return node;
  if (rest === ':undo') return node.step.compensate ? node : null;
  const [handler, place] = /^:(?:fallback|on_error\.([0-9]+))/.exec(rest) ?? [];
  if (handler !== undefined) {
    const entries = (node.step.on_error ?? []).length;
    const at = place === undefined ? entries : Number(place);
    // A fallback stands behind all entries.
    const use = place === undefined || at < entries ? node.handlers[at]?.use : undefined;
    return use && 'node' in use ? below(use.node, rest.slice(handler.length), checking) : null;
  }
  if (node.do) {
    const [item] = /^\.[0-9]+/.exec(rest) ?? [];
    return item === undefined ? null : below(node.do, rest.slice(item.length), checking);
  }
  if (!rest.startsWith('.')) return null;
  if (node.steps.length > 0) return inList(node.steps, rest.slice(1), checking);
  const pattern = node.step.pattern === undefined ? null : findPattern(node.step.pattern, checking.context);
  return pattern && inList(checking.treeOf(pattern).nodes, rest.slice(1), checking);
}

/** Paths that come close, for a suggestion: those of all steps that are in no map or loop. */
export function knownPaths(nodes: readonly StepNode[], prefix = ''): string[] {
  return nodes.flatMap((node) => {
    const path = `${prefix}${node.name ?? ''}`;
    return [path, ...knownPaths(node.steps, `${path}.`)];
  });
}
