/** Makes a valid program of a tree of plain numbers, so that fast-check can shrink one: smaller numbers, simpler programs. */
import {
  conditionFrom,
  computeFrom,
  type Dice,
  listFrom,
  openDice,
  scriptFrom,
  type Seen,
  valueFrom,
} from './build-values';
import { isWrite } from './order';
import type { Answer, JsonPattern, JsonStep, Program } from './program';

export interface Raw {
  kind: number;
  dice: number[];
  inside: Raw[];
}

export interface RawProgram {
  steps: Raw[];
  parts: Raw[][];
  dice: number[];
}

export interface Limits {
  /** Steps of one pattern. */
  steps: number;
  depth: number;
  approvals: boolean;
  /** What time limits steps have that hold steps: some of them close, where time is exact. */
  timeouts: string[];
  /** That of a group in which a step hangs. */
  overdue: string;
  /** What a call has that hangs. */
  patience: string;
}

interface Building {
  limits: Limits;
  left: number;
  count: number;
  letter: string;
  others: JsonPattern[];
  answers: [string, Answer][];
  mayCancel: boolean;
}

interface Place {
  seen: Seen[];
  depth: number;
  /** Steps of a list can be optional, gates, and referred to; those of maps, loops and handlers cannot. */
  isListed: boolean;
  /** Path of what is around, or `null` where there may be several. */
  path: string | null;
}

const inputSeen: Seen[] = [{ path: 'inputs.n', kind: 'number', step: null }];

export function buildProgram(raw: RawProgram, limits: Limits): Program {
  const others: JsonPattern[] = [];
  const dice = openDice(raw.dice);
  const mayCancel = dice.chance(25);
  for (const [i, part] of raw.parts.entries()) {
    const building = openBuilding(limits, 'abc'[i] ?? 'z', others, mayCancel);
    others.push(buildPattern(`part_${String(i)}`, part, openDice([]), building));
  }
  const building = openBuilding(limits, 's', others, mayCancel);
  const pattern = buildPattern('p', raw.steps, dice, building);
  const used = new Set(JSON.stringify([pattern, others]).match(/part_\d/g));
  return {
    pattern,
    others: others.filter(({ id }) => used.has(id)),
    inputs: dice.chance(50) ? { n: dice.below(5) } : {},
    answers: Object.fromEntries(building.answers),
  };
}

function openBuilding(limits: Limits, letter: string, others: JsonPattern[], mayCancel: boolean): Building {
  return { limits, left: limits.steps, count: 0, letter, others: [...others], answers: [], mayCancel };
}

function buildPattern(id: string, raw: Raw[], dice: Dice, building: Building): JsonPattern {
  const place: Place = {
    seen: inputSeen,
    depth: 0,
    isListed: true,
    path: building.letter === 's' ? '' : null,
  };
  const { steps, names } = buildList(raw, place, building);
  const shown = names.filter((_, i) => i === 0 || !dice.chance(30));
  return {
    ...{ id, name: id.toUpperCase(), version: '1.0.0' },
    inputs: { n: { type: 'number', default: 3 }, m: { type: 'number' } },
    steps,
    outputs: shown.length > 0 ? shown : { n: '{{inputs.n}}' },
  };
}

/** @returns the steps, and the names whose values may be shown */
function buildList(
  raw: Raw[],
  place: Place,
  building: Building,
): { steps: JsonStep[]; names: string[]; seen: Seen[] } {
  const steps: JsonStep[] = [];
  const names: string[] = [];
  const before: string[] = [];
  let { seen } = place;
  let turns = false;
  for (const one of raw) {
    if (building.left <= 0 && steps.length > 0) break;
    const dice = openDice(one.dice);
    turns ||= dice.chance(10);
    const { step, sees } = buildStep(one, dice, { ...place, seen }, building);
    const name = step.as ?? '';
    if (before.length > 0 && dice.chance(10)) step.after = dice.pick(before);
    if (dice.chance(5)) step.parallel = true;
    steps.push(step);
    before.push(name);
    if (step.approval === undefined) names.push(name);
    const steady: Seen[] = [{ path: `steps.${name}.attempts`, kind: 'number', step: name }];
    seen = [...seen, ...sees, ...steady];
  }
  // Nothing but references orders such a list, so it may as well be written the other way round.
  const isFree = steps.every((step) => !isWrite(step, building.others) && !isGate(step));
  if (turns && isFree) steps.reverse();
  return { steps, names, seen };
}

