/** Values that stand in the file itself, against their schemas. */
import type { Site } from './check-site';
import { validatorOf } from './check-validators';
import { isAmount, textsOf } from './expression-types-schemas';
import type { JsonSchema } from './signatures';
import { alternativesOf, kindsOf, schemaAt } from './types';

/** A template without references; `\{{` in its texts is a literal `{{`. */
export function checkLiteral(template: unknown, target: JsonSchema, pointer: string, site: Site): void {
  const value = unescaped(template);
  const places = new Map<string, string[]>();
  for (const problem of validatorOf(target)(value)) {
    const at = places.get(problem.pointer);
    if (at) at.push(problem.message);
    else places.set(problem.pointer, [problem.message]);
  }
  for (const [place, messages] of places) {
    const path = place.split('/').slice(1);
    const schema = schemaAt(target, path);
    const hint = 'schema' in schema ? hintFor(valueAt(value, path), schema.schema, site) : undefined;
    site.report(site.code, `${pointer}${place}`, `the value does not fit: ${joined(messages)}`, hint);
  }
}

/** Of several alternatives each says what it wants; that there are alternatives says nothing. */
function joined(messages: string[]): string {
  const plain = messages.filter((message) => !/ in (anyOf|oneOf)$/.test(message));
  return [...new Set(plain.length === 0 ? messages : plain)].slice(0, 4).join(' or ');
}

function unescaped(template: unknown): unknown {
  if (typeof template === 'string') return template.replaceAll(/\\(\{\{[^{}]*\}\})/g, '$1');
  if (Array.isArray(template)) return template.map(unescaped);
  if (template === null || typeof template !== 'object') return template;
  return Object.fromEntries(Object.entries(template).map(([key, member]) => [key, unescaped(member)]));
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, segment) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[segment] : undefined),
    value,
  );
} // prettier-ignore

/** What to write instead, where that is plain. */
function hintFor(value: unknown, schema: JsonSchema, { checking }: Site): string | undefined {
  const wanted = kindsOf(schema);
  if (typeof value === 'number' && wanted.has('string') && (alternativesOf(schema) ?? [schema]).some(isAmount))
    return `write "${String(value)}"`;
  if (typeof value !== 'string') return undefined;
  if (!wanted.has('string') && wanted.has('number') && /^-?[0-9]+(\.[0-9]+)?$/.test(value))
    return `write ${value}`;
  if (!wanted.has('string') && wanted.has('boolean') && (value === 'true' || value === 'false'))
    return `write ${value}`;
  const texts = textsOf(schema);
  if (texts) return checking.suggest(value, texts);
  return /^(state|inputs|ctx|item|steps)\.[a-z0-9_.]+$/.test(value) ? `write "{{${value}}}"` : undefined;
} // prettier-ignore
