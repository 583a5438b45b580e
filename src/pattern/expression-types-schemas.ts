/** Schemas as types of expressions: JSON Schema, and `{ type: 'decimal' }` for what `decimal()` gives, inside this checker alone. */
import { DecimalString } from '../contract/scalars';
import type { JsonSchema } from './signatures';
import { kindsOf } from './types';

export type Kind = 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object' | 'decimal';

export const unknownType: JsonSchema = {};
export const decimalType: JsonSchema = { type: 'decimal' };
export const booleanType: JsonSchema = { type: 'boolean' };
export const numberType: JsonSchema = { type: 'number' };
export const integerType: JsonSchema = { type: 'integer' };
export const textType: JsonSchema = { type: 'string' };

/** A value that came as data is never a decimal, only text that says one. */
export function kinds(schema: JsonSchema): Set<Kind> {
  return kindsOf(schema);
}

export function isOnly(schema: JsonSchema, kind: Kind): boolean {
  const found = kinds(schema);
  return found.size === 1 && found.has(kind);
}

/** Whether every text that the schema admits is an amount, and it admits nothing else but `null`. */
export function isAmount(schema: JsonSchema): boolean {
  const parts = membersOf(schema).filter((part) => !isOnly(part, 'null'));
  return parts.length > 0 && parts.every(isAmountPart);
}

function isAmountPart(part: JsonSchema): boolean {
  const found = kinds(part);
  found.delete('null');
  return found.size === 1 && found.has('string') && part.pattern === DecimalString.pattern;
}

/** The schemas of a union, unions in it included. */
export function membersOf(schema: JsonSchema): JsonSchema[] {
  return schema.anyOf ? schema.anyOf.flatMap(membersOf) : [schema];
}

/** One of several types. */
export function union(schemas: JsonSchema[]): JsonSchema {
  const members = schemas.flatMap(membersOf);
  const isOpen = members.some((member) => Object.keys(member).length === 0);
  const kept = isOpen ? [unknownType, ...members.filter((member) => kinds(member).has('decimal'))] : members;
  const unique = [...new Map(kept.map((member) => [JSON.stringify(member), member])).values()];
  if (unique.length > 1) return { anyOf: unique };
  // Of an empty list nothing is known.
  return unique[0] ?? unknownType;
}

/** What the lists among them hold. */
export function itemsOf(schema: JsonSchema): JsonSchema {
  const lists = membersOf(schema).filter((member) => kinds(member).has('array'));
  return lists.length === 0 ? unknownType : union(lists.map((list) => list.items ?? unknownType));
}

/** The texts that it can be, when it says so; `null` stands for "any". */
export function textsOf(schema: JsonSchema): string[] | null {
  const parts = membersOf(schema).filter((part) => kinds(part).has('string'));
  const lists = parts.map((part) => (part.const === undefined ? part.enum : [part.const]));
  if (lists.length === 0 || lists.some((list) => list === undefined)) return null;
  return lists.flatMap((list) => (list ?? []).filter((value) => typeof value === 'string'));
}

/** In words: "a text or null", "a decimal as text". */
export function inWords(schema: JsonSchema): string {
  if (isAmount(schema)) return 'a decimal as text';
  const words: Record<Kind, string> = {
    null: 'null', boolean: 'true or false', number: 'a number', string: 'a text', array: 'a list', object: 'an object',
    decimal: 'a decimal',
  }; // prettier-ignore
  return [...kinds(schema)].map((kind) => words[kind]).join(' or ');
}

/** As others read it: decimals are text on the wire, and nothing known is `null`. */
export function published(schema: JsonSchema): JsonSchema | null {
  return Object.keys(schema).length === 0 ? null : onTheWire(schema);
}

function onTheWire(schema: JsonSchema): JsonSchema {
  if (schema.type === 'decimal')
    return { type: 'string', pattern: String(DecimalString.pattern), title: 'DecimalString' };
  const { anyOf, items, properties } = schema;
  return {
    ...schema,
    ...(anyOf && { anyOf: anyOf.map(onTheWire) }),
    ...(items && { items: onTheWire(items) }),
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, member]) => [name, onTheWire(member)]),
      ),
    }),
  };
}
