/** Checks a pattern against what it may call before anything runs: all problems at once, each with its place. */
import type { Problem } from '../contract/errors';
import { pointersInCircles, quietInCircles } from './check-circles';
import type { CheckContext } from './check-context';
import { checkInputDeclarations } from './check-declarations';
import { checkOrder } from './check-order';
import { checkOutputs, checkPanels } from './check-outputs';
import { localType, resultsOf } from './check-results';
import { outputsOfPattern } from './check-schemas';
import { type Checking, type Collector, collector } from './check-session';
import { type Shape, shapeOf } from './check-shape';
import { checkStep } from './check-steps';
import { checkPlanSize } from './check-sub-patterns';
import { checkTests } from './check-tests';
import { type StepTree, treeOf } from './check-tree';
import { warnUnused } from './check-unused';
import type { Pattern } from './schema';
import type { JsonSchema } from './signatures';

export interface Checked {
  /** `null` when the source has not a pattern's shape. */
  pattern: Pattern | null;
  /** With any of these it cannot run. */
  problems: Problem[];
  warnings: Problem[];
}

export interface CheckOptions {
  /** Warnings are errors. */
  strict?: boolean;
}

/**
 * Takes any JSON value and throws for none. The codes are those of `problem-codes.ts`.
 * A step or member whose shape is wrong is passed over, and the rest is checked all the same.
 */
export function checkPattern(source: unknown, context: CheckContext, options: CheckOptions = {}): Checked {
  const shape = shapeOf(source);
  const { problems, warnings, ...tell } = collector(options);
  problems.push(...shape.problems);
  if (shape.pattern !== null) checkWhole(shape, shape.pattern, context, tell);
  return { pattern: shape.isWhole ? (source as Pattern) : null, problems, warnings };
}

type Tell = Pick<Collector, 'report' | 'suggest' | 'isFull'>;

function checkWhole(shape: Shape, pattern: Pattern, context: CheckContext, tell: Tell): void {
  const opened = openChecking(pattern, shape, context, tell);
  const isOrdered = shape.isWhole && shape.isNamed;
  const circles = isOrdered ? pointersInCircles(opened.tree.nodes, context) : [];
  const checking = { ...opened, report: quietInCircles(opened.report, circles) };
  checkInputDeclarations(checking);
  for (const node of checking.tree.nodes) checkStep(node, checking);
  checkPlanSize(checking);
  checkOutputs(checking);
  checkPanels(checking);
  checkTests(checking);
  if (!isOrdered) return;
  checkOrder(checking.tree.nodes, checking);
  warnUnused(checking);
}

/** Enough for any pattern that people write; past it nothing more is known of types, and nothing hangs. */
const fuelOfCheck = 1_000_000;

/** Of a pattern whose shape was checked before. */
const sound = { bad: new Set<string>(), misnamed: new Set<string>() };

function openChecking(
  pattern: Pattern,
  { bad, misnamed }: Pick<Shape, 'bad' | 'misnamed'>,
  context: CheckContext,
  tell: Tell,
  others: Map<Pattern, Opened> = new Map(),
): Checking {
  const open = (other: Pattern): Opened => {
    const found = others.get(other);
    if (found) return found;
    const checking = openChecking(other, sound, context, { ...tell, report: () => undefined }, others);
    const opened: Opened = { tree: checking.tree, outputs: {} };
    // Until its outputs are known a pattern that runs itself gives anything.
    others.set(other, opened);
    opened.outputs = outputsOfPattern(other, checking);
    return opened;
  };
  const checking: Checking = {
    ...{ pattern, context, bad: new Set(bad), misnamed, ...tell, fuel: { left: fuelOfCheck, declared: 0 } },
    tree: treeOf(pattern.steps, bad, (node, name) => localType(node, name, checking)),
    resultOf: (node) => results(node),
    outputsOf: (other) => (other === pattern ? outputsOfPattern(other, checking) : open(other).outputs),
    treeOf: (other) => open(other).tree,
    problemsOf: (other) => problemsOf(other, context),
  };
  const results = resultsOf(checking);
  return checking;
}

interface Opened {
  tree: StepTree;
  outputs: JsonSchema;
}

/** Many patterns may run the same one; with one context it is checked once. */
const checked = new WeakMap<CheckContext, WeakMap<Pattern, readonly Problem[]>>();

function problemsOf(pattern: Pattern, context: CheckContext): readonly Problem[] {
  const known = checked.get(context) ?? new WeakMap<Pattern, readonly Problem[]>();
  checked.set(context, known);
  const found = known.get(pattern);
  if (found) return found;
  // Patterns that run each other: that is a problem of its own.
  known.set(pattern, []);
  const { problems } = checkPattern(pattern, context);
  known.set(pattern, problems);
  return problems;
}
