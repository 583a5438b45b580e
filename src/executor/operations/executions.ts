/** Operations that start executions, read them and end them. */
import { ExecuteRequest, ExecuteResponse, Execution } from '../../contract/execution';
import { Trace } from '../../contract/trace';
import { execute } from '../execute';
import * as executions from '../executions';
import * as examples from '../openapi-examples';
import {
  accepted,
  codesWith,
  executionId,
  header,
  type Operation,
  queryParameters,
  readProblems,
} from './operation';

const ifNoneMatch = header('If-None-Match', 'an `ETag` received earlier; 304 when it is still that');

export const executionOperations: Operation[] = [
  {
    method: 'post',
    paths: ['/v1/execute', '/execute'],
    summary: 'Runs a pattern and waits for its result, or says where it will be.',
    body: { schema: ExecuteRequest, example: examples.executeRequest },
    parameters: [
      header('Idempotency-Key', 'the same key and body mean the same execution, also after a restart'),
      header('Prefer', '`wait=N` seconds (default 10, at most 30) or `respond-async`'),
      header(
        'Cache-Control',
        '`no-cache`: neither an earlier run of the same request nor remembered results',
      ),
    ],
    answers: {
      200: { description: 'The result.', schema: ExecuteResponse, example: examples.executeResponse },
      202: accepted,
    },
    problems: [
      'RIGHTS_MISSING',
      'PATTERN_NOT_FOUND',
      'PORTFOLIO_NOT_FOUND',
      'PACK_NOT_FOUND',
      ...codesWith(409, 422, 500, 502, 503, 504),
    ],
    handler: execute,
  },
  {
    method: 'get',
    paths: ['/v1/executions'],
    summary: 'Own executions, newest first, without their results.',
    parameters: queryParameters(executions.ExecutionQuery),
    answers: {
      200: {
        description: 'A page of them.',
        schema: executions.ExecutionList,
        example: examples.executionList,
      },
    },
    problems: ['REQUEST_INVALID', ...readProblems],
    noStore: true,
    handler: executions.list,
  },
  {
    method: 'get',
    paths: ['/v1/executions/{id}'],
    summary: 'Status of an execution, and its result when it has ended; 200 also when it failed.',
    parameters: [executionId, ifNoneMatch],
    answers: {
      200: { description: 'The execution, with its `ETag`.', schema: Execution, example: examples.execution },
    },
    problems: ['EXECUTION_NOT_FOUND', ...readProblems],
    handler: executions.read,
  },
  {
    method: 'get',
    paths: ['/v1/executions/{id}/trace'],
    summary: 'What ran, by which agents, on which sources, how fresh.',
    parameters: [executionId, ifNoneMatch],
    answers: {
      200: { description: 'The trace, with its `ETag`.', schema: Trace, example: examples.trace },
      202: accepted,
    },
    problems: ['EXECUTION_NOT_FOUND', ...readProblems],
    handler: executions.readTrace,
  },
  {
    method: 'post',
    paths: ['/v1/executions/{id}/cancel'],
    summary: 'Asks a running execution to end.',
    parameters: [executionId],
    answers: { 202: { ...accepted, description: 'It was asked to end.' } },
    problems: ['EXECUTION_NOT_FOUND', 'EXECUTION_CLOSED', ...readProblems, 'TEMPORAL_UNAVAILABLE'],
    handler: executions.cancel,
  },
];
