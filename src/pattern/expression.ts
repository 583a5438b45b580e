/** Expressions: CEL text, read once and evaluated over a scope. Runs in the workflow sandbox. */
import { EngineError } from '../contract/errors';
import { type CelNode, referencesOf } from './cel-ast';
import { evaluateTree } from './cel-evaluate';
import { CelFailure } from './cel-failure';
import { invalidExpression } from './cel-invalid';
import { toJson } from './cel-json';
import { normalise } from './cel-normalise';
import { printCel } from './cel-print';
import { readCel } from './cel-read';
import { type Reference, resolveReference } from './reference';
import type { Scope } from './scope';

export interface Expression {
  /** As it is evaluated: braces dropped, `===` as `==`. */
  expression: string;
  references: Reference[];
}

interface Known extends Expression {
  tree: CelNode;
}

/** Expressions come from pattern files, so there are few; the bound is for a server that checks files of strangers. */
const maximumKnown = 500;
const known = new Map<string, Known>();

/** @throws EngineError CONDITION_INVALID, LIMIT_EXCEEDED, REFERENCE_UNRESOLVED */
export function parseExpression(source: string): Expression {
  const { expression, references } = read(source);
  return { expression, references };
}

/** The tree of an expression, for those that walk it. Throws as `parseExpression` does. */
export function treeOf(source: string): CelNode {
  return read(source).tree;
}

/**
 * The value as JSON: a decimal becomes DecimalString text.
 * @throws EngineError CONDITION_INVALID when it has no value, LIMIT_EXCEEDED
 */
export function evaluateExpression({ expression, references }: Expression, scope: Scope): unknown {
  const { tree } = read(expression);
  try {
    return toJson(evaluateTree(tree, scope));
  } catch (error) {
    if (error instanceof CelFailure)
      throw invalidExpression(expression, `${error.message}${missingAmong(references, scope)}`);
    if (error instanceof EngineError)
      throw new EngineError(error.code, `"${expression.slice(0, 200)}": ${error.message}`);
    throw error;
  }
}

function missingAmong(references: Reference[], scope: Scope): string {
  const missing = references.flatMap((reference) => {
    try {
      return resolveReference(reference, scope).missing ?? [];
    } catch {
      return [];
    }
  });
  return missing.length === 0 ? '' : ` (missing, so null: ${[...new Set(missing)].join(', ')})`;
}

/** The expression for another CEL engine: no sugar of ours, every number a double. */
export function normaliseForCel(source: string): string {
  return printCel(treeOf(source), { doubles: true });
}

function read(source: string): Known {
  const found = known.get(source);
  if (found) return found;
  const expression = normalise(source);
  const tree = readCel(expression);
  const entry = { expression, references: referencesOf(tree), tree };
  if (known.size >= maximumKnown) known.delete(known.keys().next().value ?? '');
  known.set(source, entry);
  return entry;
}
