/** Operations that look back: where a field comes from, how two results differ. */
import { Diff } from '../../contract/diff';
import { Lineage } from '../../contract/lineage';
import { diff, DiffRequest, DiffRunning } from '../diff';
import { lineage, LineageQuery } from '../lineage';
import * as examples from '../openapi-examples-insight';
import { codesWith, executionId, header, type Operation, queryParameters, readProblems } from './operation';

const ifNoneMatch = header('If-None-Match', 'an `ETag` received earlier; 304 when it is still that');

export const insightOperations: Operation[] = [
  {
    method: 'get',
    paths: ['/v1/executions/{id}/lineage'],
    summary: 'Where one field of a result comes from: steps, capabilities, sources, dates, inputs.',
    parameters: [executionId, ...queryParameters(LineageQuery), ifNoneMatch],
    answers: {
      200: { description: 'The way back, with its `ETag`.', schema: Lineage, example: examples.lineage },
    },
    problems: [
      'REQUEST_INVALID', 'EXECUTION_NOT_FOUND', 'EXECUTION_UNFINISHED', 'FIELD_UNKNOWN', 'LINEAGE_UNAVAILABLE',
      'PATTERN_NOT_FOUND', 'PATTERN_INVALID', ...readProblems,
    ],
    handler: lineage,
  },
  {
    method: 'post',
    paths: ['/v1/diff'],
    summary: 'How two executions differ, or one pattern on two packs: field by field, and the first step at which they part.',
    parameters: [header('Prefer', 'on two packs: `wait=N` seconds (default 10, at most 30)')],
    body: { schema: DiffRequest, example: examples.diffRequest },
    answers: {
      200: { description: 'The differences.', schema: Diff, example: examples.diff },
      202: {
        description: 'One of them still runs: ask again with their ids.',
        schema: DiffRunning,
        example: examples.diffRunning,
      },
    },
    problems: [
      'EXECUTION_NOT_FOUND', 'EXECUTION_UNFINISHED', 'RIGHTS_MISSING', 'PATTERN_NOT_FOUND', 'PORTFOLIO_NOT_FOUND',
      'PACK_NOT_FOUND', ...codesWith(422, 503),
    ],
    handler: diff,
  },
]; // prettier-ignore
