/** Conditions: expressions that are true or false. One that cannot be evaluated is an error, never false. */
import type { CelNode } from './cel-ast';
import { isArithmetic } from './cel-ast';
import { invalidExpression } from './cel-invalid';
import { type Expression, evaluateExpression, parseExpression, treeOf } from './expression';
import { resolveReference } from './reference';
import type { Scope } from './scope';

export type Condition = Expression;

export interface Evaluated {
  value: boolean;
  /** Each reference's value, as the trace shows it. */
  operands: Record<string, unknown>;
}

/** @throws EngineError CONDITION_INVALID also when it can never be true or false, LIMIT_EXCEEDED, REFERENCE_UNRESOLVED */
export function parseCondition(source: string): Condition {
  const what = neverBoolean(treeOf(source));
  if (what !== null) throw invalidExpression(source, `it gives ${what}, not true or false`);
  return parseExpression(source);
}

/** @throws EngineError CONDITION_INVALID, LIMIT_EXCEEDED */
export function evaluateCondition(condition: Condition, scope: Scope): Evaluated {
  const value = evaluateExpression(condition, scope);
  if (typeof value !== 'boolean')
    throw invalidExpression(
      condition.expression,
      `it gave ${JSON.stringify(value).slice(0, 80)}, not true or false`,
    );
  return { value, operands: operandsOf(condition, scope) };
}

/** What the form alone says that it gives, when that is neither true nor false; types are the checker's work. */
function neverBoolean(node: CelNode): string | null {
  switch (node.kind) {
    case 'literal':
      return typeof node.value === 'boolean' ? null : JSON.stringify(node.value);
    case 'list':
      return 'a list';
    case 'object':
      return 'an object';
    case 'minus':
      return 'a number';
    case 'binary':
      return isArithmetic(node.operator) ? `the result of "${node.operator}"` : null;
    case 'call':
      return ['size', 'string', 'int', 'double', 'decimal'].includes(node.name)
        ? `the result of ${node.name}()`
        : null;
    case 'loop':
      return node.name === 'map' || node.name === 'filter' ? 'a list' : null;
    case 'if':
      return neverBoolean(node.then) ?? neverBoolean(node.otherwise);
    case 'logic':
      return neverBoolean(node.left) ?? neverBoolean(node.right);
    case 'not':
      return neverBoolean(node.of);
    default:
      return null;
  }
}

/** Scalars as they are; of lists and objects only their size, so that a trace stays readable. */
function operandsOf(condition: Condition, scope: Scope): Record<string, unknown> {
  const entries = condition.references.map((reference): [string, unknown] => {
    try {
      return [reference.text, shown(resolveReference(reference, scope).value ?? null)];
    } catch {
      return [reference.text, null];
    }
  });
  return Object.fromEntries(entries);
}

function shown(value: unknown): unknown {
  if (Array.isArray(value)) return { size: value.length };
  return typeof value === 'object' && value !== null ? { size: Object.keys(value).length } : value;
}
