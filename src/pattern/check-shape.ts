/** The shape of a pattern file: every member of every step is known, names are unique, limits are kept. */
import type { Problem } from '../contract/errors';
import { compileSchema, type Validate } from '../validate';
import { checkNames } from './check-names';
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
  /** Whether the types of `Pattern` hold all the same, so that the rest can be checked too. */
  sound: boolean;
}

/** All problems of a source's shape; when there are none it is a `Pattern`, and every inner step a `Step`. */
export function checkShape(source: unknown): Problem[] {
  return shapeOf(source).problems;
}

export function shapeOf(source: unknown): Shape {
  const size = checkSize(source);
  if (size.length > 0) return { problems: size, sound: false };
  const file = describeShape(checkFile(source), Pattern, 'pattern');
  if (!isObject(source) || !Array.isArray(source['steps'])) return { problems: file, sound: false };
  const placed = placedSteps(source['steps']);
  const limits = checkStepLimits(placed);
  if (limits.length > 0) return { problems: [...file, ...limits], sound: false };
  const shape = [...file, ...placed.flatMap(checkStepShape)];
  const sound = shape.every(({ message }) => message.startsWith('unknown member'));
  const known = new Set(shape.map(({ pointer }) => pointer));
  const names = checkNames(placed).filter(({ pointer }) => !known.has(pointer));
  return { problems: [...shape, ...names], sound: sound && names.length === 0 };
}

function checkStepShape({ step, pointer, place }: PlacedStep): Problem[] {
  if (!isObject(step)) return [problem(pointer, 'a step is an object')];
  const kinds = stepKinds.filter((kind) => Object.hasOwn(step, kind));
  const kind = kindOf(step);
  if (kind === null) return [noKind(step, pointer)];
  if (kinds.length > 1) return [problem(pointer, `a step has one kind, this has ${kinds.join(' and ')}`)];
  const problems = describeShape(
    validatorOf(kind)(step).map((found) => ({ ...found, pointer: pointer + found.pointer })),
    stepSchemas[kind],
    kind,
    pointer,
  );
  if (step['optional'] === true && place === 'inner') {
    const advice =
      'a failure of this step is the item’s or round’s; use on_item_error: "collect" of a map, or a fallback';
    problems.push({ ...problem(`${pointer}/optional`, 'not inside a map or repeat'), suggestion: advice });
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
