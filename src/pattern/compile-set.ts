/** Patterns that may run each other, compiled together: one whose sub-pattern is broken is broken itself, and says so. */
import type { Problem } from '../contract/errors';
import { checkPattern } from './check';
import { type CheckContext, lookupOf, splitPatternName } from './check-context';
import { checkShape } from './check-shape';
import { type Compiled, toPlan } from './compile';
import { handlersOf, innerSteps } from './graph-uses';
import type { Pattern } from './schema';
import type { Signatures } from './signatures';
import { isStep, type Step } from './step-schema';

export interface CompiledSet {
  /** In the order of the sources. */
  compiled: Compiled[];
  /** What further patterns can be checked and planned against. */
  context: CheckContext;
}

/** @param others patterns that are known beside the sources, older versions above all */
export function compileSet(
  sources: readonly unknown[],
  signatures: Signatures,
  others: readonly Pattern[] = [],
): CompiledSet {
  const shaped = sources.filter((source): source is Pattern => checkShape(source).length === 0);
  const context: CheckContext = { signatures, patterns: lookupOf([...shaped, ...others]) };
  const checked = sources.map((source) => checkPattern(source, context));
  const broken = new Set(
    checked.flatMap(({ pattern, problems }) => (pattern !== null && problems.length > 0 ? [pattern.id] : [])),
  );
  spread(broken, checked);
  const compiled = checked.map(({ pattern, problems, warnings }): Compiled => {
    const inherited = pattern === null || problems.length > 0 ? [] : problemsOfParts(pattern, broken);
    const all = [...problems, ...inherited];
    const isSound = pattern !== null && all.length === 0;
    return { pattern, plan: isSound ? toPlan(pattern, context) : null, problems: all, warnings };
  });
  return { compiled, context };
}

/** Until nothing more is found to be broken by what it runs. */
function spread(broken: Set<string>, checked: readonly { pattern: Pattern | null }[]): void {
  let before = -1;
  while (before !== broken.size) {
    before = broken.size;
    for (const { pattern } of checked) {
      if (pattern !== null && problemsOfParts(pattern, broken).length > 0) broken.add(pattern.id);
    }
  }
}

function problemsOfParts(pattern: Pattern, broken: ReadonlySet<string>): Problem[] {
  return partsOf(pattern.steps)
    .filter((id) => id !== pattern.id && broken.has(id))
    .map((id) => ({
      code: 'PATTERN_INVALID',
      pointer: '/steps',
      message: `runs the pattern "${id}", which has problems`,
    }));
}

/** The ids of the patterns that steps run, handlers included. */
export function partsOf(steps: readonly Step[]): string[] {
  const ids = steps.flatMap((step): string[] => [
    ...(step.pattern === undefined ? [] : [splitPatternName(step.pattern).id]),
    ...partsOf([...innerSteps(step), ...handlersOf(step).filter(isStep)]),
  ]);
  return [...new Set(ids)];
}
