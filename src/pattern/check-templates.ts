/** Templates against the schema of what they stand for: references, texts with references in them, literals, and mixtures. */
import { EngineError } from '../contract/errors';
import { escapePointer } from '../validate';
import { misfitOf, typeInWords } from './check-fit';
import { checkLiteral } from './check-literals';
import { holdsUnreadableName } from './check-misnamed';
import { checkReference, type Found } from './check-references';
import { type Site, warnMissing } from './check-site';
import type { Report } from './check-session';
import { kinds } from './expression-types-schemas';
import { type Reference, referencesIn, wholeReference } from './reference';
import type { JsonSchema } from './signatures';
import { alternativesOf, isNullable, kindsOf, othersOf } from './types';

/** What a missing value does there: the step is skipped, `null` stands in its place, or it is provided for. */
export type WhenMissing = 'skips' | 'null' | 'fine';

export function checkTemplate(
  template: unknown,
  target: JsonSchema,
  pointer: string,
  site: Site,
  whenMissing: WhenMissing = 'null',
): void {
  if (!spend(site)) return;
  let found: { reference: Reference; pointer: string }[];
  let whole: Reference | null;
  try {
    found = referencesIn(template, pointer);
    whole = typeof template === 'string' ? wholeReference(template) : null;
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    reportUnreadable(template, pointer, site, error);
    return;
  }
  if (whole) checkWhole(whole, target, pointer, site, whenMissing);
  else if (found.length === 0) checkLiteral(template, target, pointer, site);
  else if (typeof template === 'string') checkInterpolated(found, target, pointer, site);
  else checkMixture(template as object, target, pointer, site);
}

/** Templates and schemas of strangers can be so that looking at all of it would take for ever. */
function spend({ checking }: Site): boolean {
  checking.fuel.left -= 1;
  return checking.fuel.left > -1_000_000 && !checking.isFull();
}

/** Goes down to the text that cannot be read. */
function reportUnreadable(template: unknown, pointer: string, site: Site, error: EngineError): void {
  if (template === null || typeof template !== 'object') {
    if (typeof template === 'string' && holdsUnreadableName(template, site.checking)) return;
    site.report('REFERENCE_UNRESOLVED', pointer, error.message);
    return;
  }
  for (const [key, member] of Object.entries(template)) {
    checkTemplate(member, {}, `${pointer}/${escapePointer(key)}`, site);
  }
}

function checkWhole(
  reference: Reference,
  target: JsonSchema,
  pointer: string,
  site: Site,
  whenMissing: WhenMissing,
): void {
  const found = checkReference(reference, pointer, site.scope, site.checking, site.report);
  if (found.wrong) return;
  const misfit = misfitOf(found.schema, target);
  if (misfit) {
    const place = misfit.path.length === 0 ? '' : `: ${misfit.path.join('.')}`;
    const message = `"${reference.text}"${place} ${misfit.reason}`;
    site.report(site.code, pointer, message, memberThatFits(reference, found, target));
    return;
  }
  if (isNullable(target)) return;
  const consequence =
    whenMissing === 'skips' ? 'then this step is skipped too' : 'then null stands here, which does not fit';
  if (whenMissing !== 'fine' && warnMissing(reference, found, pointer, consequence, site)) return;
  warnNull(reference, found, pointer, site);
}

function warnNull(reference: Reference, found: Found, pointer: string, site: Site): void {
  if (!found.mayBeNull) return;
  const message = `"${reference.text}" may be null, which is not taken here`;
  site.report('POSSIBLY_NULL', pointer, message, `add "condition": "${reference.text} != null"`);
}

/** Of an object where something else is wanted: the member that would do, when there is one. */
function memberThatFits(reference: Reference, { schema }: Found, target: JsonSchema): string | undefined {
  if (kindsOf(target).has('object')) return undefined;
  const members = Object.entries(schema.properties ?? {});
  const fitting = members.filter(([, member]) => Object.keys(member).length > 0 && !misfitOf(member, target));
  const [only] = fitting;
  return only && fitting.length === 1 ? `did you mean {{${reference.text}.${only[0]}}}?` : undefined;
}

