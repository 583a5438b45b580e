/** `item`, `index`, `last` and `error` within another of the same name: which one is meant is worth a warning. */
import { type CheckScope, findLocalType } from './check-scope';
import type { Checking } from './check-session';
import type { StepNode } from './check-tree';
import { usesOf } from './graph-uses';
import { referencesIn } from './reference';
import { localNames, type LocalName } from './scope';

/** Only where the name is used is it a question. */
export function warnHidden(node: StepNode, names: readonly LocalName[], checking: Checking): void {
  const { step, do: inner } = node;
  const until = step.repeat ? namesIn(() => usesOf({ repeat: { ...step.repeat, do: {} } } as StepNode['step'])) : [];
  const used = inner ? [...until, ...namesIn(() => usesOf(inner.step))] : [];
  warn(node, names.filter((name) => used.includes(name)), `${node.pointer}/${node.kind}`, checking);
} // prettier-ignore

/** The same for `error` in a handler of a handler. */
export function warnHiddenError(node: StepNode, checking: Checking): void {
  const isUsed = node.handlers.some(({ use }) => {
    const find = (): { reference: { root: string } }[] =>
      'node' in use ? usesOf(use.node.step) : referencesIn(use.value);
    return namesIn(find).includes('error');
  });
  if (isUsed) warn(node, ['error'], node.pointer, checking);
}

function warn(node: StepNode, names: readonly LocalName[], pointer: string, checking: Checking): void {
  for (const name of names) {
    if (!findLocalType(node.scope, name) || isKept(name, node.scope)) continue;
    const message = `inside, "${name}" is that of this step, not of the one around it`;
    const suggestion = `keep the outer one: a compute step with "compute": "${name}" before it`;
    checking.report('NAME_HIDDEN', pointer, message, suggestion);
  }
}

/** A step inside may have any shape; what is wrong with it is told elsewhere. */
function namesIn(find: () => { reference: { root: string } }[]): LocalName[] {
  try {
    const roots = new Set(find().map(({ reference }) => reference.root));
    return localNames.filter((name) => roots.has(name));
  } catch {
    return [];
  }
}

/** Whether the outer one has a name of its own, so that nobody can mean it by this one. */
function isKept(name: LocalName, scope: CheckScope): boolean {
  for (let at: CheckScope | null = scope; at && !at.locals[name]; at = at.parent) {
    if ([...at.steps.values()].some(({ step }) => keeps(step.compute, name))) return true;
  }
  return false;
}

function keeps(compute: string | Record<string, string> | undefined, name: LocalName): boolean {
  const sources = typeof compute === 'string' ? [compute] : Object.values(compute ?? {});
  return sources.some((source) => source.trim().split('.')[0] === name);
}
