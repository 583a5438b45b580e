/** The error of an expression that cannot be: it names the expression, and what to write instead where that is known. */
import { EngineError } from '../contract/errors';

export function invalidExpression(source: string, reason: string, suggestion?: string): EngineError {
  const hint = suggestion === undefined ? '' : `; write ${suggestion}`;
  const shown = source.length > 200 ? `${source.slice(0, 200)}…` : source;
  return new EngineError(
    'CONDITION_INVALID',
    `"${shown}": ${reason}${hint}`,
    suggestion === undefined ? {} : { suggestion },
  );
}
