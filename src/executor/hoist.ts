/** Moves titled schemas into `components`: the schemas carry no `$id`, so their title is their name in the document. */
import { canonicalJson } from '../canonical';

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
type JsonObject = { [name: string]: Json };

/**
 * Replaces each titled schema inside by a `$ref`, adding it to `components`.
 * @throws Error when two different schemas have one title
 */
export function hoist(schema: unknown, components: Map<string, unknown>): unknown {
  return walk(JSON.parse(JSON.stringify(schema)) as Json, components);
}

function walk(value: Json, components: Map<string, unknown>): Json {
  if (Array.isArray(value)) return value.map((item) => walk(item, components));
  if (typeof value !== 'object' || value === null) return value;
  // `properties` named "title" are schemas, the keyword is text.
  const { title } = value;
  const inner = Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, walk(member, components)]),
  );
  if (typeof title !== 'string') return inner;
  return refer(title, inner, components);
}

/** A description of the place stays at the place: two uses of one type may differ in it. */
function refer(title: string, schema: JsonObject, components: Map<string, unknown>): JsonObject {
  const { description, ...core } = schema;
  const known = components.get(title) as JsonObject | undefined;
  const { description: knownDescription, ...knownCore } = known ?? core;
  if (canonicalJson(knownCore) !== canonicalJson(core))
    throw new Error(`Two schemas have the title ${title}.`);
  if (!known) components.set(title, schema);
  const differs = known !== undefined && description !== undefined && description !== knownDescription;
  return { $ref: `#/components/schemas/${title}`, ...(differs && { description }) };
}
