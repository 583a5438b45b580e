/** Types across steps: what a path of a result schema holds, and which kinds of JSON value a schema admits. */
import type { JsonSchema } from './signatures';

const all = ['null', 'boolean', 'number', 'string', 'array', 'object'] as const;
export type JsonKind = (typeof all)[number];

export type SchemaAt = { schema: JsonSchema } | { unknown: true } | { failedAt: string; known: string[] };

/** The schemas of which a value fits at least one, where a schema says so. */
export function alternativesOf(schema: JsonSchema): JsonSchema[] | null {
  const found = schema.anyOf ?? (schema['oneOf'] as JsonSchema[] | undefined);
  return Array.isArray(found) && found.length > 0 ? found : null;
}

/**
 * The schema at a path, `unknown` where the schema does not say (an open object), or the segment that cannot be.
 * Through a union the path may go through any member that has it.
 */
export function schemaAt(schema: JsonSchema, path: readonly string[]): SchemaAt {
  const [segment, ...rest] = path;
  if (segment === undefined) return { schema };
  const { properties, items } = schema;
  if (properties && Object.hasOwn(properties, segment)) return schemaAt(properties[segment] ?? {}, rest);
  const alternatives = alternativesOf(schema);
  if (alternatives) return throughUnion(alternatives, path, segment);
  // What else a schema may say of members: nothing is known of it.
  if (schema['$ref'] !== undefined || schema['allOf'] !== undefined) return { unknown: true };
  const kinds = kindsOf(schema);
  const isIndex = /^(0|[1-9][0-9]*)$/.test(segment);
  if (isIndex && kinds.has('array')) return items ? schemaAt(items, rest) : { unknown: true };
  const others = kinds.has('object') ? othersOf(schema) : null;
  if (others === 'open') return { unknown: true };
  if (others !== null) return schemaAt(others, rest);
  return { failedAt: segment, known: Object.keys(properties ?? {}) };
}

/** What members that have no name in the schema hold; `null`: there are none. */
export function othersOf(schema: JsonSchema): JsonSchema | 'open' | null {
  const patterns = Object.entries(schema.patternProperties ?? {});
  const [first] = patterns;
  // The one form that says the same of every name.
  if (first && patterns.length === 1 && first[0] === '^(.*)$') return first[1];
  if (patterns.length > 0) return 'open';
  const { additionalProperties: others } = schema;
  if (typeof others === 'object') return others;
  return others === false ? null : 'open';
}

function throughUnion(members: JsonSchema[], path: readonly string[], segment: string): SchemaAt {
  const results = members.map((member) => schemaAt(member, path));
  const good = results.filter((result) => 'schema' in result);
  if (good.length === 1 && good[0]) return good[0];
  if (good.length > 1) return { schema: { anyOf: good.map((result) => result.schema) } };
  return results.find((result) => 'unknown' in result) ?? merge(results, segment);
}

function merge(results: SchemaAt[], segment: string): { failedAt: string; known: string[] } {
  const failed = results.filter((result) => 'failedAt' in result);
  const deepest =
    failed.find((result) => result.failedAt !== segment) ?? failed.find((result) => result.known.length > 0);
  return deepest ?? { failedAt: segment, known: [] };
}

/** The kinds of JSON value a schema admits; `integer` counts as number. */
export function kindsOf(schema: JsonSchema): Set<JsonKind> {
  const named = schema.type === undefined ? null : [schema.type].flat();
  if (named) return new Set(named.map((kind) => (kind === 'integer' ? 'number' : kind) as JsonKind));
  const alternatives = alternativesOf(schema);
  if (alternatives) return new Set(alternatives.flatMap((member) => [...kindsOf(member)]));
  const values = valuesOf(schema);
  return new Set(values ? values.map(kindOfValue) : all);
}

/** The values that a schema lists, when it lists them. */
export function valuesOf(schema: JsonSchema): unknown[] | null {
  if (schema['const'] !== undefined) return [schema['const']];
  return Array.isArray(schema.enum) ? schema.enum : null;
}

export function kindOfValue(value: unknown): JsonKind {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value as JsonKind;
}

/** Whether it admits `null`, be it only because it says nothing. */
export function isNullable(schema: JsonSchema): boolean {
  return kindsOf(schema).has('null');
}

/** Whether it says that `null` is one of its values. */
export function namesNull(schema: JsonSchema): boolean {
  const isSaid = schema.type !== undefined || valuesOf(schema) !== null;
  return isSaid ? isNullable(schema) : (alternativesOf(schema) ?? []).some(namesNull);
}