function isGate(step: JsonStep): boolean {
  return step.wait !== undefined || step.approval !== undefined || step.assert !== undefined;
}

function nextName(building: Building): string {
  building.count += 1;
  return `${building.letter}${String(building.count)}`;
}

type Built = { step: JsonStep; sees: Seen[] };

const kinds = [
  ...Array.from({ length: 26 }, () => 'read' as const),
  ...Array.from({ length: 20 }, () => 'write' as const),
  ...Array.from({ length: 6 }, () => 'echo' as const),
  ...Array.from({ length: 8 }, () => 'compute' as const),
  ...Array.from({ length: 14 }, () => 'group' as const),
  ...Array.from({ length: 10 }, () => 'map' as const),
  ...Array.from({ length: 6 }, () => 'repeat' as const),
  ...Array.from({ length: 6 }, () => 'pattern' as const),
  ...Array.from({ length: 4 }, () => 'gate' as const),
];

function buildStep(raw: Raw, dice: Dice, place: Place, building: Building): Built {
  building.left -= 1;
  const name = nextName(building);
  const kind = kinds[raw.kind % kinds.length] ?? 'read';
  const isDeep = place.depth >= building.limits.depth;
  const built = ((): Built => {
    switch (kind) {
      case 'compute':
        return buildCompute(name, dice, place);
      case 'echo':
        return {
          step: { capability: 'probe.echo', args: { value: valueFrom(dice, place.seen) }, as: name },
          sees: resultOf(name),
        };
      case 'group':
        return isDeep
          ? buildCall(name, false, dice, place, building)
          : buildGroup(name, raw, dice, place, building);
      case 'map':
        return isDeep
          ? buildCall(name, false, dice, place, building)
          : buildMap(name, raw, dice, place, building);
      case 'repeat':
        return isDeep
          ? buildCall(name, true, dice, place, building)
          : buildRepeat(name, raw, dice, place, building);
      case 'pattern':
        return buildPart(name, dice, place, building);
      case 'gate':
        return place.isListed
          ? buildGate(name, dice, place, building)
          : buildCall(name, false, dice, place, building);
      default:
        return buildCall(name, kind === 'write', dice, place, building);
    }
  })();
  if (dice.chance(25)) built.step.condition = conditionFrom(dice, place.seen);
  return built;
}

function resultOf(name: string): Seen[] {
  return [{ path: `state.${name}.value`, kind: 'any', step: name }];
}

function buildCompute(name: string, dice: Dice, { seen }: Place): Built {
  const { source, kind } = computeFrom(dice, seen);
  if (dice.chance(20)) {
    const step: JsonStep = { compute: { x: source, y: '1' }, as: name };
    return { step, sees: [{ path: `state.${name}.y`, kind: 'number', step: name }] };
  }
  return { step: { compute: source, as: name }, sees: [{ path: `state.${name}`, kind, step: name }] };
}

