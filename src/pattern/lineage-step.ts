/** One step on the way back from a field: what a part of its result is made of, and which inner steps gave it. */
import type { StepTrace } from '../contract/trace';
import {
  type Level,
  type Local,
  type Origin,
  type Trail,
  trailsOf,
  trailsOfCompute,
  withoutRest,
} from './lineage-level';
import type { GroupStep, Handler, MapStep, PatternStep, PlannedStep, RepeatStep } from './plan';
import { usesOfCondition, usesOfWork } from './planned-uses';
import { matches } from './run/handlers';

/** A step of the plan at a path of the trace, and which part of its result is wanted. */
export type StepAt = Extract<Origin, { kind: 'step' }>;

/** What fed a step: references to follow in a level, or a step inside it. */
export type Feed = { trail: Trail; level: Level } | { inner: StepAt; via: string };

/** @param itemsOf how many items or rounds the trace has below a path */
export function feedsOf(at: StepAt, line: StepTrace, itemsOf: (path: string) => number): Feed[] {
  const { step, level } = at;
  const conditions = follow(withoutRest(usesOfCondition(step)), level);
  if (line.status === 'not_run') return [];
  if (line.status === 'skipped') {
    return line.reason === 'condition' ? conditions : [...conditions, ...follow(withoutRest(usesOfWork(step)), level)];
  }
  const handler = handlerOf(at, line);
  if (handler) return [...feedsOfHandler(at, handler), ...conditions];
  return [...feedsOfWork(at, itemsOf), ...conditions];
} // prettier-ignore

function follow(trails: readonly Trail[], level: Level): Feed[] {
  return trails.map((trail) => ({ trail, level }));
}

/** The handler whose value took the result's place; items that are missing from a map were not caught by one. */
function handlerOf({ step, path }: StepAt, { status, error }: StepTrace): Handler | undefined {
  if (status !== 'degraded' || !error) return undefined;
  if (step.kind === 'map' && error.code === 'ITEMS_FAILED' && error.step === path) return undefined;
  return step.handlers.find(({ match }) => matches(match, error.code));
}

function feedsOfHandler({ path, level, rest }: StepAt, { use, label }: Handler): Feed[] {
  const inside = levelIn(level, { error: { failed: path } });
  if ('value' in use) return follow(trailsOf(use.value, rest, 'handler', label), inside);
  return [
    {
      inner: { kind: 'step', step: use.step, path: `${path}:${label}`, level: inside, rest },
      via: 'handler',
    },
  ];
}

function feedsOfWork(at: StepAt, itemsOf: (path: string) => number): Feed[] {
  const { step, level, rest } = at;
  switch (step.kind) {
    case 'compute':
      return follow(trailsOfCompute(step.expressions, rest), level);
    case 'group':
      return feedsOfGroup(at, step);
    case 'pattern':
      return feedsOfPattern(at, step);
    case 'map':
      return feedsOfMap(at, step, itemsOf);
    case 'repeat':
      return feedsOfRepeat(at, step, itemsOf);
    default:
      // What a capability answers may depend on every argument.
      return follow(withoutRest(usesOfWork(step)), level);
  }
}

function feedsOfGroup({ path, level, rest }: StepAt, { steps, outputs }: GroupStep): Feed[] {
  const inside: Level = { steps, prefix: `${path}.`, parent: level, locals: {}, call: null };
  return follow(trailsOf(outputs, rest, 'outputs', 'outputs'), inside);
}

function feedsOfPattern({ path, level, rest }: StepAt, step: PatternStep): Feed[] {
  const { steps, outputs } = step.plan;
  const inside: Level = { steps, prefix: `${path}.`, parent: null, locals: {}, call: { step, level } };
  return follow(trailsOf(outputs, rest, 'outputs', 'outputs'), inside);
}

function feedsOfMap({ path, level, rest }: StepAt, step: MapStep, itemsOf: (path: string) => number): Feed[] {
  const [index, ...below] = rest;
  const count = itemsOf(path);
  const one = index !== undefined && /^(0|[1-9]\d*)$/.test(index) && Number(index) < count;
  const indices = one ? [index] : Array.from({ length: count }, (_, i) => String(i));
  const items = indices.map((at): Feed => {
    const inside = levelIn(level, { item: { list: step.in, index: at, level } });
    const inner: StepAt = {
      kind: 'step',
      step: step.do,
      path: `${path}.${at}`,
      level: inside,
      rest: one ? below : [],
    };
    return { inner, via: 'item' };
  });
  return [...items, ...follow(trailsOf(step.in, one ? [index] : [], 'in', 'map.in'), level)];
}

/** The result is the last round's; how many rounds there were was for `until` to say. */
function feedsOfRepeat(at: StepAt, step: RepeatStep, itemsOf: (path: string) => number): Feed[] {
  const rounds = itemsOf(at.path);
  if (rounds === 0) return [];
  const last = roundAt(at, step, rounds - 1, at.rest);
  const asked = levelIn(at.level, { last: { step: step.do, path: last.path, level: last.level } });
  return [{ inner: last, via: 'round' }, ...follow(withoutRest(usesOfWork(step)), asked)];
}

/** Each round sees the one before as `last`; the levels are made when somebody looks, so that many rounds are no deep nest. */
function roundAt({ path, level }: StepAt, step: RepeatStep, round: number, rest: string[]): StepAt {
  const locals = {
    get last(): Local | undefined {
      if (round === 0) return undefined;
      const before = roundAt({ path, level } as StepAt, step, round - 1, []);
      return { step: step.do, path: before.path, level: before.level };
    },
  };
  return {
    kind: 'step',
    step: step.do,
    path: `${path}.${String(round)}`,
    level: levelIn(level, locals as Level['locals']),
    rest,
  };
}

function levelIn(parent: Level, locals: Level['locals']): Level {
  return { steps: [], prefix: '', parent, locals, call: null };
}

/** What a trace's line and a plan's step at one path have in common when they are of the same plan. */
export function isSameStep(step: PlannedStep, line: StepTrace): boolean {
  const capability = step.kind === 'capability' ? step.call.capability : null;
  return line.kind === step.kind && line.as === step.as && line.capability === capability;
}
