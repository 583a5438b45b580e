/** The types of an expression, before anything runs: what can never work, and the schema of what it gives. */
import { EngineError } from '../contract/errors';
import { parseCondition } from './condition';
import { parseExpression } from './expression';
import type { Reference } from './reference';
import type { JsonSchema } from './signatures';

export interface ExpressionProblem {
  code: string;
  message: string;
  suggestion?: string;
}

export interface CheckedExpression {
  problems: ExpressionProblem[];
  /** Of the result; `null` when it is not known. */
  schema: JsonSchema | null;
  references: Reference[];
}

/**
 * Checks an expression with what is known of its references: `null` when nothing is, `undefined` when the reference
 * itself is wrong, which the caller reports.
 */
export function checkExpression(
  source: string,
  _typeOf: (reference: Reference) => JsonSchema | null | undefined,
  expected: 'bool' | 'any',
): CheckedExpression {
  try {
    const { references } = expected === 'bool' ? parseCondition(source) : parseExpression(source);
    return { problems: [], schema: expected === 'bool' ? { type: 'boolean' } : null, references };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return { problems: [{ code: error.code, message: error.message }], schema: null, references: [] };
  }
}