function buildCall(name: string, writes: boolean, dice: Dice, place: Place, building: Building): Built {
  const { seen } = place;
  const args: Record<string, unknown> = { name, ms: 1 + dice.below(30) };
  const step: JsonStep = { capability: writes ? 'effects.write' : 'effects.read', args, as: name };
  if (building.mayCancel && !writes && dice.chance(15)) {
    return { step: { capability: 'model.cancel', args: { name }, as: name }, sees: [] };
  }
  if (dice.chance(80)) args['value'] = valueFrom(dice, seen);
  const script = scriptFrom(dice, { writes, calm: !dice.chance(45) });
  if (script.length > 0) args['script'] = script;
  if (dice.chance(5))
    Object.assign(step, {
      timeout: building.limits.patience,
      args: { ...args, script: [writes ? 'hang_after' : 'hang'] },
    });
  // A value is a text only sometimes: else the agent refuses it. A missing name skips the step.
  const texts = seen.filter(
    ({ kind, path }) => kind === 'name' || (kind === 'any' && path.endsWith('.value')),
  );
  const text = texts[dice.below(texts.length || 1)];
  if (text && dice.chance(text.kind === 'name' ? 40 : 5)) args['name'] = `{{${text.path}}}`;
  if (dice.chance(15)) step.retry = retryFrom(dice);
  if (writes && dice.chance(75)) step.compensate = undoFrom(name, dice, seen);
  addHandlers(step, { name, value: 0 }, dice, place, building);
  return { step, sees: [...resultOf(name), { path: `state.${name}.name`, kind: 'name', step: name }] };
}

function retryFrom(dice: Dice): NonNullable<JsonStep['retry']> {
  return dice.pick<NonNullable<JsonStep['retry']>>([
    { maximum_attempts: 1 },
    { maximum_attempts: 4 },
    { non_retryable: ['RATE_LIMITED'] },
    { maximum_attempts: 2, initial_interval: 'PT0.01S', backoff_coefficient: 1 },
  ]);
}

function undoFrom(name: string, dice: Dice, seen: Seen[]): NonNullable<JsonStep['compensate']> {
  const args: Record<string, unknown> = { name };
  if (dice.chance(40)) args['result'] = `{{state.${name}.value}}`;
  if (dice.chance(10)) args['value'] = valueFrom(dice, seen);
  if (dice.chance(10)) args['name'] = `{{state.${name}.name}}`;
  if (dice.chance(20))
    args['script'] = dice.pick([['fail:RATE_LIMITED'], ['fail:DATA_MISSING'], ['fail_after:RATE_LIMITED']]);
  return { capability: 'effects.undo', args };
}

const codes = ['DATA_MISSING', 'RATE_LIMITED', 'PROVIDER_REFUSED', '*', 'ASSERTION_FAILED', 'REFERENCE_UNRESOLVED', 'CONDITION_INVALID', 'STEP_TIMED_OUT'] as const; // prettier-ignore

/** @param instead a value that can stand in for the result */
function addHandlers(step: JsonStep, instead: unknown, dice: Dice, place: Place, building: Building): void {
  if (dice.chance(15)) {
    step.on_error = [{ match: [dice.pick(codes)], use: useFrom(instead, dice, place, building) }];
    if (dice.chance(40))
      step.on_error.push({
        match: [dice.pick(codes), dice.pick(codes)],
        use: useFrom(instead, dice, place, building),
      });
  }
  if (dice.chance(12)) step.fallback = useFrom(instead, dice, place, building);
  if (place.isListed && dice.chance(15)) step.optional = true;
}

function useFrom(instead: unknown, dice: Dice, place: Place, building: Building): unknown {
  const isPlain = typeof instead === 'object' && instead !== null && Object.hasOwn(instead, 'value');
  if (!isPlain || building.left <= 0 || !dice.chance(50)) {
    return isPlain ? { ...instead, value: dice.chance(50) ? '{{error.code}}' : 0 } : instead;
  }
  building.left -= 1;
  const name = nextName(building);
  const seen: Seen[] = [
    ...place.seen,
    { path: 'error.code', kind: 'any', step: null },
    { path: 'error.attempts', kind: 'number', step: null },
  ];
  const writes = dice.chance(30);
  const args: Record<string, unknown> = { name, ms: 1 + dice.below(30), value: valueFrom(dice, seen) };
  if (dice.chance(25)) args['script'] = ['fail:DATA_MISSING'];
  const step: JsonStep = { capability: writes ? 'effects.write' : 'effects.read', args, as: name };
  if (writes) step.compensate = undoFrom(name, dice, place.seen);
  return dice.chance(30) ? groupAround(step, building) : step;
}

