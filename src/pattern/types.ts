/** Types across steps: what a path of a result schema holds, and whether that can fit an argument. */
import type { JsonSchema } from './signatures';

const all = ['null', 'boolean', 'number', 'string', 'array', 'object'] as const;
type Kind = (typeof all)[number];

/**
 * The schema at a path, `unknown` where the schema does not say (an open object), or the segment that cannot be.
 * Through a union the path may go through any member that has it.
 */
export function schemaAt(
  schema: JsonSchema,
  path: readonly string[],
): { schema: JsonSchema } | { unknown: true } | { failedAt: string; known: string[] } {
  const [segment, ...rest] = path;
  if (segment === undefined) return { schema };
  if (schema.anyOf) {
    const results = schema.anyOf.map((member) => schemaAt(member, path));
    const good = results.filter((result) => 'schema' in result);
    if (good.length === 1 && good[0]) return good[0];
    if (good.length > 1) return { schema: { anyOf: good.map((result) => result.schema) } };
    return results.find((result) => 'unknown' in result) ?? merge(results, segment);
  }
  if (schema.items && /^(0|[1-9][0-9]*)$/.test(segment)) return schemaAt(schema.items, rest);
  const property =
    schema.properties && Object.hasOwn(schema.properties, segment) ? schema.properties[segment] : undefined;
  if (property) return schemaAt(property, rest);
  if (schema.patternProperties ?? typeof schema.additionalProperties === 'object') return { unknown: true };
  const open = kindsOf(schema).has('object') && schema.additionalProperties !== false;
  if (open) return { unknown: true };
  return { failedAt: segment, known: Object.keys(schema.properties ?? {}) };
}

function merge(
  results: ReturnType<typeof schemaAt>[],
  segment: string,
): { failedAt: string; known: string[] } {
  const failed = results.filter((result) => 'failedAt' in result);
  const deepest =
    failed.find((result) => result.failedAt !== segment) ?? failed.find((result) => result.known.length > 0);
  return deepest ?? { failedAt: segment, known: [] };
}

/** The kinds of JSON value a schema admits; `integer` counts as number. */
export function kindsOf(schema: JsonSchema): Set<Kind> {
  if (schema.anyOf) return new Set(schema.anyOf.flatMap((member) => [...kindsOf(member)]));
  const named = schema.type === undefined ? [] : [schema.type].flat();
  if (named.length === 0) return new Set(all);
  return new Set(named.map((kind) => (kind === 'integer' ? 'number' : kind) as Kind));
}

export function isNullable(schema: JsonSchema): boolean {
  return kindsOf(schema).has('null');
}

/** Whether some value of `source`, other than null, could fit `target`; arrays are compared by their items too. */
export function mayFit(source: JsonSchema, target: JsonSchema): boolean {
  const kinds = kindsOf(source);
  const wanted = kindsOf(target);
  const shared = [...kinds].filter((kind) => kind !== 'null' && wanted.has(kind));
  if (shared.length === 0) return false;
  if (shared.length === 1 && shared[0] === 'array' && source.items && target.items)
    return mayFit(source.items, target.items);
  return true;
}

/** A kind in words: "a text", "a list or null". */
export function describeKinds(schema: JsonSchema): string {
  const words: Record<Kind, string> = {
    null: 'null', boolean: 'true or false', number: 'a number', string: 'a text', array: 'a list', object: 'an object',
  }; // prettier-ignore
  return [...kindsOf(schema)].map((kind) => words[kind]).join(' or ');
}
