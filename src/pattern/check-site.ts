/** One place that is checked: what can be seen there, and how what is wrong is told. */
import { fixFor, type Found, reasonOf } from './check-references';
import type { CheckScope } from './check-scope';
import type { Checking, Report } from './check-session';
import type { ProblemCode } from './problem-codes';
import type { Reference } from './reference';

export interface Site {
  scope: CheckScope;
  checking: Checking;
  report: Report;
  /** What a value is told to be when it does not fit. */
  code: ProblemCode;
  /** Of one missing value one warning for each step is enough. */
  warned: Set<string>;
}

export function siteOf(checking: Checking, scope: CheckScope, code: ProblemCode = 'ARGS_INVALID'): Site {
  return { scope, checking, report: checking.report, code, warned: new Set() };
}

/** Warns when the value may be missing. @param consequence what happens then, as in "then this step is skipped too" */
export function warnMissing(
  reference: Reference,
  { missing }: Pick<Found, 'missing'>,
  pointer: string,
  consequence: string,
  site: Site,
): boolean {
  const [first] = missing;
  if (!first) return false;
  const key = first.chain.join(' ');
  if (site.warned.has(key)) return true;
  site.warned.add(key);
  const message = `"${reference.text}" may be missing: ${reasonOf(first)}; ${consequence}`;
  site.report('POSSIBLY_MISSING', pointer, message, fixFor(reference, first));
  return true;
}