/** A handler of two steps, of which the second one may fail after the first one wrote. */
function groupAround(step: JsonStep, building: Building): JsonStep {
  const [name, group] = [nextName(building), nextName(building)];
  const first: JsonStep = {
    ...{ capability: 'effects.write', args: { name, ms: 3 }, as: name },
    compensate: { capability: 'effects.undo', args: { name } },
  };
  const value = `{{state.${step.as ?? ''}.value}}`;
  return {
    steps: [first, { ...step, after: name }],
    outputs: { name: group, value, k: '{{inputs.n}}' },
    as: group,
  };
}

function buildGroup(name: string, raw: Raw, dice: Dice, place: Place, building: Building): Built {
  const inside: Place = { ...place, depth: place.depth + 1, isListed: true, path: pathOf(place, name) };
  const given = raw.inside.length > 0 ? raw.inside : [{ kind: 0, dice: [], inside: [] }];
  const { steps, names, seen } = buildList(given, inside, building);
  const step: JsonStep = { steps, as: name };
  const sees: Seen[] = [];
  const members = seen.slice(place.seen.length).filter(({ path }) => path.startsWith('state.'));
  const last = members.at(-1);
  const form = dice.below(4);
  if (form === 1 && names.length > 0) step.outputs = names;
  if (form === 2 && last) step.outputs = `{{${last.path}}}`;
  if ((form === 0 || form === 3) && last) step.outputs = { value: `{{${last.path}}}`, k: '{{inputs.n}}' };
  if ((form === 0 || form === 3) && last)
    sees.push({ path: `state.${name}.k`, kind: 'number', step: name }, ...resultOf(name));
  if (dice.chance(8)) step.timeout = dice.pick(building.limits.timeouts);
  if (dice.chance(4)) {
    const hanging = nextName(building);
    steps.push({ capability: 'effects.read', args: { name: hanging, script: ['hang'] }, as: hanging });
    step.timeout = building.limits.overdue;
  }
  addHandlers(step, { value: 0, k: 1 }, dice, place, building);
  return { step, sees };
}

function pathOf({ path }: Place, name: string): string | null {
  return path === null ? null : `${path}${name}.`;
}

function buildMap(name: string, raw: Raw, dice: Dice, place: Place, building: Building): Built {
  const items: Seen[] = [
    { path: 'index', kind: 'number', step: null },
    { path: 'item', kind: 'any', step: null },
  ];
  const list = listFrom(dice, place.seen);
  const { step: each } = buildInner(raw, items, place, building);
  const map: NonNullable<JsonStep['map']> = { in: list, do: each };
  if (dice.chance(40)) map.concurrency = 1 + dice.below(3);
  if (dice.chance(45)) {
    map.on_item_error = 'collect';
    if (dice.chance(40)) map.max_failures = dice.below(3);
  }
  if (dice.chance(40) && each.args?.['script'] !== undefined)
    each.condition = `index == ${String(dice.below(3))}`;
  if (dice.chance(25) && each.capability?.startsWith('effects.')) scriptByItem(map, dice);
  const step: JsonStep = { map, as: name };
  if (dice.chance(5)) step.timeout = dice.pick(building.limits.timeouts);
  addHandlers(step, [1, 2], dice, place, building);
  return { step, sees: [{ path: `state.${name}`, kind: 'list', step: name }] };
}

