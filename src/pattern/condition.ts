/**
 * Conditions: CEL behind one small interface. The only file that names the engine.
 *
 * - A condition is boolean and evaluated once; one that cannot be evaluated is an error, never false.
 * - Numbers of JSON are doubles; int and double mix (CEL alone refuses that).
 * - No regular expressions, length and nesting are capped, loops nest at most two deep.
 */
import { type ASTNode, Environment } from '@marcbachmann/cel-js';
import { EngineError } from '../contract/errors';
import { isMissing, parseReference, type Reference, resolveReference } from './reference';
import { findLocal, findStep, localNames, type Scope } from './scope';

export interface Expression {
  /** As it is evaluated: braces dropped, `===` as `==`, `.length` as `size()`. */
  expression: string;
  references: Reference[];
}
export type Condition = Expression;

export interface Evaluated {
  value: boolean;
  /** Each reference's value, as the trace shows it. */
  operands: Record<string, unknown>;
}

const limits = { length: 2000, nesting: 32, nodes: 1000, loops: 2 };
const loops = ['all', 'exists', 'exists_one', 'map', 'filter'];

const environment = new Environment({
  unlistedVariablesAreDyn: true,
  homogeneousAggregateLiterals: false,
  limits: { maxAstNodes: limits.nodes, maxDepth: limits.nesting },
});
registerMixedArithmetic(environment);

/** Parses an expression, once. @throws EngineError CONDITION_INVALID or LIMIT_EXCEEDED */
export function parseExpression(source: string): Expression {
  if (source.length > limits.length) {
    throw new EngineError(
      'LIMIT_EXCEEDED',
      `an expression may have ${String(limits.length)} characters, this one has ${String(source.length)}`,
    );
  }
  const normalised = source
    .replaceAll(/\{\{([^{}]*)\}\}/g, (_, inner: string) => qualified(parseReference(inner)))
    .replaceAll('===', '==')
    .replaceAll('!==', '!=');
  const expression = replaceLength(normalised);
  return { expression, references: collectReferences(parse(expression).ast, source) };
}

/** @throws EngineError CONDITION_INVALID or LIMIT_EXCEEDED */
export function parseCondition(source: string): Condition {
  const parsed = parseExpression(source);
  const checked = parse(parsed.expression).check();
  if (!checked.valid) throw invalid(source, checked.error);
  if (checked.type !== 'bool' && checked.type !== 'dyn') {
    throw new EngineError(
      'CONDITION_INVALID',
      `"${source}" gives ${checked.type ?? 'no value'}, not true or false`,
    );
  }
  return parsed;
}

/** The value as JSON. @throws EngineError CONDITION_INVALID */
export function evaluateExpression(parsed: Expression, scope: Scope): unknown {
  const missing = parsed.references.filter((reference) => isMissing(reference, scope));
  const expression = missing.length === 0 ? parsed.expression : nullMissing(parsed.expression, missing);
  try {
    const value: unknown = parse(expression)(contextOf(parsed, scope));
    return typeof value === 'bigint' ? Number(value) : value;
  } catch (error) {
    throw invalid(parsed.expression, error);
  }
}

/** Evaluates a checked condition. @throws EngineError CONDITION_INVALID */
export function evaluateCondition(condition: Condition, scope: Scope): Evaluated {
  const value = evaluateExpression(condition, scope);
  if (typeof value !== 'boolean') {
    throw new EngineError(
      'CONDITION_INVALID',
      `"${condition.expression}" gave ${JSON.stringify(value)}, not true or false`,
    );
  }
  return { value, operands: operandsOf(condition, scope) };
}

function contextOf(parsed: Expression, scope: Scope): Record<string, unknown> {
  const state: Record<string, unknown> = {};
  const steps: Record<string, unknown> = {};
  for (const { root, path } of parsed.references) {
    const name = path[0];
    const step =
      name === undefined || (root !== 'state' && root !== 'steps') ? undefined : findStep(scope.frame, name);
    if (!step || name === undefined) continue;
    state[name] = step.value;
    steps[name] = { status: step.status, error: step.error, attempts: step.attempts };
  }
  const locals = localNames.flatMap((name) => {
    const local = findLocal(scope.frame, name);
    return local ? [[name, local.value]] : [];
  });
  return { ctx: scope.ctx, inputs: scope.inputs, state, steps, ...(Object.fromEntries(locals) as object) };
}

function qualified(reference: Reference): string {
  return [reference.root, ...reference.path].join('.');
}

function parse(expression: string) {
  try {
    return environment.parse(expression);
  } catch (error) {
    throw invalid(expression, error);
  }
}

function invalid(source: string, error: unknown): EngineError {
  const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  const code = /exceed|limit|too deep|maximum/i.test(reason) ? 'LIMIT_EXCEEDED' : 'CONDITION_INVALID';
  return new EngineError(code, `"${source.slice(0, 200)}": ${reason}`);
}

