/** Where a reference of a plan leads: to a step of the list it stands in or one around it, an input, the context, an item. */
import { expressionsOf, expressionUses, type PlannedUse, templateUses, type Via } from './planned-uses';
import type { PatternStep, PlannedStep } from './plan';
import { type Reference, wholeReference } from './reference';
import type { LocalName } from './scope';

/** What a local of a map, loop or handler stands for: part of a list, the round before, the failed step. */
export type Local =
  | { list: unknown; index: string; level: Level }
  | { step: PlannedStep; path: string; level: Level }
  | { failed: string };

/** One list of steps, or one item, round or handler, as the frames of a run are. */
export interface Level {
  steps: readonly PlannedStep[];
  /** Before the names of its steps. */
  prefix: string;
  parent: Level | null;
  locals: Readonly<Partial<Record<LocalName, Local>>>;
  /** Of a sub-pattern's list: the step that runs it, and where that stands. Names are not looked for beyond it. */
  call: { step: PatternStep; level: Level } | null;
}

/** A use, and what is wanted below the value that it names. */
export interface Trail extends PlannedUse {
  rest: string[];
}

export type Origin =
  | { kind: 'step'; step: PlannedStep; path: string; level: Level; rest: string[] }
  | { kind: 'failed'; path: string }
  | { kind: 'input'; name: string }
  | { kind: 'context'; name: string };

/** What a part of a template's value is made of; literals are made of nothing. */
export function trailsOf(template: unknown, rest: readonly string[], via: Via, place: string): Trail[] {
  if (typeof template === 'string') {
    const whole = wholeReference(template) !== null;
    return templateUses(template, via, place).map((use) => ({ ...use, rest: whole ? [...rest] : [] }));
  }
  const [first, ...below] = rest;
  if (first === undefined || template === null || typeof template !== 'object') {
    return templateUses(template, via, place).map((use) => ({ ...use, rest: [] }));
  }
  if (!Object.hasOwn(template, first)) return [];
  return trailsOf((template as Record<string, unknown>)[first], below, via, `${place}.${first}`);
}

/** What a part of a `compute`'s value is made of. */
export function trailsOfCompute(
  expressions: string | Record<string, string>,
  rest: readonly string[],
): Trail[] {
  const all = Object.entries(expressionsOf(expressions));
  const named = typeof expressions === 'string' ? [] : all.filter(([name]) => name === rest[0]);
  return (named.length > 0 ? named : all).flatMap(([name, source]) =>
    withoutRest(expressionUses(source, 'compute', name === '' ? 'compute' : `compute.${name}`)),
  );
}

/** For values that are used as a whole, whatever of the result is asked for. */
export function withoutRest(uses: readonly PlannedUse[]): Trail[] {
  return uses.map((use) => ({ ...use, rest: [] }));
}

/** All that a trail leads to. An input of a sub-pattern leads on to what was passed as that input. */
export function originsOf({ reference, rest }: Pick<Trail, 'reference' | 'rest'>, level: Level): Origin[] {
  const path = [...reference.path, ...rest];
  const [name = ''] = path;
  switch (reference.root) {
    case 'state':
      return stepOrigin(name, path.slice(1), level);
    case 'steps':
      return stepOrigin(name, [], level);
    case 'ctx':
      return name === '' ? [] : [{ kind: 'context', name }];
    case 'inputs':
      return inputOrigins(path, level);
    case 'index':
      return [];
    default:
      return localOrigins(reference.root, path, level);
  }
}

function stepOrigin(name: string, rest: string[], from: Level): Origin[] {
  for (let level: Level | null = from; level !== null; level = level.parent) {
    const { prefix, steps } = level;
    const step = steps.find(({ as }) => as === name);
    if (step) return [{ kind: 'step', step, path: `${prefix}${name}`, level, rest }];
  }
  return [];
}

function inputOrigins([name, ...rest]: string[], from: Level): Origin[] {
  let level = from;
  while (level.parent !== null) level = level.parent;
  const { call } = level;
  if (call === null) return name === undefined ? [] : [{ kind: 'input', name }];
  const template = name === undefined ? call.step.args : call.step.args[name];
  return trailsOf(template, rest, 'args', 'args').flatMap((trail) => originsOf(trail, call.level));
}

function localOrigins(name: Exclude<Reference['root'], 'ctx' | 'inputs' | 'state' | 'steps'>, rest: string[], from: Level): Origin[] {
  for (let level: Level | null = from; level !== null; level = level.parent) {
    if (!Object.hasOwn(level.locals, name)) continue;
    const local = level.locals[name];
    if (local === undefined) return [];
    if ('failed' in local) return [{ kind: 'failed', path: local.failed }];
    if ('step' in local) return [{ kind: 'step', ...local, rest }];
    return trailsOf(local.list, [local.index, ...rest], 'in', 'map.in').flatMap((trail) =>
      originsOf(trail, local.level),
    );
  }
  return [];
} // prettier-ignore