function buildRepeat(name: string, raw: Raw, dice: Dice, place: Place, building: Building): Built {
  const rounds: Seen[] = [
    { path: 'index', kind: 'number', step: null },
    { path: 'last', kind: 'any', step: null },
  ];
  const { step: each } = buildInner(raw, rounds, place, building);
  const until = dice.pick([
    'index >= 1',
    'last != null',
    'index >= 2 || last == null',
    'index > 5',
    'last.value == 3',
  ]);
  const repeat: NonNullable<JsonStep['repeat']> = { do: each, until, max: 1 + dice.below(4) };
  if (dice.chance(15)) repeat.every = 'PT0.05S';
  const step: JsonStep = { repeat, as: name };
  addHandlers(step, { name, value: 0 }, dice, place, building);
  return { step, sees: each.capability === undefined ? [] : resultOf(name) };
}

function buildInner(raw: Raw, locals: Seen[], place: Place, building: Building): Built {
  const inner: Place = {
    ...{ seen: [...place.seen, ...locals], depth: place.depth + 1, isListed: false, path: null },
  };
  const one = raw.inside[0] ?? { kind: 0, dice: [], inside: [] };
  return buildStep(one, openDice(one.dice), inner, building);
}

function buildPart(name: string, dice: Dice, place: Place, building: Building): Built {
  const part = building.others[dice.below(building.others.length || 1)];
  if (!part) return buildCall(name, false, dice, place, building);
  const step: JsonStep = { pattern: part.id, as: name };
  const numbers = place.seen.filter(({ kind, path }) => kind === 'number' && !path.startsWith('error'));
  if (dice.chance(60))
    step.args = { n: `{{${numbers[dice.below(numbers.length || 1)]?.path ?? 'inputs.n'}}}` };
  if (dice.chance(15)) step.timeout = dice.pick(building.limits.timeouts);
  if (dice.chance(30)) step.compensate = undoFrom(name, dice, place.seen);
  if (step.compensate?.args?.['name'] !== undefined) step.compensate.args['name'] = name;
  if (step.compensate?.args?.['result'] !== undefined) step.compensate.args['result'] = `{{state.${name}}}`;
  addHandlers(
    step,
    Object.fromEntries(namesOf(part.outputs).map((output) => [output, 0])),
    dice,
    place,
    building,
  );
  return { step, sees: [] };
}

function buildGate(name: string, dice: Dice, place: Place, building: Building): Built {
  const kind = dice.below(building.limits.approvals ? 6 : 3);
  if (kind === 0) return { step: { wait: { for: 'PT0.1S' }, as: name }, sees: [] };
  if (kind <= 2) {
    const step: JsonStep = { assert: conditionFrom(dice, place.seen), message: 'no: {{inputs.n}}', as: name };
    return { step, sees: [] };
  }
  const step: JsonStep = { approval: { title: 'Go {{inputs.n}}?', timeout: 'PT1M' }, as: name };
  if (dice.chance(30))
    step.on_error = [{ match: ['APPROVAL_REJECTED'], use: { decision: 'approve', data: 1 } }];
  if (dice.chance(20)) step.fallback = { decision: 'approve', data: 2 };
  const path = pathOf(place, name)?.slice(0, -1);
  if (path !== undefined && !dice.chance(20)) {
    building.answers.push([
      path,
      { decision: dice.chance(25) ? 'reject' : 'approve', data: dice.below(9), ms: 40 },
    ]);
  }
  return { step, sees: [{ path: `state.${name}.data`, kind: 'any', step: name }] };
}

function namesOf(outputs: JsonPattern['outputs']): string[] {
  return Array.isArray(outputs) ? outputs : Object.keys(outputs);
}

/** Each item says itself how its calls go. */
function scriptByItem(map: NonNullable<JsonStep['map']>, dice: Dice): void {
  const scripts = [[], ['fail:DATA_MISSING'], ['fail:RATE_LIMITED'], [], ['fail:PROVIDER_REFUSED']];
  map.in = Array.from({ length: 2 + dice.below(4) }, (_, i) => ({ n: i, script: dice.pick(scripts) }));
  map.do.args = { ...map.do.args, value: '{{item.n}}', script: '{{item.script}}' };
  delete map.do.condition;
}
