/** The type of each part of an expression, from below; what can never work is reported where it stands. */
import type { CelNode, NodeOf } from './cel-ast';
import { inferBinary } from './expression-types-binary';
import { inferCall } from './expression-types-calls';
import {
  booleanType, decimalType, integerType, inWords, isAmount, isOnly, itemsOf, kinds, numberType, textType, union, unknownType,
} from './expression-types-schemas'; // prettier-ignore
import type { Typing } from './expression-types-typing';
import { nearest } from './nearest';
import type { JsonSchema } from './signatures';
import { schemaAt } from './types';

export function infer(node: CelNode, typing: Typing): JsonSchema {
  const known = typing.known.get(node);
  if (known) return known;
  const schema = inferNew(node, typing);
  typing.known.set(node, schema);
  return schema;
}

function inferNew(node: CelNode, typing: Typing): JsonSchema {
  switch (node.kind) {
    case 'literal':
      return typeOfLiteral(node.value);
    case 'reference':
      return typing.typeOf(node.reference) ?? unknownType;
    case 'variable':
      return typing.variables.get(node.name) ?? unknownType;
    case 'select':
      return memberOf(node, infer(node.of, typing), node.key, typing);
    case 'index':
      return inferIndex(node, typing);
    case 'list':
      return { type: 'array', items: union(node.items.map((item) => infer(item, typing))) };
    case 'object':
      return inferObject(node, typing);
    case 'if':
      wantBoolean(node.condition, typing);
      return union([infer(node.then, typing), infer(node.otherwise, typing)]);
    case 'logic':
      wantBoolean(node.left, typing);
      wantBoolean(node.right, typing);
      return booleanType;
    case 'not':
      wantBoolean(node.of, typing);
      return booleanType;
    case 'minus':
      return inferMinus(node.of, typing);
    case 'binary':
      return inferBinary(node, typing, infer);
    case 'call':
      return inferCall(node, typing, infer);
    case 'has':
      if (node.of.kind === 'select') infer(node.of.of, typing);
      return booleanType;
    case 'loop':
      return inferLoop(node, typing);
  }
}

/** Reports a part that is neither true nor false. */
export function wantBoolean(node: CelNode, typing: Typing): void {
  const schema = infer(node, typing);
  if (kinds(schema).has('boolean')) return;
  const advice = isOnly(schema, 'null') ? askForNull : undefined;
  typing.report(node, `it is ${inWords(schema)}, not true or false`, advice);
}

/** What nearly everybody means who writes a value that can only be `null` as if it were true or false. */
export const askForNull = 'compare with != null';

function typeOfLiteral(value: string | number | boolean | null): JsonSchema {
  if (value === null) return { type: 'null' };
  if (typeof value === 'number') return Number.isInteger(value) ? integerType : numberType;
  return typeof value === 'boolean' ? booleanType : textType;
}

function memberOf(node: NodeOf<'select' | 'index'>, of: JsonSchema, key: string, typing: Typing): JsonSchema {
  const found = schemaAt(of, [key]);
  if ('schema' in found) return found.schema;
  if ('unknown' in found) return unknownType;
  const near = nearest(key, found.known);
  const known = found.known.length === 0 ? `it is ${inWords(of)}` : `there are ${found.known.join(', ')}`;
  typing.report(
    node,
    `found no "${key}": ${known}`,
    near === null ? undefined : `${typing.source(node.of)}.${near}`,
  );
  return unknownType;
}

function inferIndex(node: NodeOf<'index'>, typing: Typing): JsonSchema {
  const of = infer(node.of, typing);
  const index = infer(node.index, typing);
  const { kind } = node.index;
  if (kind === 'literal' && typeof node.index.value !== 'boolean' && node.index.value !== null)
    return memberOf(node, of, String(node.index.value), typing);
  const mayBe = kinds(of);
  const isOfList = mayBe.has('array') && kinds(index).has('number');
  const isOfObject = mayBe.has('object') && kinds(index).has('string');
  if (!isOfList && !isOfObject) typing.report(node, `${inWords(of)} has no member at ${inWords(index)}`);
  return isOfList && !isOfObject ? itemsOf(of) : unknownType;
}

function inferObject(node: NodeOf<'object'>, typing: Typing): JsonSchema {
  const members = node.entries.map(({ key, value }) => {
    if (!kinds(infer(key, typing)).has('string')) typing.report(key, 'names of members are texts');
    const name = key.kind === 'literal' && typeof key.value === 'string' ? key.value : null;
    return { key, name, schema: infer(value, typing) };
  });
  const names = members.flatMap(({ name }) => name ?? []);
  members.forEach(({ key, name }, place) => {
    if (name === '__proto__') typing.report(key, 'this name is refused');
    const isRepeated = name !== null && members.findIndex((member) => member.name === name) < place;
    if (isRepeated) typing.report(key, 'this name is there twice');
  });
  if (names.length !== members.length) return { type: 'object' };
  const properties = Object.fromEntries(members.map(({ name, schema }) => [name ?? '', schema]));
  return { type: 'object', properties, required: names, additionalProperties: false };
}

function inferMinus(of: CelNode, typing: Typing): JsonSchema {
  const schema = infer(of, typing);
  const found = kinds(schema);
  const results = [
    ...(found.has('number') ? [numberType] : []),
    ...(found.has('decimal') ? [decimalType] : []),
  ];
  if (results.length > 0) return union(results);
  typing.report(
    of,
    `it is ${inWords(schema)}, which has no negative`,
    isAmount(schema) ? `-decimal(${typing.source(of)})` : undefined,
  );
  return unknownType;
}

function inferLoop(node: NodeOf<'loop'>, typing: Typing): JsonSchema {
  const of = infer(node.of, typing);
  const mayBe = kinds(of);
  const variables = [
    ...(mayBe.has('array') ? [itemsOf(of)] : []),
    ...(mayBe.has('object') ? [textType] : []),
  ];
  if (variables.length === 0) typing.report(node.of, `it is ${inWords(of)}, not a list`);
  const variable = union(variables.length === 0 ? [unknownType] : variables);
  const inner = { ...typing, variables: new Map([...typing.variables, [node.variable, variable]]) };
  if (node.filter) wantBoolean(node.filter, inner);
  if (node.name === 'map') return { type: 'array', items: infer(node.body, inner) };
  wantBoolean(node.body, inner);
  return node.name === 'filter' ? { type: 'array', items: variable } : booleanType;
}
