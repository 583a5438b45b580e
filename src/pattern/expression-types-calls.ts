/** Types of function calls. */
import type { CelNode, NodeOf } from './cel-ast';
import { toDecimal } from './decimal-exact';
import {
  booleanType, decimalType, integerType, inWords, isAmount, type Kind, kinds, numberType, textType, union, unknownType,
} from './expression-types-schemas'; // prettier-ignore
import type { Infer, Typing } from './expression-types-typing';
import type { JsonSchema } from './signatures';

const calculable: Kind[] = ['number', 'decimal'];
const text: Kind[] = ['string'];

/** What each argument may be, the last for all that follow, and the result; `same` is the first argument's type. */
const calls: Record<string, { takes: Kind[][]; gives: JsonSchema | 'same' }> = {
  size: { takes: [['array', 'object', 'string']], gives: integerType },
  string: { takes: [['string', 'number', 'boolean', 'decimal']], gives: textType },
  double: { takes: [['number', 'string', 'decimal']], gives: numberType },
  int: { takes: [['number', 'string', 'decimal']], gives: integerType },
  bool: { takes: [['boolean', 'string']], gives: booleanType },
  decimal: { takes: [['string', 'number', 'decimal']], gives: decimalType },
  abs: { takes: [calculable], gives: 'same' },
  round: { takes: [calculable, ['number']], gives: 'same' },
  contains: { takes: [text], gives: booleanType },
  startsWith: { takes: [text], gives: booleanType },
  endsWith: { takes: [text], gives: booleanType },
  lowerAscii: { takes: [text], gives: textType },
  upperAscii: { takes: [text], gives: textType },
  trim: { takes: [text], gives: textType },
  split: { takes: [text], gives: { type: 'array', items: textType } },
  join: { takes: [['array'], text], gives: textType },
};

export function inferCall(node: NodeOf<'call'>, typing: Typing, infer: Infer): JsonSchema {
  const types = node.args.map((arg) => infer(arg, typing));
  if (node.name === 'dyn') return types[0] ?? unknownType;
  if (node.name === 'min' || node.name === 'max') return inferExtreme(node, types, typing);
  const call = calls[node.name];
  if (!call) return unknownType;
  node.args.forEach((arg, place) => {
    checkArgument(
      node,
      arg,
      types[place] ?? unknownType,
      call.takes[Math.min(place, call.takes.length - 1)] ?? [],
      typing,
    );
  });
  if (node.name === 'decimal') checkDecimal(node, typing);
  return call.gives === 'same' ? sameAs(types[0] ?? unknownType) : call.gives;
}

function checkArgument(
  node: NodeOf<'call'>,
  arg: CelNode,
  type: JsonSchema,
  takes: Kind[],
  typing: Typing,
): void {
  const found = kinds(type);
  if (takes.some((kind) => found.has(kind))) return;
  const isWrappable = isAmount(type) && takes.includes('decimal') && node.args[0] === arg;
  const rest = node.args
    .slice(1)
    .map((other) => `, ${typing.source(other)}`)
    .join('');
  const suggestion = isWrappable ? `${node.name}(decimal(${typing.source(arg)})${rest})` : undefined;
  typing.report(node, `${node.name}() does not take ${inWords(type)}`, suggestion);
}

function checkDecimal(node: NodeOf<'call'>, typing: Typing): void {
  const [arg] = node.args;
  if (arg?.kind === 'literal' && typeof arg.value === 'string' && toDecimal(arg.value) === null)
    typing.report(node, `${typing.source(arg)} is no decimal such as "1234.50"`);
}

function sameAs(type: JsonSchema): JsonSchema {
  const found = kinds(type);
  const results = [
    ...(found.has('number') ? [numberType] : []),
    ...(found.has('decimal') ? [decimalType] : []),
  ];
  return results.length === 0 ? unknownType : union(results);
}

/** `min` and `max` of several values, or of the members of one list. */
function inferExtreme(node: NodeOf<'call'>, types: JsonSchema[], typing: Typing): JsonSchema {
  const [first, second] = types;
  if (second === undefined) return inferExtremeOfList(node, first?.items ?? unknownType, typing);
  const comparable: Kind[] = ['number', 'string', 'boolean', 'decimal'];
  const isShared = comparable.some((kind) => types.every((type) => kinds(type).has(kind)));
  const isDecimal = types.some((type) => isAmount(type) || kinds(type).has('decimal'));
  if (isShared && !types.some(isAmount)) return union(types);
  const args = node.args.map((arg, place) => {
    const isWrapped = kinds(types[place] ?? unknownType).has('decimal');
    return isWrapped ? typing.source(arg) : `decimal(${typing.source(arg)})`;
  });
  const suggestion = isDecimal ? `${node.name}(${args.join(', ')})` : undefined;
  typing.report(node, `${[...new Set(types.map(inWords))].join(' and ')} cannot be compared`, suggestion);
  return isDecimal ? decimalType : unknownType;
}

function inferExtremeOfList(node: NodeOf<'call'>, items: JsonSchema, typing: Typing): JsonSchema {
  if (!isAmount(items)) return items;
  const list = node.args[0] === undefined ? '' : typing.source(node.args[0]);
  const suggestion = `${node.name}(${list}.map(x, decimal(x)))`;
  typing.report(node, 'amounts are texts, and compare as texts', suggestion);
  return decimalType;
}
