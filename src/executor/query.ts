/** A request's query, checked like a body: every problem at once, each with its place. */
import type { Static, TObject } from '@sinclair/typebox';
import { EngineError, type Problem } from '../contract/errors';
import { compileSchema } from '../validate';

/**
 * Compiles a query's schema once; values in it are text, as queries are.
 * @returns a function that throws EngineError REQUEST_INVALID, whose pointers begin with `/query`
 */
export function queryReader<T extends TObject>(schema: T): (query: unknown) => Static<T> {
  const problemsOf = compileSchema(schema);
  return (query) => {
    const problems = problemsOf({ ...(query as object) });
    if (problems.length > 0) refuseQuery(problems);
    return query as Static<T>;
  };
}

/** @throws EngineError REQUEST_INVALID; pointers are those within the query */
export function refuseQuery(found: Problem[]): never {
  const problems = found.map((problem) => ({ ...problem, pointer: `/query${problem.pointer}` }));
  throw new EngineError('REQUEST_INVALID', `${problems[0]?.pointer ?? ''}: ${problems[0]?.message ?? ''}`, {
    problems,
  });
}
