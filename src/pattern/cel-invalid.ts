/** The error of an expression that cannot be: it names the expression, and what to write instead where that is known. */
import { EngineError } from '../contract/errors';

/** A path that begins with no known word: the checker, which knows the names, says what was meant. */
export function unknownName(source: string, path: string): EngineError {
  const [head = ''] = path.split('.');
  const { message } = invalidExpression(source, `"${head}" is unknown`);
  return new EngineError('CONDITION_INVALID', message, { unknown: path, suggestion: `state.${path}` });
}

export function invalidExpression(source: string, reason: string, suggestion?: string): EngineError {
  const hint = suggestion === undefined ? '' : `; write ${suggestion}`;
  const shown = source.length > 200 ? `${source.slice(0, 200)}…` : source;
  return new EngineError(
    'CONDITION_INVALID',
    `"${shown}": ${reason}${hint}`,
    suggestion === undefined ? {} : { suggestion },
  );
}
