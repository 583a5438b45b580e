/** Evaluates a tree over a scope. Same tree, same scope, same value: no clock, no chance, and a bound on the work. */
import { EngineError } from '../contract/errors';
import type { CelNode, NodeOf } from './cel-ast';
import { CelFailure, kindInWords, show } from './cel-failure';
import { callFunction } from './cel-functions';
import { asBool as bool, evaluateLoop } from './cel-loop';
import { calculate, compare, isEqual, isIn, type Spend } from './cel-operators';
import { isDecimal } from './decimal-exact';
import { isMissing, type Reference, resolveReference } from './reference';
import type { Scope } from './scope';

export const maximumSteps = 1_000_000;

interface Evaluation {
  scope: Scope;
  variables: ReadonlyMap<string, unknown>;
  /** @throws EngineError LIMIT_EXCEEDED */
  spend: Spend;
}

/** @throws CelFailure when it has no value, EngineError LIMIT_EXCEEDED */
export function evaluateTree(tree: CelNode, scope: Scope): unknown {
  let left = maximumSteps;
  const spend = (steps: number): void => {
    left -= steps;
    if (left < 0)
      throw new EngineError(
        'LIMIT_EXCEEDED',
        `an expression may take ${String(maximumSteps)} steps to evaluate`,
      );
  };
  try {
    return evaluate(tree, { scope, variables: new Map(), spend });
  } finally {
    scope.evaluated?.(maximumSteps - left);
  }
}

function evaluate(node: CelNode, at: Evaluation): unknown {
  at.spend(1);
  switch (node.kind) {
    case 'literal':
      return node.value;
    case 'reference':
      return valueOf(node.reference, at.scope);
    case 'variable':
      return at.variables.get(node.name);
    case 'select':
      return memberOf(node.of, evaluate(node.of, at), node.key, at.scope);
    case 'index':
      return memberOf(node.of, evaluate(node.of, at), evaluate(node.index, at), at.scope);
    case 'list':
      return node.items.map((item) => evaluate(item, at));
    case 'object':
      return evaluateObject(node, at);
    case 'if':
      return evaluate(bool(evaluate(node.condition, at)) ? node.then : node.otherwise, at);
    case 'logic':
      return evaluateLogic(node, at);
    case 'not':
      return !bool(evaluate(node.of, at));
    case 'minus':
      return negated(evaluate(node.of, at));
    case 'binary':
      return evaluateBinary(node, at);
    case 'call':
      return callFunction(
        node.name,
        node.args.map((arg) => evaluate(arg, at)),
      );
    case 'has':
      return evaluateHas(node.of, at);
    case 'loop':
      return evaluateLoop(node, at, evaluate);
  }
}

/** A missing value is `null`, and so is every path below it. */
function valueOf(reference: Reference, scope: Scope): unknown {
  return resolved(() => resolveReference(reference, scope).value ?? null);
}

function resolved<T>(find: () => T): T {
  try {
    return find();
  } catch (error) {
    if (error instanceof EngineError) throw new CelFailure(error.message);
    throw error;
  }
}

function memberOf(of: CelNode, value: unknown, key: unknown, scope: Scope): unknown {
  if (value === null && isBelowMissing(of, scope)) return null;
  if (Array.isArray(value)) {
    // A JSON number that is whole is an index, whatever it was computed from.
    if (typeof key === 'number' && Number.isInteger(key) && key >= 0 && key < value.length) return value[key];
    throw new CelFailure(`there is no ${show(key)} in ${show(value)}`);
  }
  if (typeof value === 'object' && value !== null && !isDecimal(value)) {
    const isOwn = typeof key === 'string' && key !== '__proto__' && Object.hasOwn(value, key);
    if (isOwn) return (value as Record<string, unknown>)[key];
    throw new CelFailure(`found no ${show(key)}`);
  }
  throw new CelFailure(`${kindInWords(value)} has no ${show(key)}`);
}

function isBelowMissing(node: CelNode, scope: Scope): boolean {
  if (node.kind === 'select' || node.kind === 'index') return isBelowMissing(node.of, scope);
  if (node.kind !== 'reference') return false;
  const { reference } = node;
  return isMissing({ ...reference, path: [...reference.path, '0'] }, scope);
}

function evaluateObject(node: NodeOf<'object'>, at: Evaluation): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const entry of node.entries) {
    const key = evaluate(entry.key, at);
    if (typeof key !== 'string') throw new CelFailure(`${show(key)} is no name of a member: names are texts`);
    if (key === '__proto__') throw new CelFailure('a member "__proto__" is refused');
    if (Object.hasOwn(object, key)) throw new CelFailure(`the member ${show(key)} is there twice`);
    object[key] = evaluate(entry.value, at);
  }
  return object;
}

/** CEL lets the side that decides win, even over an error on the other. */
function evaluateLogic(node: NodeOf<'logic'>, at: Evaluation): boolean {
  const deciding = node.operator === '||';
  let failure: CelFailure;
  try {
    const left = bool(evaluate(node.left, at));
    return left === deciding ? left : bool(evaluate(node.right, at));
  } catch (error) {
    if (!(error instanceof CelFailure)) throw error;
    failure = error;
  }
  const right = evaluate(node.right, at);
  if (right === deciding) return deciding;
  throw failure;
}

function evaluateBinary(node: NodeOf<'binary'>, at: Evaluation): unknown {
  const left = evaluate(node.left, at);
  const right = evaluate(node.right, at);
  switch (node.operator) {
    case '==':
      return isEqual(left, right, at.spend);
    case '!=':
      return !isEqual(left, right, at.spend);
    case 'in':
      return isIn(left, right, at.spend);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return compare(node.operator, left, right);
    default:
      return calculate(node.operator, left, right, at.spend);
  }
}

function evaluateHas(of: CelNode, at: Evaluation): boolean {
  if (of.kind === 'reference') {
    const { reference } = of;
    if (resolved(() => isMissing(reference, at.scope))) return false;
    const parent = { ...reference, path: reference.path.slice(0, -1) };
    // A step has a value and a status once it is not missing.
    if (parent.path.length === 0 && (reference.root === 'state' || reference.root === 'steps')) return true;
    return hasMember(valueOf(parent, at.scope), reference.path.at(-1) ?? '');
  }
  return of.kind === 'select' && hasMember(evaluate(of.of, at), of.key);
}

function hasMember(value: unknown, key: string): boolean {
  if (typeof value === 'object' && value !== null && !isDecimal(value)) return Object.hasOwn(value, key);
  throw new CelFailure(`${kindInWords(value)} has no members`);
}

function negated(value: unknown): unknown {
  if (typeof value === 'number') return -value;
  if (isDecimal(value)) return value.negated();
  throw new CelFailure(`-${kindInWords(value)} is not defined`);
}
