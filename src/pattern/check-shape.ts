/** The shape of a pattern file: every member of every step is known, names are unique, limits are kept. */
import type { Problem } from '../contract/errors';
import { compileSchema, type Validate } from '../validate';
import { withKnownMembers } from './check-known-members';
import { checkNames, misnamedOf } from './check-names';
import { describeShape } from './check-shape-words';
import { checkSize } from './check-size';
import { checkStepLimits, type PlacedStep, placedSteps } from './check-walk';
import { nearest } from './nearest';
import { Pattern } from './schema';
import { kindOf, stepKinds, type StepKind, stepSchemas } from './step-schema';

const checkFile = compileSchema(Pattern);
const checkKind = new Map<StepKind, Validate>();

export interface Shape {
  problems: Problem[];
  /** What can be looked at further: the file without the members that are wrong. `null` when there are no steps to look at. */
  pattern: Pattern | null;
  /** Pointers of the steps whose shape is wrong, and of the inputs whose declaration is. */
  bad: ReadonlySet<string>;
  /** Whether nothing had to be left out, so that the source is a `Pattern`, unknown members aside. */
  isWhole: boolean;
  /** Names that steps may not have: a reference to one is no mistake of its own. */
  misnamed: ReadonlySet<string>;
  /** Whether the steps' names are there and differ, so that it is clear who waits for whom. */
  isNamed: boolean;
}

/** All problems of a source's shape; when there are none it is a `Pattern`, and every inner step a `Step`. */
export function checkShape(source: unknown): Problem[] {
  return shapeOf(source).problems;
}

export function shapeOf(source: unknown): Shape {
  const size = checkSize(source);
  if (size.length > 0) return unusable(size);
  const steps = isObject(source) && Array.isArray(source['steps']) ? (source['steps'] as unknown[]) : null;
  const placed = placedSteps(steps ?? []);
  const misnamed = misnamedOf(placed);
  // What is wrong with a step is said of the step, in the words of its kind.
  const file = describeShape(checkFile(source), {
    ...{ schema: Pattern, kind: 'file', value: source, pointer: '', misnamed },
  }).filter(({ pointer }) => !pointer.startsWith('/steps/'));
  if (!isObject(source) || steps === null) return unusable(file);
  const limits = checkStepLimits(placed, steps);
  if (limits.length > 0) {
    const told = new Set(limits.map(({ pointer }) => pointer));
    return unusable([...file.filter(({ pointer }) => !told.has(pointer)), ...limits]);
  }
  const shapes = placed.map((one) => ({ pointer: one.pointer, problems: checkStepShape(one, misnamed) }));
  const badSteps = shapes.filter(({ problems }) => problems.some(isSerious)).map(({ pointer }) => pointer);
  const shape = [...file, ...shapes.flatMap(({ problems }) => problems)];
  const known = new Set(shape.map(({ pointer }) => pointer));
  const names = checkNames(placed).filter(({ pointer }) => !known.has(pointer));
  const wrong = file.filter(isSerious).map(({ pointer }) => pointer);
  return {
    problems: [...shape, ...names],
    pattern: withoutMembers({ ...source, steps: steps.map(withKnownMembers) }, wrong),
    bad: new Set([...badSteps, ...wrong.map((pointer) => pointer.split('/').slice(0, 3).join('/'))]),
    isWhole: !shape.some(isSerious),
    misnamed,
    isNamed: names.length === 0,
  };
}

function unusable(problems: Problem[]): Shape {
  return { problems, pattern: null, bad: new Set(), isWhole: false, misnamed: new Set(), isNamed: false };
}

/** A member too many can be passed over; any other problem makes its step, or its member of the file, unfit for a further look. */
function isSerious({ message, pointer }: Problem): boolean {
  // An input of an impossible name was not even looked at.
  if (pointer.startsWith('/inputs/')) return true;
  return !message.startsWith('unknown member') && message !== notInside;
}

/** Steps stay: wrong ones are known by their pointers. So do inputs, since references to a wrong one are none the worse. */
function withoutMembers(source: Record<string, unknown>, wrong: readonly string[]): Pattern {
  const heads = new Set(wrong.map((pointer) => pointer.split('/')[1] ?? ''));
  const kept = Object.entries(source).filter(([name]) => !heads.has(name) || name === 'steps');
  const { inputs } = source;
  if (!heads.has('inputs') || !isObject(inputs)) return Object.fromEntries(kept) as Pattern;
  const known = Object.entries(inputs).map(([name, input]): [string, unknown] => [
    name,
    isObject(input) ? input : {},
  ]);
  return { ...Object.fromEntries(kept), inputs: Object.fromEntries(known) } as Pattern;
}

const notInside = 'not inside a map or repeat';

function checkStepShape({ step, pointer, place }: PlacedStep, misnamed: Shape['misnamed']): Problem[] {
  if (!isObject(step)) return [problem(pointer, 'a step is an object')];
  const kinds = stepKinds.filter((kind) => Object.hasOwn(step, kind));
  const kind = kindOf(step);
  if (kind === null) return [noKind(step, pointer)];
  if (kinds.length > 1) return [problem(pointer, `a step has one kind, this has ${kinds.join(' and ')}`)];
  const problems = describeShape(
    validatorOf(kind)(step).map((found) => ({ ...found, pointer: pointer + found.pointer })),
    { schema: stepSchemas[kind], kind, value: step, pointer, misnamed },
  );
  if (step['optional'] === true && place === 'inner') {
    const advice =
      'a failure of this step is the item’s or round’s; use on_item_error: "collect" of a map, or a fallback';
    problems.push({ ...problem(`${pointer}/optional`, notInside), suggestion: advice });
  }
  return problems;
}

function noKind(step: object, pointer: string): Problem {
  const guess = Object.keys(step)
    .map((member) => nearest(member, stepKinds))
    .find((kind) => kind !== null);
  return {
    ...problem(pointer, `a step has one of ${stepKinds.join(', ')}; this has none`),
    ...(guess === undefined ? {} : { suggestion: `did you mean ${guess}?` }),
  };
}

function validatorOf(kind: StepKind): Validate {
  const known = checkKind.get(kind) ?? compileSchema(stepSchemas[kind]);
  checkKind.set(kind, known);
  return known;
}

function problem(pointer: string, message: string): Problem {
  return { code: 'PATTERN_INVALID', pointer, message };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
