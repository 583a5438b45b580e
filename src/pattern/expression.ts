/** Expressions of `compute`: CEL whose value is JSON. */
export { evaluateExpression, type Expression, parseExpression } from './condition';
