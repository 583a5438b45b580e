/** Operations on executions that wait for people, and on those that shall run again. */
import { ExecuteResponse } from '../../contract/execution';
import * as approvals from '../approvals';
import * as examples from '../openapi-examples';
import { rerun, RerunRequest } from '../rerun';
import { Verification, verify } from '../verify';
import { accepted, codesWith, executionId, header, type Operation, readProblems } from './operation';

export const approvalOperations: Operation[] = [
  {
    method: 'get',
    paths: ['/v1/approvals'],
    summary:
      'Open questions of running patterns: of your own executions, and those that your rights let you answer.',
    answers: {
      200: { description: 'Oldest first.', schema: approvals.ApprovalList, example: examples.approvalList },
    },
    problems: readProblems,
    noStore: true,
    handler: approvals.list,
  },
  {
    method: 'post',
    paths: ['/v1/executions/{id}/approve'],
    summary: 'Answers a question of a running pattern.',
    parameters: [executionId],
    body: { schema: approvals.ApproveRequest, example: examples.approveRequest },
    answers: {
      200: {
        description: 'The run took it.',
        schema: approvals.ApproveResponse,
        example: examples.approveResponse,
      },
    },
    problems: [
      'APPROVAL_NOT_FOUND',
      'APPROVAL_CLOSED',
      'RIGHTS_MISSING',
      ...readProblems,
      'TEMPORAL_UNAVAILABLE',
    ],
    handler: approvals.approve,
  },
  {
    method: 'post',
    paths: ['/v1/executions/{id}/verify'],
    summary:
      'Runs it again on its own snapshot without any memory, and names the first step that comes to something else.',
    parameters: [executionId, header('Prefer', '`wait=N` seconds (default 10, at most 30)')],
    answers: {
      200: { description: 'Both have ended.', schema: Verification, example: examples.verification },
      202: accepted,
    },
    problems: [
      'EXECUTION_NOT_FOUND',
      'EXECUTION_UNFINISHED',
      'VERIFY_REFUSED',
      'PATTERN_NOT_FOUND',
      'PATTERN_INVALID',
      ...readProblems,
      'TEMPORAL_UNAVAILABLE',
    ],
    handler: verify,
  },
  {
    method: 'post',
    paths: ['/v1/executions/{id}/rerun'],
    summary:
      'Runs the same request again, on another day’s pack or with another version where the body names one.',
    parameters: [
      executionId,
      header('Idempotency-Key', 'the same key and body mean the same new execution'),
      header('Prefer', '`wait=N` seconds (default 10, at most 30) or `respond-async`'),
    ],
    body: { schema: RerunRequest, example: { asof_date: '2013-02-27' } },
    answers: {
      200: { description: 'The result.', schema: ExecuteResponse, example: examples.executeResponse },
      202: accepted,
    },
    problems: [
      'EXECUTION_NOT_FOUND', 'RIGHTS_MISSING', 'PATTERN_NOT_FOUND', 'PORTFOLIO_NOT_FOUND', 'PACK_NOT_FOUND',
      ...codesWith(409, 422, 500, 502, 503, 504),
    ], // prettier-ignore
    handler: rerun,
  },
];
