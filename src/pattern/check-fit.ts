/** Whether a value of one schema can be one of another: only what can never fit is said. */
import { isAmount, inWords } from './expression-types-schemas';
import type { JsonSchema } from './signatures';
import { alternativesOf, type JsonKind, kindsOf, othersOf, valuesOf } from './types';
import { validatorOf } from './check-validators';

export interface Misfit {
  /** Where in the value. */
  path: string[];
  /** Goes on after "it": "is a text where a list is wanted". */
  reason: string;
}

/** Schemas of strangers may be anything; past this many comparisons nothing more is said. */
const maximumComparisons = 20_000;

/** Why no value of `source` other than `null` can be one of `target`; `null` when one can. */
export function misfitOf(source: JsonSchema, target: JsonSchema): Misfit | null {
  return compare(source, target, { left: maximumComparisons });
}

interface Fuel {
  left: number;
}

function compare(source: JsonSchema, target: JsonSchema, fuel: Fuel): Misfit | null {
  fuel.left -= 1;
  if (source === target || fuel.left <= 0 || Object.keys(target).length === 0) return null;
  const from = alternativesOf(source);
  if (from && source.properties === undefined)
    return firstUnlessFit(from.filter(isMoreThanNull), (member) => compare(member, target, fuel));
  const to = alternativesOf(target);
  if (to && target.properties === undefined)
    return firstUnlessFit(to.filter(isMoreThanNull), (member) => compare(source, member, fuel), target, source);
  const kinds = [...kindsOf(source)].filter((kind) => kind !== 'null');
  const wanted = kindsOf(target);
  const shared = kinds.filter((kind) => wanted.has(kind));
  if (shared.length === 0) return here(`is ${typeInWords(source)} where ${typeInWords(target)} is wanted`);
  return compareValues(source, target) ?? (shared.length === 1 ? compareKind(shared[0], source, target, fuel) : null);
} // prettier-ignore

function here(reason: string): Misfit {
  return { path: [], reason };
}

function isMoreThanNull(schema: JsonSchema): boolean {
  const kinds = kindsOf(schema);
  return kinds.size !== 1 || !kinds.has('null');
}

/** `null` as soon as one alternative fits; else what is wrong with the one that comes nearest. */
function firstUnlessFit(
  members: JsonSchema[],
  misfit: (member: JsonSchema) => Misfit | null,
  target?: JsonSchema,
  source?: JsonSchema,
): Misfit | null {
  const found: Misfit[] = [];
  for (const member of members) {
    const one = misfit(member);
    if (one === null) return null;
    found.push(one);
  }
  const deepest = found.find(({ path }) => path.length > 0);
  if (deepest || found.length <= 1 || !target || !source) return deepest ?? found[0] ?? null;
  return here(`is ${typeInWords(source)} where ${typeInWords(target)} is wanted`);
}

/** What lists its values can be tried. */
function compareValues(source: JsonSchema, target: JsonSchema): Misfit | null {
  const [from, to] = [valuesOf(source), valuesOf(target)];
  const shown = (values: unknown[]): string => values.map((value) => JSON.stringify(value)).join(', ');
  if (from) {
    const fits = from.some((value) => value !== null && validatorOf(target)(value).length === 0);
    if (fits) return null;
    const wanted = to ? `one of ${shown(to)}` : typeInWords(target);
    return here(`is ${from.length > 1 ? 'one of ' : ''}${shown(from)} where ${wanted} is wanted`);
  }
  if (!to) return null;
  const isPossible = to.some((value) => value !== null && validatorOf(source)(value).length === 0);
  return isPossible ? null : here(`is ${typeInWords(source)} where one of ${shown(to)} is wanted`);
}

function compareKind(
  kind: JsonKind | undefined,
  source: JsonSchema,
  target: JsonSchema,
  fuel: Fuel,
): Misfit | null {
  if (kind === 'string') return compareTexts(source, target);
  if (kind === 'number') return compareRanges(source, target, ['minimum', 'maximum']);
  if (kind === 'array') return compareLists(source, target, fuel);
  return kind === 'object' ? compareObjects(source, target, fuel) : null;
}

/** Texts of these forms are never texts of another of them. */
const forms = ['uuid', 'date', 'date-time', 'time', 'email'];

function formOf(schema: JsonSchema): string | null {
  if (isAmount(schema)) return 'decimal';
  const format = schema['format'];
  return typeof format === 'string' && forms.includes(format) ? format : null;
}

function compareTexts(source: JsonSchema, target: JsonSchema): Misfit | null {
  const [from, to] = [formOf(source), formOf(target)];
  if (from !== null && to !== null && from !== to)
    return here(`is ${typeInWords(source)} where ${typeInWords(target)} is wanted`);
  return compareRanges(source, target, ['minLength', 'maxLength']);
}

function compareRanges(
  source: JsonSchema,
  target: JsonSchema,
  [least, most]: [string, string],
): Misfit | null {
  const number = (value: unknown, otherwise: number): number =>
    typeof value === 'number' ? value : otherwise;
  if (number(source[least], -Infinity) > number(target[most], Infinity))
    return here(`has ${least} ${String(source[least])} where ${most} is ${String(target[most])}`);
  if (number(source[most], Infinity) < number(target[least], -Infinity))
    return here(`has ${most} ${String(source[most])} where ${least} is ${String(target[least])}`);
  return null;
}

function compareLists(source: JsonSchema, target: JsonSchema, fuel: Fuel): Misfit | null {
  const length = compareRanges(source, target, ['minItems', 'maxItems']);
  if (length || !source.items || !target.items) return length;
  const items = compare(source.items, target.items, fuel);
  return items && { path: ['0', ...items.path], reason: items.reason };
}

function compareObjects(source: JsonSchema, target: JsonSchema, fuel: Fuel): Misfit | null {
  const own = source.properties ?? {};
  const wanted = target.properties ?? {};
  const ofSource = othersOf(source);
  for (const name of target.required ?? []) {
    const member = Object.hasOwn(own, name) ? own[name] : ofSource;
    if (member == null) return here(`has no "${name}"`);
    if (member === 'open' || !Object.hasOwn(wanted, name)) continue;
    const misfit = compare(member, wanted[name] ?? {}, fuel);
    if (misfit) return { path: [name, ...misfit.path], reason: misfit.reason };
  }
  const ofTarget = othersOf(target);
  for (const name of source.required ?? []) {
    const expected = Object.hasOwn(wanted, name) ? wanted[name] : ofTarget;
    if (expected == null) return here(`has a "${name}", which is not taken`);
    if (expected === 'open' || !Object.hasOwn(own, name)) continue;
    const misfit = compare(own[name] ?? {}, expected, fuel);
    if (misfit) return { path: [name, ...misfit.path], reason: misfit.reason };
  }
  return null;
}

/** "a text (uuid) or null", "a decimal as text". */
export function typeInWords(schema: JsonSchema): string {
  const format = schema['format'];
  const words = inWords(schema);
  return typeof format === 'string' && words === 'a text' ? `a text (${format})` : words;
}
