/** Codes of failures that a pattern names: of the table of errors, or declared by a capability that can give them. */
import { errorCodes } from '../contract/errors';
import { findPattern } from './check-context';
import type { Checking } from './check-session';
import type { StepNode } from './check-tree';

const table: readonly string[] = Object.keys(errorCodes);

export function checkErrorCodes(
  codes: readonly string[],
  pointer: string,
  declared: readonly string[] | null,
  checking: Checking,
): void {
  if (declared === null) return;
  codes.forEach((code, i) => {
    if (isKnownCode(code, declared)) return;
    const message = `"${code}" is neither in the table of errors nor declared by a capability that is called here`;
    const suggestion = checking.suggest(code, [...declared, ...table]);
    checking.report('ERROR_CODE_UNKNOWN', `${pointer}/${String(i)}`, message, suggestion);
  });
}

export function isKnownCode(code: string, declared: readonly string[]): boolean {
  return table.includes(code) || declared.includes(code);
}

/**
 * The codes that the capabilities declare which a step calls, the steps inside it and its sub-patterns included;
 * `null` when one of them is not there, so that nobody can say what it declares.
 */
export function declaredBy(nodes: readonly StepNode[], checking: Checking): string[] | null {
  const found = new Set<string>();
  return collect(nodes, checking, found, new Set()) ? [...found] : null;
}

/** Whether everything that is called is there. */
function collect(
  nodes: readonly StepNode[],
  checking: Checking,
  found: Set<string>,
  seen: Set<string>,
): boolean {
  let isKnown = true;
  for (const { step, steps, do: inner, handlers } of nodes) {
    const signature = checking.context.signatures.get(step.capability ?? '');
    if (step.capability !== undefined && !signature) isKnown = false;
    for (const code of signature?.errors ?? []) found.add(code);
    const caught = handlers.flatMap(({ use }) => ('node' in use ? [use.node] : []));
    isKnown = collect([...steps, ...(inner ? [inner] : []), ...caught], checking, found, seen) && isKnown;
    if (step.pattern === undefined || seen.has(step.pattern)) continue;
    seen.add(step.pattern);
    const pattern = findPattern(step.pattern, checking.context);
    isKnown = pattern !== null && collect(checking.treeOf(pattern).nodes, checking, found, seen) && isKnown;
  }
  return isKnown;
}
