/** What may be asked to be checked or planned: a pattern by its id, or a whole one that no server knows. */
import { type Static, Type } from '@sinclair/typebox';
import { EngineError } from '../contract/errors';
import { ExecuteRequest } from '../contract/execution';
import { compilePattern, toPlan } from '../pattern/compile';
import { compileSchema } from '../validate';
import type { ExecuteDeps } from './execute-deps';
import type { CheckContext } from '../pattern/check-context';
import type { RunnablePattern } from './pattern-store';
import { refuseProblems } from './request-checks';

const { pattern_id, version, portfolio_id, inputs, asof_date, patience } = ExecuteRequest.properties;

export const PlanRequest = Type.Object(
  {
    pattern_id: Type.Optional(pattern_id),
    pattern: Type.Optional(Type.Unknown({ description: 'a whole pattern, in place of `pattern_id`' })),
    version,
    portfolio_id,
    inputs,
    asof_date,
    patience,
  },
  { additionalProperties: false, title: 'PlanRequest' },
);
export type PlanRequest = Static<typeof PlanRequest>;

const bodyProblems = compileSchema(PlanRequest);

/** @throws EngineError REQUEST_INVALID with every problem of the body at once */
export function requirePlanRequest(body: unknown): PlanRequest {
  const problems = bodyProblems(body);
  if (problems.length > 0) refuseProblems(problems);
  const request = body as PlanRequest;
  if ((request.pattern_id === undefined) === (request.pattern === undefined)) {
    refuse('', 'needs either "pattern_id" or "pattern"');
  }
  if (request.pattern !== undefined && request.version !== undefined) {
    refuse('/version', 'goes with "pattern_id"; a whole pattern has its own');
  }
  return request;
}

/** @throws EngineError PATTERN_NOT_FOUND, PATTERN_INVALID with the problems */
export async function planAsked(
  { findPattern, checkContext }: Pick<ExecuteDeps, 'findPattern'> & { checkContext: CheckContext },
  { pattern_id: id, pattern: source, version: asked, patience: wanted }: PlanRequest,
): Promise<RunnablePattern> {
  if (id !== undefined) return findPattern(id, asked, wanted);
  const { pattern, plan, problems } = compilePattern(source, checkContext);
  if (pattern === null || plan === null) {
    throw new EngineError('PATTERN_INVALID', 'The pattern has problems and cannot be planned.', { problems });
  }
  return { pattern, plan: wanted === 'background' ? toPlan(pattern, checkContext, wanted) : plan };
}

function refuse(pointer: string, message: string): never {
  refuseProblems([{ code: 'REQUEST_INVALID', pointer, message }]);
}
