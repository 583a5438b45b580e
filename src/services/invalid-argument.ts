/** What a schema cannot say of a measure's arguments: ARGS_INVALID, with the place in words and in `pointer`. */
import { EngineError } from '../contract/errors';

/** @param predicate goes on where the pointer ends: `is 0: a rate is above 0` */
export function invalidArgument(pointer: string, predicate: string): EngineError {
  return new EngineError('ARGS_INVALID', `${pointer} ${predicate}.`, { pointer });
}

/** @param what a sentence of its own, or nearly */
export function refuseArgument(pointer: string, what: string): never {
  throw new EngineError('ARGS_INVALID', `${pointer}: ${what}.`, { pointer });
}