function checkInterpolated(
  found: { reference: Reference; pointer: string }[],
  target: JsonSchema,
  pointer: string,
  site: Site,
): void {
  if (!kindsOf(target).has('string'))
    site.report(site.code, pointer, `is a text where ${typeInWords(target)} is wanted`, 'write the reference alone');
  const each = new Map(found.map(({ reference }) => [reference.text, reference]));
  for (const reference of each.values()) if (spend(site)) checkInText(reference, pointer, site);
} // prettier-ignore

/** Inside a longer text only texts, numbers and booleans can stand. */
function checkInText(reference: Reference, pointer: string, site: Site): void {
  const result = checkReference(reference, pointer, site.scope, site.checking, site.report);
  if (result.wrong) return;
  const mayBe = kinds(result.schema);
  if (!['string', 'number', 'boolean'].some((kind) => mayBe.has(kind as 'string'))) {
    const what = typeInWords(result.schema);
    const message = `"${reference.text}" is ${what}: inside a longer text only texts, numbers and booleans can stand`;
    site.report(site.code, pointer, message);
  } else if (!warnMissing(reference, result, pointer, 'then the text cannot be made', site))
    warnNull(reference, result, pointer, site);
}

/** A list or object that holds references somewhere. */
function checkMixture(template: object, target: JsonSchema, pointer: string, site: Site): void {
  const kind = Array.isArray(template) ? 'array' : 'object';
  const options = (alternativesOf(target) ?? [target]).filter((option) => kindsOf(option).has(kind));
  const [first] = options;
  if (!first) {
    const is = kind === 'array' ? 'a list' : 'an object';
    site.report(site.code, pointer, `is ${is} where ${typeInWords(target)} is wanted`);
    checkMembers(template, {}, pointer, site);
    return;
  }
  if (options.length === 1) checkMembers(template, first, pointer, site);
  else checkOptions(template, options, pointer, site);
}

/** Says what is wrong with the option that comes nearest. */
function checkOptions(template: object, options: JsonSchema[], pointer: string, site: Site): void {
  let best: Parameters<Report>[] | null = null;
  for (const option of options) {
    const reports: Parameters<Report>[] = [];
    const report: Report = (...told) => void reports.push(told);
    checkMembers(template, option, pointer, { ...site, report, warned: new Set(site.warned) });
    if (best === null || reports.length < best.length) best = reports;
    if (best.length === 0) return;
  }
  for (const told of best ?? []) site.report(...told);
}

function checkMembers(template: object, target: JsonSchema, pointer: string, site: Site): void {
  if (Array.isArray(template)) {
    template.forEach((item, i) => {
      checkTemplate(item, target.items ?? {}, `${pointer}/${String(i)}`, site);
    });
    return;
  }
  checkObject(template as Record<string, unknown>, target, pointer, site);
}

/** The members of an object, or the arguments of a call. */
export function checkObject(
  members: Record<string, unknown>,
  target: JsonSchema,
  pointer: string,
  site: Site,
  whenMissing: (name: string) => WhenMissing = () => 'null',
): void {
  const known = target.properties ?? {};
  const others = kindsOf(target).has('object') ? othersOf(target) : 'open';
  for (const [name, member] of Object.entries(members)) {
    if (site.checking.isFull()) return;
    const place = `${pointer}/${escapePointer(name)}`;
    const schema = Object.hasOwn(known, name) ? known[name] : others;
    if (schema == null) {
      const suggestion = site.checking.suggest(name, Object.keys(known));
      site.report(site.code, place, `there is no "${name}"${listOf(Object.keys(known))}`, suggestion);
      checkTemplate(member, {}, place, site);
    } else checkTemplate(member, schema === 'open' ? {} : schema, place, site, whenMissing(name));
  }
  for (const name of target.required ?? []) {
    if (Object.hasOwn(members, name)) continue;
    site.report(site.code, pointer, `"${name}" is missing`, sourceFor(name, site));
  }
}

function listOf(names: string[]): string {
  return names.length === 0 || names.length > 12 ? '' : `, only ${names.join(', ')}`;
}

/** Where a value of that name can be had. */
function sourceFor(name: string, { checking }: Site): string | undefined {
  const { inputs = {} } = checking.pattern;
  return Object.hasOwn(inputs, name) ? `add "${name}": "{{inputs.${name}}}"` : undefined;
}
