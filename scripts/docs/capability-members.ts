/** Members of an object's schema as a table: name, type, meaning. */
import { table } from './generated';

/** What of a JSON schema is shown. */
export interface Described {
  title?: string;
  description?: string;
  type?: string;
  anyOf?: Described[];
  items?: Described;
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, Described>;
  patternProperties?: Record<string, Described>;
  required?: string[];
}

export function members(schema: Described): string {
  const { properties, required } = schema;
  if (!properties) return typeOf(schema);
  const rows = Object.entries(properties).map(([name, member]) => {
    const need = required?.includes(name) === true ? '' : ' (optional)';
    return [`\`${name}\`${need}`, typeOf(member), meaningOf(member)];
  });
  return table(['member', 'type', 'meaning'], rows);
}

export function typeOf(schema: Described): string {
  if (schema.title !== undefined)
    return isShape(schema) ? `[${schema.title}](#${schema.title.toLowerCase()})` : schema.title;
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(' or ');
  if (schema.enum) return schema.enum.map((value) => `\`${String(value)}\``).join(', ');
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.type === 'array') return `list of ${typeOf(schema.items ?? {})}`;
  return schema.type ?? 'any';
}

/** Its own description, or that of the one thing besides null that it can be; of an object without one its members. */
function meaningOf(schema: Described): string {
  const { description } = schema;
  if (description !== undefined) return description;
  const other = (schema.anyOf ?? []).filter(({ type }) => type !== 'null');
  if (other.length === 1 && other[0]?.description !== undefined) return other[0].description;
  const inner = schema.items?.properties ?? schema.properties;
  if (!inner || schema.title !== undefined || schema.items?.title !== undefined) return '';
  return Object.keys(inner)
    .map((name) => `\`${name}\``)
    .join(', ');
}

/** A named schema that has more to tell than its name. */
export function isShape(schema: Described): schema is Described & { title: string } {
  return (
    schema.title !== undefined && (schema.properties !== undefined || (schema.anyOf ?? []).some(isObject))
  );
}

const isObject = (schema: Described): boolean => schema.properties !== undefined;
