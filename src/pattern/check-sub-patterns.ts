/** Steps that run another pattern: it is there, is sound, takes these inputs, and does not run this one. */
import { checkArguments } from './check-arguments';
import { defaultVersion, findPattern, splitPatternName } from './check-context';
import type { Checking } from './check-session';
import { inputsSchemaOf } from './check-validators';
import type { Site } from './check-site';
import type { StepNode } from './check-tree';
import type { Pattern } from './schema';

/** Steps of all patterns that run within one run, counted as often as they are run. */
const maximumSteps = 2000;

export function checkSubPattern({ step, pointer }: StepNode, site: Site): void {
  const { checking, report } = site;
  const name = step.pattern ?? '';
  const place = `${pointer}/pattern`;
  const pattern = findPattern(name, checking.context);
  checkArguments(step.args, pattern && inputsSchemaOf(pattern), pointer, site);
  const cycle = cycleThrough(name, checking);
  if (cycle) {
    report('PATTERN_INVALID', place, `patterns run each other: ${cycle.join(' → ')}`);
    return;
  }
  if (!pattern) {
    reportUnknown(name, place, checking);
    return;
  }
  // Its tests are its own affair.
  const [first] = checking.problemsOf(pattern).filter((one) => !one.pointer.startsWith('/tests/'));
  if (first)
    report('PATTERN_INVALID', place, `the pattern "${name}" has problems itself, first at ${first.pointer}: ${first.message}`);
} // prettier-ignore

function reportUnknown(name: string, pointer: string, { context, report, suggest }: Checking): void {
  const { id, version } = splitPatternName(name);
  const newest = context.patterns?.find(id, null) ?? null;
  if (newest)
    report('PATTERN_NOT_FOUND', pointer, `the pattern "${id}" has no version ${version ?? ''}`, `the newest is ${id}@${newest.version ?? defaultVersion}`);
  else
    report('PATTERN_NOT_FOUND', pointer, `there is no pattern "${id}"`, suggest(id, context.patterns?.ids() ?? []));
} // prettier-ignore

/** The names from this pattern back to itself, when running `name` leads there. */
function cycleThrough(name: string, checking: Checking): string[] | null {
  const own = checking.pattern;
  const seen = new Set<string>();
  const search = (at: string, path: string[]): string[] | null => {
    const { id, version } = splitPatternName(at);
    if (id === own.id && (version === null || version === (own.version ?? defaultVersion)))
      return [...path, id];
    const pattern = seen.has(at) ? null : findPattern(at, checking.context);
    seen.add(at);
    if (!pattern) return null;
    for (const next of partsOf(pattern, checking)) {
      const cycle = search(next, [...path, id]);
      if (cycle) return cycle;
    }
    return null;
  };
  return search(name, [own.id]);
}

/** The names of the patterns that a pattern's steps run. */
function partsOf(pattern: Pattern, checking: Checking): string[] {
  return checking.treeOf(pattern).all.flatMap(({ step }) => step.pattern ?? []);
}

/** A plan holds the plans of the patterns that it runs. */
export function checkPlanSize(checking: Checking): void {
  const names = checking.tree.all.flatMap(({ step }) => step.pattern ?? []);
  const patterns = names.flatMap((name) => findPattern(name, checking.context) ?? []);
  const known = new Map<Pattern, number>();
  const count = patterns.reduce(
    (sum, pattern) => sum + stepsOf(pattern, checking, known),
    checking.tree.all.length,
  );
  if (count <= maximumSteps) return;
  const message = `with the patterns it runs, a pattern has at most ${String(maximumSteps)} steps, this has ${String(count)}`;
  checking.report('LIMIT_EXCEEDED', '/steps', message);
}

function stepsOf(pattern: Pattern, checking: Checking, known: Map<Pattern, number>): number {
  const found = known.get(pattern);
  if (found !== undefined) return found;
  known.set(pattern, 0);
  const inner = partsOf(pattern, checking).flatMap((name) => findPattern(name, checking.context) ?? []);
  const count = inner.reduce(
    (sum, other) => sum + stepsOf(other, checking, known),
    checking.treeOf(pattern).all.length,
  );
  known.set(pattern, count);
  return count;
}
