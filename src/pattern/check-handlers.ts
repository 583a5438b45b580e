/** What takes over a failure: known codes, values that can stand for the result, entries that can be reached. */
import { checkErrorCodes, declaredBy } from './check-error-codes';
import { warnHiddenError } from './check-locals';
import type { Checking } from './check-session';
import { siteOf } from './check-site';
import { checkTemplate } from './check-templates';
import type { HandlerNode, StepNode } from './check-tree';
import { isStep } from './step-schema';

export function checkHandlers(node: StepNode, checking: Checking): void {
  const { step, pointer, handlers } = node;
  if (handlers.length === 0) return;
  const declared = declaredBy([node], checking);
  (step.on_error ?? []).forEach(({ match }, i) => {
    const codes = match.map((code) => (code === '*' ? 'INTERNAL' : code));
    checkErrorCodes(codes, `${pointer}/on_error/${String(i)}/match`, declared, checking);
  });
  for (const handler of handlers) checkValue(handler, node, checking);
  warnUnreachable(node, checking);
  warnHiddenError(node, checking);
}

/** A value in place of a capability's result is read as that result. */
function checkValue({ use, pointer, scope }: HandlerNode, { step }: StepNode, checking: Checking): void {
  if ('node' in use) return;
  const signature = checking.context.signatures.get(step.capability ?? '');
  const site = siteOf(checking, scope, 'RESULT_INVALID');
  if (use.value === null && signature)
    checking.report(
      'RESULT_INVALID',
      pointer,
      'null is no result',
      'write "optional": true for a missing value',
    );
  else checkTemplate(use.value, signature?.result ?? {}, pointer, site, 'fine');
}

function warnUnreachable({ step, pointer }: StepNode, { report }: Checking): void {
  const entries = step.on_error ?? [];
  const taken = new Set<string>();
  entries.forEach(({ match }, i) => {
    const place = `${pointer}/on_error/${String(i)}`;
    const fresh = match.filter((code) => !isTaken(code, taken));
    if (match.includes('EXECUTION_CANCELLED'))
      report('NEVER_USED', `${place}/match`, 'a cancellation is never caught', 'take EXECUTION_CANCELLED out');
    if (fresh.length === 0)
      report('NEVER_USED', place, 'the entries above it take all its codes', 'put it before them');
    for (const code of match) taken.add(code);
  });
  const isAllTaken = taken.has('*');
  if (step.fallback !== undefined && isAllTaken)
    report('NEVER_USED', `${pointer}/fallback`, 'the entry with "*" takes every failure before it', 'keep one of the two');
  // A handler that is a step may fail itself, and `optional` takes that.
  const uses = [...entries.map(({ use }) => use), ...(step.fallback === undefined ? [] : [step.fallback])];
  const isCaught = (isAllTaken || step.fallback !== undefined) && !uses.some(isStep);
  if (step.optional === true && isCaught)
    report('NEVER_USED', `${pointer}/optional`, 'every failure is caught before it comes to that', 'leave optional out');
} // prettier-ignore

/** `"*"` does not take mistakes in the pattern itself. */
const mistakes = ['REFERENCE_UNRESOLVED', 'CONDITION_INVALID', 'ARGS_INVALID', 'RESULT_INVALID'];

function isTaken(code: string, taken: ReadonlySet<string>): boolean {
  return taken.has(code) || (taken.has('*') && !mistakes.includes(code));
}
