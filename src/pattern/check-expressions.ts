/** Expressions where they stand: their references, their types, and what in them may be missing. */
import { escapePointer } from '../validate';
import { guardsOf, pathKey, unguardedReferences } from './check-guards';
import { holdsUnreadableName } from './check-misnamed';
import { checkReference, fixFor, lookUp, reasonOf, suggestBare } from './check-references';
import { typeInExpression } from './check-schemas';
import type { Site } from './check-site';
import { checkExpression, type ExpressionProblem } from './expression-types';
import { askForNull } from './expression-types-infer';
import { isProblemCode } from './problem-codes';

/** Names of a `compute`; each is an expression of its own. */
export const maximumNames = 200;

export function checkCel(source: string, pointer: string, expected: 'bool' | 'any', site: Site): void {
  const { checking, scope, report } = site;
  if (holdsUnreadableName(source, checking)) return;
  const typeOf = (reference: Parameters<typeof lookUp>[0]) => typeInExpression(reference, scope, checking);
  const { problems, references } = checkExpression(source, typeOf, expected);
  for (const problem of problems) {
    const code = isProblemCode(problem.code) ? problem.code : 'CONDITION_INVALID';
    // The code speaks of conditions; a computation is none.
    const of = code === 'CONDITION_INVALID' && expected === 'any' ? 'in this expression, ' : '';
    report(code, pointer, `${of}${problem.message}`, adviceFor(problem, pointer, site));
  }
  for (const reference of references) checkReference(reference, pointer, scope, checking, report);
  if (problems.length === 0) warnOfMissing(source, pointer, site);
}

function adviceFor(
  { suggestion, unknown }: ExpressionProblem,
  pointer: string,
  site: Site,
): string | undefined {
  if (unknown !== undefined)
    return suggestBare(unknown, site.scope, site.checking) ?? 'names begin with inputs, state, steps or ctx';
  return suggestion === askForNull && pointer.endsWith('/condition')
    ? `${askForNull}, or remove the condition`
    : suggestion;
}

function warnOfMissing(source: string, pointer: string, { checking, scope, report, warned }: Site): void {
  const own = new Set(guardsOf(source).parts);
  for (const reference of unguardedReferences(source)) {
    const found = lookUp(reference, scope, checking);
    // An expression that repeats the other's condition is false where the value is missing.
    const missing = found.missing.filter(({ parts }) => !parts?.every((part) => own.has(part)));
    const [first] = missing;
    const key = first?.chain.join(' ') ?? '';
    if (!first || warned.has(key)) continue;
    warned.add(key);
    const path = reference.root === 'state' ? reference.path.slice(0, 1) : reference.path;
    const asked = pathKey({ root: reference.root, path });
    const fix =
      first.chain[0]?.startsWith('inputs.') === true ? `${fixFor(reference, first)}, or ask` : 'ask';
    const message = `"${reference.text}" may be missing: ${reasonOf(first)}; then the expression fails`;
    report('POSSIBLY_MISSING', pointer, message, `${fix} ${asked} != null first`);
  }
}

export function checkCompute(compute: string | Record<string, string>, pointer: string, site: Site): void {
  if (typeof compute === 'string') {
    checkCel(compute, pointer, 'any', site);
    return;
  }
  const entries = Object.entries(compute);
  if (entries.length > maximumNames)
    site.report('LIMIT_EXCEEDED', pointer, `a compute has at most ${String(maximumNames)} names`);
  for (const [name, source] of entries.slice(0, maximumNames))
    checkCel(source, `${pointer}/${escapePointer(name)}`, 'any', site);
}