/** A missing value and every path below it is `null`, which the engine knows no way to say: so it is written into the text. */
function nullMissing(expression: string, missing: Reference[]): string {
  const names = new Set(missing.map((reference) => reference.text));
  return rewrite(expression, (node) => {
    const path = staticPath(node);
    return path !== null && names.has(path.join('.')) ? 'dyn(null)' : null;
  });
}

function replaceLength(expression: string): string {
  let text = expression;
  for (let round = 0; round < limits.nesting; round += 1) {
    const next = rewrite(text, (node, source) =>
      node.op === '.' && node.args[1] === 'length' ? `size(${source(node.args[0])})` : null,
    );
    if (next === text) return text;
    text = next;
  }
  return text;
}

/** Replaces the outermost nodes for which `replace` gives a text. */
function rewrite(
  expression: string,
  replace: (node: ASTNode, source: (node: ASTNode) => string) => string | null,
): string {
  const edits: { start: number; end: number; text: string }[] = [];
  const source = (node: ASTNode) => expression.slice(node.range.start, node.range.end);
  const visit = (node: ASTNode): void => {
    const text = replace(node, source);
    if (text === null) childrenOf(node).forEach(visit);
    else edits.push({ start: node.range.start, end: node.range.end, text });
  };
  visit(parse(expression).ast);
  return edits
    .sort((a, b) => b.start - a.start)
    .reduce((text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end), expression);
}

function collectReferences(root: ASTNode, source: string): Reference[] {
  const found = new Map<string, Reference>();
  const visit = (node: ASTNode, loopDepth: number, bound: ReadonlySet<string>): void => {
    if (node.op === 'call' || node.op === 'rcall') {
      if (node.args[0] === 'matches')
        throw new EngineError('CONDITION_INVALID', `"${source}": regular expressions are not allowed`);
    }
    if (node.op === 'rcall' && loops.includes(node.args[0])) {
      if (loopDepth >= limits.loops)
        throw new EngineError(
          'LIMIT_EXCEEDED',
          `"${source}": loops nest at most ${String(limits.loops)} deep`,
        );
      const [, receiver, [variable, ...bodies]] = node.args;
      visit(receiver, loopDepth, bound);
      const inner = new Set([...bound, variable?.op === 'id' ? variable.args : '']);
      bodies.forEach((body) => {
        visit(body, loopDepth + 1, inner);
      });
      return;
    }
    const path = staticPath(node);
    if (path !== null && !bound.has(path[0] ?? '')) {
      const reference = parseReference(path.join('.'));
      if (reference.text !== qualified(reference)) {
        throw new EngineError(
          'CONDITION_INVALID',
          `"${source}": "${path[0] ?? ''}" is unknown; write state.${path.join('.')}`,
        );
      }
      found.set(reference.text, reference);
      return;
    }
    childrenOf(node).forEach((child) => {
      visit(child, loopDepth, bound);
    });
  };
  visit(root, 0, new Set());
  return [...found.values()];
}

/** `a.b[0].c` as segments when every part is known without evaluating. */
function staticPath(node: ASTNode): string[] | null {
  if (node.op === 'id') return [node.args];
  if (node.op === '.') {
    const head = staticPath(node.args[0]);
    return head && [...head, node.args[1]];
  }
  if (node.op === '[]' && node.args[1].op === 'value') {
    const head = staticPath(node.args[0]);
    return head && [...head, String(node.args[1].args)];
  }
  return null;
}

function childrenOf(node: ASTNode): ASTNode[] {
  const isNode = (value: unknown): value is ASTNode =>
    typeof value === 'object' && value !== null && 'op' in value;
  const flatten = (value: unknown): ASTNode[] =>
    isNode(value) ? [value] : Array.isArray(value) ? value.flatMap(flatten) : [];
  return flatten(node.args);
}

/** Scalars as they are; of lists and objects only their size, so that a trace stays readable. */
function operandsOf(condition: Condition, scope: Scope): Record<string, unknown> {
  const show = (value: unknown): unknown => {
    if (Array.isArray(value)) return { size: value.length };
    return typeof value === 'object' && value !== null ? { size: Object.keys(value).length } : value;
  };
  const entries = condition.references.map((reference): [string, unknown] => {
    try {
      return [reference.text, show(resolveReference(reference, scope).value ?? null)];
    } catch {
      return [reference.text, null];
    }
  });
  return Object.fromEntries(entries);
}

function registerMixedArithmetic(target: Environment): void {
  const operators: [string, (a: number, b: number) => number][] = [
    ['+', (a, b) => a + b],
    ['-', (a, b) => a - b],
    ['*', (a, b) => a * b],
    ['/', (a, b) => a / b],
  ];
  for (const [operator, compute] of operators) {
    target.registerOperator(`int ${operator} double`, (a: bigint, b: number) => compute(Number(a), b));
    target.registerOperator(`double ${operator} int`, (a: number, b: bigint) => compute(a, Number(b)));
  }
}
