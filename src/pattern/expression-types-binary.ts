/** Types of `+ - * / %`, comparisons and `in`: above all, that nobody compares or adds amounts as texts. */
import { type CelNode, isArithmetic, type NodeOf } from './cel-ast';
import { mixesDecimals, reportDecimals } from './expression-types-decimals';
import {
  booleanType, decimalType, inWords, isAmount, isOnly, itemsOf, type Kind, kinds, numberType, textsOf, textType, union,
  unknownType,
} from './expression-types-schemas'; // prettier-ignore
import type { Infer, Typing } from './expression-types-typing';
import { nearest } from './nearest';
import type { JsonSchema } from './signatures';

export function inferBinary(node: NodeOf<'binary'>, typing: Typing, infer: Infer): JsonSchema {
  if (node.operator === 'in') return inferIn(node, typing, infer);
  if (mixesDecimals(node, typing, infer)) {
    reportDecimals(node, typing, infer);
    return isArithmetic(node.operator) ? decimalType : booleanType;
  }
  const [left, right] = [infer(node.left, typing), infer(node.right, typing)];
  if (isArithmetic(node.operator)) return inferArithmetic(node, left, right, typing);
  if (node.operator === '==' || node.operator === '!=') checkEquality(node, left, right, typing);
  else checkOrder(node, left, right, typing);
  return booleanType;
}

function shared(left: JsonSchema, right: JsonSchema, allowed: Kind[]): Kind[] {
  const [a, b] = [kinds(left), kinds(right)];
  return allowed.filter((kind) => a.has(kind) && b.has(kind));
}

function inferArithmetic(
  node: NodeOf<'binary'>,
  left: JsonSchema,
  right: JsonSchema,
  typing: Typing,
): JsonSchema {
  const allowed: Kind[] = ['number'];
  if (node.operator !== '%') allowed.push('decimal');
  if (node.operator === '+') allowed.push('string', 'array');
  const results: Partial<Record<Kind, JsonSchema>> = {
    number: numberType,
    decimal: decimalType,
    string: textType,
    array: { type: 'array', items: union([itemsOf(left), itemsOf(right)]) },
  };
  const found = shared(left, right, allowed);
  if (found.length > 0) return union(found.map((kind) => results[kind] ?? unknownType));
  typing.report(
    node,
    `${inWords(left)} ${node.operator} ${inWords(right)} is not defined`,
    asText(node, left, right, typing),
  );
  return unknownType;
}

/** A number beside a text is joined to it only when one says so. */
function asText(
  node: NodeOf<'binary'>,
  left: JsonSchema,
  right: JsonSchema,
  typing: Typing,
): string | undefined {
  if (node.operator !== '+') return undefined;
  const [a, b] = [typing.source(node.left), typing.source(node.right)];
  if (isOnly(left, 'string') && isOnly(right, 'number')) return `${a} + string(${b})`;
  return isOnly(left, 'number') && isOnly(right, 'string') ? `string(${a}) + ${b}` : undefined;
}

function checkOrder(node: NodeOf<'binary'>, left: JsonSchema, right: JsonSchema, typing: Typing): void {
  if (shared(left, right, ['number', 'string', 'boolean', 'decimal']).length > 0) return;
  const [a, b] = [typing.source(node.left), typing.source(node.right)];
  const suggestion =
    isOnly(left, 'string') && isOnly(right, 'number')
      ? `double(${a}) ${node.operator} ${b}`
      : isOnly(left, 'number') && isOnly(right, 'string')
        ? `${a} ${node.operator} double(${b})`
        : undefined;
  typing.report(node, `${inWords(left)} cannot be compared with ${inWords(right)}`, suggestion);
}

/** Asking for `null` is always right: a value can be missing. */
function checkEquality(node: NodeOf<'binary'>, left: JsonSchema, right: JsonSchema, typing: Typing): void {
  if (isOnly(left, 'null') || isOnly(right, 'null')) return;
  const every: Kind[] = ['null', 'boolean', 'number', 'string', 'array', 'object', 'decimal'];
  if (shared(left, right, every).length === 0) {
    typing.report(node, `${inWords(left)} is never equal to ${inWords(right)}`);
    return;
  }
  checkTexts(node, node.left, right, typing);
  checkTexts(node, node.right, left, typing);
}

/** A text that is compared must be one that the other side can be. */
function checkTexts(node: CelNode, literal: CelNode, other: JsonSchema, typing: Typing): void {
  if (literal.kind !== 'literal' || typeof literal.value !== 'string') return;
  const texts = textsOf(other);
  if (texts === null || texts.includes(literal.value)) return;
  const near = nearest(literal.value, texts);
  typing.report(
    node,
    `it is never ${typing.source(literal)}, it is one of ${texts.join(', ')}`,
    near === null ? undefined : JSON.stringify(near),
  );
}

function inferIn(node: NodeOf<'binary'>, typing: Typing, infer: Infer): JsonSchema {
  const [left, right] = [infer(node.left, typing), infer(node.right, typing)];
  const mayBe = kinds(right);
  if (!mayBe.has('array') && !mayBe.has('object')) {
    typing.report(node, `${inWords(right)} is neither a list nor an object`);
    return booleanType;
  }
  if (mayBe.has('object')) return booleanType;
  const items = itemsOf(right);
  const [a, b] = [typing.source(node.left), typing.source(node.right)];
  if (isAmount(left) || isAmount(items) || isOnly(left, 'decimal') !== isOnly(items, 'decimal')) {
    if (isOnly(left, 'decimal') && kinds(items).has('decimal')) return booleanType;
    const value = isOnly(left, 'decimal') ? a : `decimal(${a})`;
    typing.report(
      node,
      'amounts are equal as decimals, not as texts',
      `${b}.exists(v, decimal(v) == ${value})`,
    );
  } else if (shared(left, items, [...kinds(left)]).length === 0) {
    typing.report(node, `${inWords(left)} is never in a list of ${inWords(items)}`);
  }
  return booleanType;
}
