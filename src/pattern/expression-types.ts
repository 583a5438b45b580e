/** The types of an expression, before anything runs: what can never work, and the schema of what it gives. */
import { EngineError } from '../contract/errors';
import type { CelNode } from './cel-ast';
import { printCel } from './cel-print';
import { parseExpression, treeOf } from './expression';
import { infer, wantBoolean } from './expression-types-infer';
import { booleanType, published } from './expression-types-schemas';
import type { Typing } from './expression-types-typing';
import type { Reference } from './reference';
import type { JsonSchema } from './signatures';

export interface ExpressionProblem {
  code: string;
  message: string;
  suggestion?: string;
  /** A path that begins with no known word. */
  unknown?: string;
}

export interface CheckedExpression {
  problems: ExpressionProblem[];
  /** Of the result as JSON; `null` when nothing is known of it. */
  schema: JsonSchema | null;
  /** Empty when it cannot be read. */
  references: Reference[];
}

/**
 * Checks an expression with what is known of its references: `null` when nothing is, `undefined` when the reference
 * itself is wrong, which the caller reports. Reports only what fails, or says nothing, for every value the types admit.
 */
export function checkExpression(
  source: string,
  typeOf: Typing['typeOf'],
  expected: 'bool' | 'any',
): CheckedExpression {
  try {
    return checkTree(source, typeOf, expected);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const { suggestion, unknown } = error.details as Pick<ExpressionProblem, 'suggestion' | 'unknown'>;
    const found = problem(error.code, error.message, suggestion);
    return {
      problems: [unknown === undefined ? found : { ...found, unknown }],
      schema: null,
      references: [],
    };
  }
}

function checkTree(source: string, typeOf: Typing['typeOf'], expected: 'bool' | 'any'): CheckedExpression {
  const { expression, references } = parseExpression(source);
  const tree = treeOf(source);
  const problems: ExpressionProblem[] = [];
  const text = (node: CelNode): string => sourceOf(expression, node);
  const typing: Typing = {
    typeOf,
    variables: new Map(),
    known: new Map(),
    report: (node, message, suggestion) => {
      problems.push(problem('CONDITION_INVALID', `"${text(node)}": ${message}`, suggestion));
    },
    source: text,
  };
  if (expected === 'bool') {
    wantBoolean(tree, typing);
    return { problems, schema: booleanType, references };
  }
  const schema = infer(tree, typing);
  return { problems, schema: published(schema), references };
}

/** As it is written; where brackets around a part of it were cut off, as it can be written. */
function sourceOf(expression: string, node: CelNode): string {
  const text = expression.slice(node.start, node.end);
  return text.split('(').length === text.split(')').length ? text : printCel(node);
}

function problem(code: string, message: string, suggestion: string | undefined): ExpressionProblem {
  return suggestion === undefined ? { code, message } : { code, message, suggestion };
}
