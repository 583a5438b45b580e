/** Operations that look ahead: what is wrong with a pattern, and what a run of it would do. */
import { PlanExplanation } from '../../contract/plan-explanation';
import { CheckRequest, checkRequest, CheckResult } from '../check-request';
import * as examples from '../openapi-examples-insight';
import { plan } from '../plan';
import { PlanRequest } from '../plan-request';
import { type Operation, readProblems } from './operation';

export const planningOperations: Operation[] = [
  {
    method: 'post',
    paths: ['/v1/patterns/check'],
    summary: 'Checks a pattern against this server’s capabilities and patterns; it is not kept.',
    body: { schema: CheckRequest, example: examples.checkRequest },
    answers: {
      200: { description: 'What was found, also when that is nothing.', schema: CheckResult, example: examples.checkResult },
    },
    problems: [],
    handler: checkRequest,
  },
  {
    method: 'post',
    paths: ['/v1/plan'],
    summary: 'Explains what a run would do, in which order and why; nothing is started.',
    body: { schema: PlanRequest, example: examples.planRequest },
    answers: { 200: { description: 'The plan.', schema: PlanExplanation, example: examples.plan } },
    problems: ['RIGHTS_MISSING', 'PATTERN_NOT_FOUND', 'PATTERN_INVALID', 'PORTFOLIO_NOT_FOUND', ...readProblems],
    noStore: true,
    handler: plan,
  },
]; // prettier-ignore
