/** A request's query, checked like a body: every problem at once, each with its place. */
import type { Static, TObject } from '@sinclair/typebox';
import type { Problem } from '../contract/errors';
import { withMeant } from './meant';
import { compileSchema } from '../validate';
import { refuseProblems } from './request-checks';

/**
 * Compiles a query's schema once; values in it are text, as queries are.
 * @returns a function that throws EngineError REQUEST_INVALID, whose pointers begin with `/query`
 */
export function queryReader<T extends TObject>(schema: T): (query: unknown) => Static<T> {
  const problemsOf = compileSchema(schema);
  const names = Object.keys(schema.properties);
  return (query) => {
    const problems = problemsOf({ ...(query as object) }).map((problem) => inWords(problem, schema));
    if (problems.length > 0) refuseQuery(withMeant(problems, '', names));
    return query as Static<T>;
  };
}

/** Nobody reads a regular expression: the parameter's own description says what it has to be. */
function inWords(problem: Problem, { properties }: TObject): Problem {
  const description = properties[problem.pointer.slice(1)]?.description;
  const isPattern = problem.message.startsWith('must match pattern');
  return isPattern && description !== undefined ? { ...problem, message: `must be ${description}` } : problem;
}

/** @throws EngineError REQUEST_INVALID; pointers are those within the query */
export function refuseQuery(found: Problem[]): never {
  refuseProblems(found.map((problem) => ({ ...problem, pointer: `/query${problem.pointer}` })));
}
